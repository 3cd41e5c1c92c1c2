import PowerCore
import Testing

@testable import RackFile
@testable import upsd_swift

/// The options of the outlets behind Kasa's protocol, a `powermand` and programs.
@Suite struct NetworkOutletsTests {
    static func text(_ fields: String) -> String {
        "ups: {a: {driver: dummy, file: x}}\npdu: {p: {feed: a, \(fields)}}"
    }

    static func driver(_ fields: String) -> Configuration.PDU.Driver? {
        ConfigurationFile.read(Self.text(fields)).configuration?.pdus.first?.driver
    }

    @Test(arguments: [
        ("192.0.2.10", "192.0.2.10", 9999), ("strip.lan:1234", "strip.lan", 1234), ("\"[fe80::1]:99\"", "fe80::1", 99),
        ("\"2001:db8::1\"", "2001:db8::1", 9999),
    ])
    func `a strip is where its address says, at the usual port unless told otherwise`(
        address: String, host: String, port: Int
    ) {
        #expect(
            Self.driver("driver: kasa, address: \(address)")
                == .kasa(Configuration.KasaStrip(address: .init(host: host, port: port))))
    }

    @Test func `nodes of a powermand are outlets in their order`() {
        #expect(
            Self.driver("driver: powerman, address: 127.0.0.1, nodes: [web-2, web-1], timeout: 30s")
                == .powerman(
                    Configuration.Powerman(
                        address: .init(host: "127.0.0.1", port: 10101), nodes: ["web-2", "web-1"],
                        timeout: .seconds(30))))
        #expect(
            Self.driver("driver: powerman, address: \"h:1\"")
                == .powerman(
                    Configuration.Powerman(address: .init(host: "h", port: 1), nodes: [], timeout: .seconds(20))))
    }

    @Test func `programs are taken word by word`() {
        let fields = """
            driver: command, read: /bin/list, on: [/bin/set, "{outlet}", "on"], off: [/bin/set, "{outlet}", "off"], \
            cycle: [/bin/cycle, "{name}"], rename: [/bin/name], timeout: 3s
            """
        #expect(
            Self.driver(fields)
                == .command(
                    Configuration.OutletCommands(
                        read: ["/bin/list"], on: ["/bin/set", "{outlet}", "on"], off: ["/bin/set", "{outlet}", "off"],
                        cycle: ["/bin/cycle", "{name}"], rename: ["/bin/name"], timeout: .seconds(3))))
    }

    @Test func `a program that is missing is an error of the check`() {
        let loaded = ConfigurationLoader.load(
            text: Self.text("driver: command, read: /bin/ls, on: [/no/such], off: [/etc/passwd, x]"), directory: "/")
        #expect(
            loaded.reading.problems.map(\.message) == [
                "pdu p: on: /no/such does not exist", "pdu p: off: /etc/passwd cannot be run by this user",
            ])
    }

    static let refusals: [Refusal] = [
        Refusal(
            "a strip nowhere", Self.text("driver: kasa"),
            "2:7: error: pdu p has no address; add address: such as 192.0.2.10"),
        Refusal(
            "no address", Self.text("driver: kasa, address: \"a b\""),
            """
            2:43: error: pdu p: address is 'a b'; write an address such as 192.0.2.10, or with a port 192.0.2.10:9999
            """),
        Refusal(
            "no port", Self.text("driver: powerman, address: \"h:0\""),
            """
            2:47: error: pdu p: address is 'h:0'; write an address such as 192.0.2.10, or with a port 192.0.2.10:10101
            """),
        Refusal(
            "a key of another driver", Self.text("driver: kasa, address: h, nodes: [a]"),
            "2:46: error: pdu p: unknown key 'nodes'; known: driver, address, feed, outlets, via, shared, description, poll"
        ),
        Refusal(
            "several nodes as one", Self.text("driver: powerman, address: h, nodes: [\"web[1-2]\"]"),
            """
            2:58: error: pdu p: nodes: 'web[1-2]' is not the name of one node; write each name by itself, without ranges
            """),
        Refusal(
            "a node twice", Self.text("driver: powerman, address: h, nodes: [a, a]"),
            "2:61: error: pdu p: nodes names 'a' twice; remove one"),
        Refusal(
            "patience without end", Self.text("driver: powerman, address: h, timeout: 2m"),
            "2:59: error: pdu p: timeout is 2m; write at most 1m"),
        Refusal(
            "programs that list nothing", Self.text("driver: command, on: [/bin/true], off: [/bin/true]"),
            """
            2:7: error: pdu p has no read; add read: and the program that lists its outlets, as [/path/to/program, \
            argument]
            """),
        Refusal(
            "a line for a shell", Self.text("driver: command, read: \"/bin/list -a\""),
            """
            2:43: error: pdu p: read is one word with blanks: no shell splits it; write [/path/to/program, argument]
            """),
        Refusal(
            "a program of the search path", Self.text("driver: command, read: [list]"),
            """
            2:44: error: pdu p: read: 'list' is not the whole path of a program; write [/path/to/program, argument]
            """),
        Refusal(
            "one direction alone", Self.text("driver: command, read: [/bin/ls], on: [/bin/ls]"),
            """
            2:7: warning: pdu p has a program for one of on and off alone; give both, or neither to read only
            """),
    ]

    @Test(arguments: refusals)
    func `outlets that cannot be meant are refused`(refusal: Refusal) {
        #expect(Sample.problems(refusal.yaml) == [refusal.problem])
    }
}
