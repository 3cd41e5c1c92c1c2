import ArgumentParser
import NUTProtocol
import NUTTransport
import Testing

@testable import pductl

@Suite struct CommandLineTests {
    @Test(arguments: [
        ("127.0.0.1:3493", "127.0.0.1", 3493), ("ups.lan", "ups.lan", 3493), ("[::1]", "::1", 3493),
        ("[::1]:1", "::1", 1),
    ])
    func `a server has a host and perhaps a port`(text: String, host: String, port: Int) throws {
        let address = try #require(ServerAddress(parsing: text))
        #expect(address.host == host)
        #expect(address.port == port)
    }

    @Test(arguments: ["", ":1", "::1", "host:", "host:0", "host:70000", "a b"])
    func `what is no server is none`(text: String) {
        #expect(ServerAddress(parsing: text) == nil)
    }

    @Test(arguments: [
        (["cycle", "outlet", "4"], "4"), (["off", "rack-a/4"], "rack-a/4"), (["on", "outlet", "outlet"], "outlet"),
    ])
    func `the word outlet may be left out`(line: [String], target: String) throws {
        let command = try Pductl.parseAsRoot(line)
        let options = (command as? Cycle)?.arguments ?? (command as? Off)?.arguments ?? (command as? On)?.arguments
        #expect(try options?.target() == target)
    }

    @Test(arguments: [["off", "outlet"], ["off", "outlet", "a", "b"], ["off", ""]])
    func `a command without exactly one target is refused`(line: [String]) throws {
        let command = try #require(try Pductl.parseAsRoot(line) as? Off)
        #expect(throws: Outcome.self) { try command.arguments.target() }
    }

    @Test(arguments: [["lst"], ["list", "everything"], ["get"], ["on"], ["status", "--colour"]])
    func `a wrong command line ends with status 2`(line: [String]) {
        #expect {
            try Pductl.parseAsRoot(line)
        } throws: { error in
            Pductl.outcome(of: error).status == .usage && Pductl.outcome(of: error).output.isEmpty
        }
    }

    @Test(arguments: [["--help"], ["--version"], ["cycle", "--help"]])
    func `help and version are answers`(line: [String]) {
        #expect {
            var command = try Pductl.parseAsRoot(line)
            try command.run()
        } throws: { error in
            Pductl.outcome(of: error).status == .done && !Pductl.outcome(of: error).output.isEmpty
        }
    }

    @Test func `options are repeated in commands to type, quoted where a shell would split them`() throws {
        let line = ["list", "--server", "[::1]:1", "--user", "o'neil", "--json"]
        let command = try #require(try Pductl.parseAsRoot(line) as? List)
        #expect(command.options.flags == #" --server '[::1]:1' --user 'o'\''neil'"#)
    }

    static let errors: [(NUTClientError, Ending, String)] = [
        (
            .refused(.commandFailed, sentence: "outlet rack-a/4 is the last live feed of storage"), .failed,
            "pductl: refused: outlet rack-a/4 is the last live feed of storage\n"
        ),
        (.failed(.failed, sentence: "not verified"), .failed, "pductl: failed: not verified\n"),
    ]

    @Test(arguments: errors) func `the server's own sentence is what is printed`(
        error: NUTClientError, status: Ending, said: String
    ) {
        #expect(Outcome(error, json: false) == Outcome(complaint: said, status: status))
    }

    static let statuses: [(NUTClientError, Ending)] = [
        (.unreachable(host: "h", port: 1, reason: "r"), .unreachable), (.timedOut, .unreachable),
        (.closed, .unreachable), (.unreadable(.unreadableLine), .unreachable), (.unexpected("x"), .unreachable),
        (.refused(.accessDenied, sentence: nil), .notPermitted),
        (.refused(.usernameRequired, sentence: nil), .notPermitted),
        (.refused(.passwordRequired, sentence: nil), .notPermitted), (.refused(.unknownUPS, sentence: nil), .usage),
        (.unsendable("x"), .usage), (.refused(.dataStale, sentence: nil), .failed), (.noResult, .failed),
    ]

    @Test(arguments: statuses) func `every failure of the connection has its status`(
        error: NUTClientError, status: Ending
    ) {
        #expect(Outcome(error, about: "x", json: false).status == status)
    }
}
