import Testing

@testable import upsd_swift

/// The command line of NUT's server.
@Suite struct CompatibilityOptionsTests {
    @Test func `the name or a flag makes it NUT's server`() {
        #expect(Compatibility.options(of: ["/usr/sbin/upsd", "-F"]) == ["-F"])
        #expect(Compatibility.options(of: ["upsd-swift", "-F", "--nut-compat", "-DD"]) == ["-F", "-DD"])
        #expect(Compatibility.options(of: ["upsd-swift", "--demo"]) == nil)
        #expect(Compatibility.options(of: ["/opt/upsd/bin/upsd-swift"]) == nil)
        #expect(Compatibility.options(of: []) == nil)
    }

    @Test(
        arguments: [
            ([], false, true), (["-F"], true, false), (["-FF"], true, true), (["-F", "-F"], true, true),
            (["-D"], true, false), (["-DDB"], false, true), (["-B"], false, true), (["-DF"], true, false),
        ] as [([String], Bool, Bool)])
    func `where it runs decides whether it has a PID file`(words: [String], staysInFront: Bool, writesPID: Bool) throws
    {
        let options = try CompatibilityOptions(parsing: words)
        #expect(options.staysInFront == staysInFront)
        #expect(options.writesPID == writesPID)
    }

    @Test func `values may be glued to their letter`() throws {
        let options = try CompatibilityOptions(parsing: ["-Fuups", "-r", "/jail", "-4q"])
        #expect(options.user == "ups")
        #expect(options.root == "/jail")
        #expect(options.family == .v4)
        #expect(options.quiet == 1)
        #expect(options.foreground == 1)
    }

    @Test func `orders for the server that runs`() throws {
        #expect(try CompatibilityOptions(parsing: ["-c", "reload"]).action == .tell(.reload))
        #expect(try CompatibilityOptions(parsing: ["-creload-or-error"]).action == .tell(.reloadOrError))
        let stop = try CompatibilityOptions(parsing: ["-c", "stop", "-P", "4711"])
        #expect(stop.action == .tell(.stop))
        #expect(stop.process == 4711)
    }

    @Test(arguments: [
        ["-c", "fly"], ["-c"], ["-P", "1"], ["-P", "-5"], ["-P", "x"], ["-Z"], ["extra"], ["-"], ["-p", "3493"], ["-u"],
    ])
    func `what upsd does not know is refused`(words: [String]) {
        #expect(throws: CompatibilityOptions.Refusal.self) { try CompatibilityOptions(parsing: words) }
    }
}
