import PowerCore
import RackFile
import Testing
import USBTransport

@testable import pductl

@Suite struct DiscoveryTests {
    static func device(
        _ vendor: UInt16, _ product: UInt16, _ name: String, serial: String = "", port: String = "1-1"
    ) throws -> USBDeviceDescription {
        USBDeviceDescription(
            vendorID: vendor, productID: product, product: name, serial: serial,
            portPath: try #require(USBPortPath(parsing: port)), address: 2,
            hidInterfaces: [USBHIDInterface(number: 0, inputEndpoint: 0x81)])
    }

    /// The problems that the reader of configurations has with a text.
    static func errors(_ yaml: String) -> [String] {
        ConfigurationFile.read(yaml).problems.filter { $0.severity == .error }.map(\.message)
    }

    @Test func `what is found is a configuration that the daemon takes`() throws {
        let usb = USBLook.discoveries([
            try Self.device(0x3746, 0xffff, "EF-UPS-RIVER 3 Plus", serial: "R631ZAB"),
            try Self.device(0x16c0, 0x05df, "USBRelay4", port: "1-2"),
            try Self.device(0x16c0, 0x05df, "A gadget", port: "1-3"), try Self.device(0x04b4, 0xfd13, "", port: "1-4"),
            try Self.device(0x046d, 0xc52b, "Receiver", port: "1-5"),
        ])
        let report = DiscoveryReport(found: usb + NUTLook.discoveries(Racks.own, at: "192.0.2.5:3493"))
        #expect(
            report.text == """
                ups:
                  # USB 3746:ffff "EF-UPS-RIVER 3 Plus" serial R631ZAB port 1-1
                  ef-ups-river-3-plus:
                    driver: usb-hid
                  # NUT server 192.0.2.5:3493: river, EcoFlow River 3 Plus
                  river:
                    driver: nut-upstream
                    server: "192.0.2.5:3493"
                    name: river

                # feed: is the UPS that a PDU is plugged into; that cannot be seen from here.
                pdu:
                  # USB 16c0:05df "USBRelay4" port 1-2
                  usbrelay4:
                    driver: usb-relay
                    feed: ef-ups-river-3-plus
                  # USB 04b4:fd13 port 1-4
                  strip:
                    driver: usb-sispm
                    feed: ef-ups-river-3-plus
                  # NUT server 192.0.2.5:3493: rack-a
                  rack-a:
                    driver: nut-upstream
                    server: "192.0.2.5:3493"
                    name: rack-a
                    feed: ef-ups-river-3-plus
                  # NUT server 192.0.2.5:3493: rack-b
                  rack-b:
                    driver: nut-upstream
                    server: "192.0.2.5:3493"
                    name: rack-b
                    feed: ef-ups-river-3-plus

                """)
        #expect(Self.errors(report.text) == [])
        #expect(report.json.names == ["ef-ups-river-3-plus", "usbrelay4", "strip", "river", "rack-a", "rack-b"])
    }

    @Test func `two devices of one kind are told apart, by serial or by place`() throws {
        let report = DiscoveryReport(
            found: USBLook.discoveries([
                try Self.device(0x0463, 0xffff, "5P", serial: "A1"),
                try Self.device(0x0463, 0xffff, "5P", serial: "A2"),
                try Self.device(0x0764, 0x0501, "12", serial: "(x)", port: "1-2"),
                try Self.device(0x0764, 0x0501, "12", port: "1-3.1"),
            ]))
        #expect(report.json.names == ["5p", "5p-2", "ups-12", "ups-12-2"])
        #expect(report.text.contains("  5p-2:\n    driver: usb-hid\n    match:\n      serial: A2\n"))
        #expect(report.text.contains("  ups-12-2:\n    driver: usb-hid\n    match:\n      port: 1-3.1\n"))
        #expect(Self.errors(report.text) == [])
    }

    @Test func `agents are what their numbers say, and others are only named`() {
        let found = [
            ("1.3.6.1.4.1.318.1.3.4.6", "APC Web/SNMP  Management Card", false), ("1.3.6.1.4.1.318.1.3.27", "", true),
            ("1.3.6.1.4.1.8072.3.2.10", "Linux nas", false), ("1.3.6.1.4.1.3180.1.3.4", "", false),
        ].enumerated().map { index, agent in
            SNMPLook.discovery(
                SNMPIdentity(objectID: agent.0, description: agent.1, isVersion1: agent.2), at: "192.0.2.\(index + 1)",
                communityFile: nil)
        }
        #expect(found.map(\.use) == [.pdu, .ups, .none, .none])
        let text = DiscoveryReport(found: found).text
        #expect(text.contains("  apc-ups:\n    driver: snmp\n    address: 192.0.2.2\n    version: 1\n"))
        #expect(text.contains("# SNMP agent 192.0.2.1: APC Web/SNMP Management Card (1.3.6.1.4.1.318.1.3.4.6)\n"))
        #expect(
            text.contains(
                "# SNMP agent 192.0.2.3: Linux nas (1.3.6.1.4.1.8072.3.2.10): neither a UPS nor a PDU that is known\n"))
    }

    @Test func `without a UPS the feed is a question, with --feed it is the answer`() throws {
        let found = USBLook.discoveries([try Self.device(0x04b4, 0xfd11, "Strip")])
        #expect(DiscoveryReport(found: found).text.contains("# No UPS was found: put the name of the one under feed"))
        #expect(DiscoveryReport(found: found, feed: "river").text.contains("    feed: river\n"))
        #expect(DiscoveryReport(found: [], troubles: ["USB: x"]).text.hasPrefix("# nothing was found"))
    }

    @Test func `what devices call themselves cannot break the configuration`() throws {
        let report = DiscoveryReport(
            found: USBLook.discoveries([try Self.device(0x0463, 1, "a\nups: {x: 1}\u{1b}[31m: #", serial: "\"'")]))
        #expect(Self.errors(report.text) == [])
        #expect(report.text.utf8.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) })
    }

    @Test(arguments: [
        ("192.0.2.0/30", ["192.0.2.1", "192.0.2.2"]), ("192.0.2.0/31", ["192.0.2.0", "192.0.2.1"]),
        ("192.0.2.7/32", ["192.0.2.7"]), ("192.0.2.7", ["192.0.2.7"]), ("pdu.lan", ["pdu.lan"]), ("::1", ["::1"]),
        ("127.0.0.1:3500", ["127.0.0.1:3500"]),
    ])
    func `a range is its addresses`(text: String, addresses: [String]) throws {
        #expect(try AddressRange(text, option: "--nut", json: false).addresses == addresses)
    }

    @Test func `the largest range is a 22`() throws {
        #expect(try AddressRange("192.0.0.0/22", option: "--nut", json: false).addresses.count == 1022)
    }

    @Test(arguments: [
        "192.0.0.0/21", "192.0.2.1/24", "192.0.2.0/33", "192.0.2/24", "2001:db8::/120", "", "a b", "0.0.0.0/0",
    ])
    func `what is no small range is refused`(text: String) {
        #expect {
            try AddressRange(text, option: "--nut", json: false)
        } throws: { error in
            (error as? Outcome)?.status == .usage
        }
    }

    @Test func `many are asked, so many at a time, and answer in order`() async {
        let answers = await Gather.each(Array(0..<200), atOnce: 7) { $0 * 2 }
        #expect(answers == (0..<200).map { $0 * 2 })
        #expect(await Gather.each([Int](), atOnce: 7) { $0 } == [])
    }

    /// 1.3.6.1.4.1.318.1.3.4.6 as it stands in a message.
    private static let masterSwitch: [UInt8] = [0x2b, 6, 1, 4, 1, 0x82, 0x3e, 1, 3, 4, 6]

    @Test(arguments: [UInt8(0), 1]) func `an agent is asked who it is, in the version that it speaks`(version: UInt8)
        async throws
    {
        let agent = try FakeAgent(version: version, objectID: Self.masterSwitch, description: "Rack PDU")
        defer { agent.stop() }
        let asker = SNMPAsker(port: agent.port)
        let identity = await asker.identity(at: "127.0.0.1", community: "public")
        #expect(
            identity
                == SNMPIdentity(
                    objectID: "1.3.6.1.4.1.318.1.3.4.6", description: "Rack PDU", isVersion1: version == 0))
        let found = await SNMPLook.look(["127.0.0.1"], community: "public", communityFile: "secrets/snmp", asker)
        #expect(found.map(\.use) == [.pdu])
        #expect(Self.errors("ups: {u: {driver: usb-hid}}\n" + DiscoveryReport(found: found, feed: "u").text) == [])
    }

    @Test func `who does not answer is nobody`() async throws {
        let agent = try FakeAgent(version: 7, objectID: Self.masterSwitch, description: "")
        defer { agent.stop() }
        #expect(await SNMPAsker(port: agent.port).identity(at: "127.0.0.1", community: "public") == nil)
    }
}
