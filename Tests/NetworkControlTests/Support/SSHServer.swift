import Foundation
import NetworkControl
import PowerCore
import Subprocess
import Testing

/// A real sshd on a loopback port, for the user who runs the test, and an ssh that knows its key.
struct SSHServer: Sendable {
    let folder: TemporaryFolder
    let port: Int

    /// What the key may do, whatever is asked for: the command asked for only chooses among these.
    private static let forced = """
        #!/bin/sh
        case "$SSH_ORIGINAL_COMMAND" in
            poweroff) echo "going down" ;;
            fail) echo "Failed to talk to init" >&2; exit 5 ;;
            code255) exit 255 ;;
            die) kill -9 $$ ;;
            drop) kill -9 "$(cat "$0.parent")" ;;
            hang) echo "waiting"; exec sleep 20 ;;
            much) head -c 1000000 /dev/zero | tr '\\0' x; echo; echo end ;;
            *) echo "asked: $SSH_ORIGINAL_COMMAND"; exit 9 ;;
        esac
        """

    /// Runs `body` while the server listens.
    static func run(_ body: @Sendable @escaping (SSHServer) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        try await Self.prepare(folder)
        // Sshd cannot be told to choose a port, and one that was free may be taken a moment later.
        for _ in 1...20 {
            let server = SSHServer(folder: folder, port: Int.random(in: 20_000..<30_000))
            if try await server.serve(body) { return }
        }
        Issue.record("sshd found no port")
    }

    private static func prepare(_ folder: TemporaryFolder) async throws {
        for key in ["host", "client", "stranger"] {
            try await Self.call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "\(folder.path)/\(key)")
        }
        let script = try folder.write("forced", Self.forced, mode: 0o700)
        let key = try folder.read("client.pub")
        // The shell that runs the forced command is a child of the connection's sshd.
        let command = "echo $PPID > \(script).parent; exec \(script)"
        try folder.write("authorized_keys", "restrict,command=\"\(command)\" \(key)")
        // Sshd wants it where it is started as root.
        if geteuid() == 0 {
            try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
        }
    }

    private static func call(_ program: String, _ arguments: String...) async throws {
        let result = try await Subprocess.run(
            .name(program), arguments: Arguments(arguments), output: .discarded, error: .discarded)
        try #require(result.terminationStatus == .exited(0), "\(program) \(arguments)")
    }

    private var configuration: String {
        """
        ListenAddress 127.0.0.1
        Port \(self.port)
        HostKey \(self.folder.path)/host
        AuthorizedKeysFile \(self.folder.path)/authorized_keys
        PidFile none
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin forced-commands-only
        """
    }

    /// Whether the server could listen, and so `body` was run.
    private func serve(_ body: @Sendable @escaping (SSHServer) async throws -> Void) async throws -> Bool {
        let file = try self.folder.write("sshd_config", self.configuration)
        let hostKey = try self.folder.read("host.pub")
        try self.folder.write("known_hosts", "[127.0.0.1]:\(self.port) \(hostKey)")
        return try await Subprocess.run(
            .name("sshd"), arguments: ["-D", "-e", "-f", file],
            environment: .inherit.updating(["PATH": "/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin:/bin"]),
            input: .none, output: .discarded, error: .sequence
        ) { sshd in
            var isListening = false
            var lines = sshd.standardError.strings().makeAsyncIterator()
            while !isListening, let line = try await lines.next() {
                isListening = line.contains("Server listening on 127.0.0.1")
            }
            guard isListening else { return false }
            do { try await body(self) } catch { Issue.record(error) }
            await sshd.teardown(using: [])
            return true
        }.closureResult
    }
}

extension SSHServer {
    /// What a test changes in the way to the server.
    struct Way: Sendable {
        var command = "poweroff"
        var host = "127.0.0.1"
        var port: Int?
        var key = "client"
        /// Asked for with ssh's own configuration, as an administrator would.
        var settings = ""
    }

    /// Tells the host `nas`, which is the server, to stop.
    func stop(_ way: Way = Way(), limits: NetworkLimits = NetworkLimits()) async throws -> String {
        try await self.folder.stop(way, port: way.port ?? self.port, limits: limits)
    }
}

extension TemporaryFolder {
    /// Tells the host `nas` to stop through the system's ssh, which keeps its known hosts in this folder.
    func stop(_ way: SSHServer.Way, port: Int, limits: NetworkLimits) async throws -> String {
        let settings = "UserKnownHostsFile \(self.path)/known_hosts\nGlobalKnownHostsFile none\n\(way.settings)\n"
        let file = try self.write("ssh_config", settings)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        // An ssh of the same name in front of the system's, which it only tells where its configuration is.
        let wrapper = "#!/bin/sh\nPATH='\(path)'\nexec ssh -F '\(file)' \"$@\"\n"
        try self.write("ssh", wrapper, mode: 0o700)
        let ssh = Configuration.HostAccess.SSH(
            host: way.host, port: port, identity: "\(self.path)/\(way.key)", command: way.command)
        let control = NetworkHostControl(
            ["nas": Configuration.HostAccess(ssh: ssh)], searchPath: "\(self.path):\(path)", limits: limits)
        return try await control.stop("nas", by: .ssh)
    }
}
