internal import PowerCore

/// The system's ssh: what it is told, and what its end means.
enum SSHCommand {
    /// The code with which ssh itself fails; also what is left of a command that died or whose connection broke.
    private static let ownFailure: Int32 = 255

    /// How ssh begins the line that says that the other side has let us in.
    private static let letIn = "Authenticated to "

    /// Lines of ssh's own at the level that is needed for ``letIn``, of no use to a person.
    private static let chatter = [letIn, "Transferred: sent ", "Bytes per second: ", "Killed by signal "]

    /// What ssh says when a connection that stood has ended without the command's code.
    private static let brokenOff = [
        "closed by remote host", "Connection reset by", "Broken pipe", "not responding",
    ]

    /// The program and its arguments.
    static func words(for access: Configuration.HostAccess.SSH, connect: Duration) -> [String] {
        var words = ["ssh", "-n", "-T"]
        words += Self.options(connect: connect).flatMap { ["-o", $0] }
        if let port = access.port { words += ["-p", "\(port)"] }
        if let identity = access.identity { words += ["-i", identity, "-o", "IdentitiesOnly=yes"] }
        if let user = access.user { words += ["-l", user] }
        // Past this, neither the host nor the command is ever read as an option.
        return words + ["--", access.host, access.command]
    }

    private static func options(connect: Duration) -> [String] {
        [
            "BatchMode=yes", "StrictHostKeyChecking=yes", "ConnectTimeout=\(max(1, connect.components.seconds))",
            // A host that is off says no goodbye; without these ssh would wait for it until it is ended.
            "ServerAliveInterval=5", "ServerAliveCountMax=2", "LogLevel=VERBOSE",
        ]
    }

    /// What is worth a line in the log when the order was taken; throws when it was not.
    static func note(of end: ProgramEnd, host: String) throws(HostFailure) -> String {
        let said = OutputTail.note(of: end.output.lastLines.filter { !Self.isChatter($0) })
        let colon = said.isEmpty ? "" : ": \(said)"
        switch end.how {
        case .exited(0):
            return said
        case .exited(Self.ownFailure):
            return try Self.noteWithoutCode(end.output, host: host, colon: colon)
        case .exited(let code):
            throw HostFailure("the command on \(host) ended with code \(code)\(colon)")
        case .signalled, .late, .stuck, .notStarted:
            throw HostFailure(ProgramEnd(how: end.how, output: OutputTail(said)).sentence(about: "ssh to \(host)"))
        }
    }

    /// A host that goes down takes its sshd with it, sometimes before the code of the command has been sent.
    ///
    /// That is no failure: the command had been sent. Whether it was obeyed is for a witness to say, as ever.
    private static func noteWithoutCode(
        _ output: OutputTail, host: String, colon: String
    ) throws(HostFailure) -> String {
        guard output.firstLines.contains(where: { $0.hasPrefix(Self.letIn) }) else {
            throw HostFailure("ssh did not get in to \(host)\(colon)")
        }
        let isBrokenOff = output.lastLines.suffix(OutputTail.shownLines).contains { line in
            !Self.isChatter(line) && Self.brokenOff.contains { line.contains($0) }
        }
        guard isBrokenOff else {
            throw HostFailure("the command on \(host) was not run, died or ended with code 255\(colon)")
        }
        return "the connection ended after the command was sent\(colon)"
    }

    private static func isChatter(_ line: String) -> Bool {
        Self.chatter.contains { line.hasPrefix($0) }
    }
}
