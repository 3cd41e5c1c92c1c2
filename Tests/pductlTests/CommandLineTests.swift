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
        (["cycle", "outlet", "4"], Kind.outlet, ["4"]),
        (["off", "rack-a/4", "rack-b/4"], nil, ["rack-a/4", "rack-b/4"]),
        (["on", "outlet", "outlet"], .outlet, ["outlet"]), (["off", "host", "pve1"], .host, ["pve1"]),
    ])
    func `the kind may be left out`(line: [String], kind: Kind?, targets: [String]) throws {
        let command = try Pductl.parseAsRoot(line)
        let options = (command as? Cycle)?.arguments ?? (command as? Off)?.arguments ?? (command as? On)?.arguments
        let found = try #require(try options?.targets())
        #expect(found.kind == kind)
        #expect(found.selectors.map(\.text) == targets)
    }

    @Test(arguments: [["off", "outlet"], ["off", ""], ["off", "outlet", "4-2"]])
    func `a command without a target is refused`(line: [String]) throws {
        let command = try #require(try Pductl.parseAsRoot(line) as? Off)
        #expect(throws: Outcome.self) { try command.arguments.targets() }
    }

    @Test func `how orders follow each other is read from the options`() throws {
        let line = ["off", "4", "--stagger", "250ms", "--no-wait"]
        let command = try #require(try Pductl.parseAsRoot(line) as? Off)
        var pace = SwitchRun.Pace()
        (pace.stagger, pace.waits) = (.milliseconds(250), false)
        #expect(try command.arguments.pace(OrderOptions()) == pace)
        let later = try #require(try Pductl.parseAsRoot(["off", "4"]) as? Off)
        #expect(try later.arguments.pace(OrderOptions(delay: "30", json: false)).timeout == .seconds(90))
    }

    @Test func `a link of the fence agent's name is the fence agent`() {
        #expect(Pductl.words(["/usr/sbin/fence_pductl", "-o", "off"]) == ["fence", "-o", "off"])
        #expect(Pductl.words(["./pductl", "status"]) == ["status"])
        #expect(Pductl.words([]) == [])
    }

    @Test(arguments: [["lst"], ["list", "-o", "xml"], ["get"], ["on"], ["status", "--colour"]])
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
            .refused(.commandFailed, sentence: "outlet rack-a/4 is the last live feed of storage", kind: "interlock"),
            .interlock,
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
        (.refused(.passwordRequired, sentence: nil), .notPermitted), (.refused(.unknownUPS, sentence: nil), .notFound),
        (.unsendable("x"), .usage), (.refused(.dataStale, sentence: nil), .unreachable), (.noResult, .notVerified),
        (.refused(.variableNotSupported, sentence: nil), .notFound), (.refused(.readOnly, sentence: nil), .failed),
        (.failed(.failed, sentence: "x", kind: "not-verified"), .notVerified),
    ]

    @Test(arguments: statuses) func `every failure of the connection has its status`(
        error: NUTClientError, status: Ending
    ) {
        #expect(Outcome(error, about: "x", json: false).status == status)
    }
}
