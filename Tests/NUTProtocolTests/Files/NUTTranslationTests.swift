import PowerCore
import Testing

@testable import NUTProtocol

struct NUTTranslationTests {
    private func translate(_ files: [NUTFile: String], host: String? = "box") -> NUTTranslation {
        let nut = NUTConfiguration(files.mapValues { Array($0.utf8) })
        return NUTTranslation(nut, in: .init(directory: "/etc/nut", host: host))
    }

    /// One UPS with `usbhid-ups` and these lines.
    private func usb(_ lines: String...) -> NUTTranslation {
        self.translate([.ups: "[u]\ndriver = usbhid-ups\nport = auto\n" + lines.joined(separator: "\n") + "\n"])
    }

    private func ups(_ translation: NUTTranslation) throws -> Configuration.UPS {
        try #require(translation.reading.configuration?.upses.first)
    }

    /// The verdict and text of the note at this line.
    private func note(_ translation: NUTTranslation, _ file: NUTFile, _ line: Int) -> NUTFileNote? {
        translation.notes.first { $0.place.file == file && $0.place.mark.line == line }
    }

    @Test func `usbhid-ups becomes our own driver`() throws {
        let translation = self.usb(
            "vendorid = 051d", "productid = 0x2", "vendor = American.*", "product = Back.*", "serial = X1", "bus = 001",
            "desc = \"My UPS\"", "pollinterval = 3", "pollfreq = 40", "override.ups.mfr = APC")
        let ups = try self.ups(translation)
        #expect(
            ups.driver
                == .usbHID(
                    Configuration.USBCriteria(
                        vendorID: "051d", productID: "0002", manufacturer: "American.*", product: "Back.*",
                        serial: "X1", bus: "001")))
        #expect(ups.description == "My UPS")
        #expect((ups.pollInterval, ups.fullPollInterval, ups.staleAfter) == (.seconds(3), .seconds(40), .seconds(15)))
        #expect(ups.overrides == ["ups.mfr": "APC"])
        #expect(translation.notes.allSatisfy { $0.verdict != .mistake })
    }

    static let times: [(String, String, String, Duration, Duration, Duration)] = [
        ("", "", "", .seconds(2), .seconds(30), .seconds(15)),
        ("pollinterval = 20", "", "", .seconds(20), .seconds(30), .seconds(60)),
        ("pollinterval = 60", "", "MAXAGE 90", .seconds(60), .seconds(60), .seconds(90)),
        ("pollinterval = 0", "pollfreq = 0", "MAXAGE 0", .seconds(1), .seconds(1), .seconds(3)),
        ("pollinterval = 99999", "pollfreq = 99999", "MAXAGE 99999", .seconds(1200), .seconds(3600), .seconds(3600)),
        ("pollinterval = soon", "pollfreq = later", "MAXAGE 16", .seconds(2), .seconds(30), .seconds(16)),
    ]

    @Test(arguments: times) func `times fit each other whatever NUT's are`(
        poll: String, frequency: String, age: String, expected: Duration, full: Duration, stale: Duration
    ) throws {
        let files: [NUTFile: String] = [
            .ups: "[u]\ndriver = usbhid-ups\nport = auto\n\(poll)\n\(frequency)\n", .upsd: "\(age)\n",
        ]
        let ups = try self.ups(self.translate(files))
        #expect((ups.pollInterval, ups.fullPollInterval, ups.staleAfter) == (expected, full, stale))
    }

    @Test func `the poll interval of all is that of those without their own`() throws {
        let text =
            "pollinterval = 7\n[a]\ndriver = usbhid-ups\nport = auto\nserial = 1\n"
            + "[b]\ndriver = usbhid-ups\nport = auto\nserial = 2\npollinterval = 4\n"
        let upses = try #require(self.translate([.ups: text]).reading.configuration?.upses)
        #expect(upses.map(\.pollInterval) == [.seconds(7), .seconds(4)])
    }

    static let lows: [([String], Percent)] = [
        (["ignorelb", "override.battery.charge.low = 20"], 20), (["override.battery.charge.low = 20"], 5),
        (["ignorelb", "override.battery.charge.low = 80"], 50), (["ignorelb", "override.battery.charge.low = -1"], 5),
        (["ignorelb"], 5),
    ]

    @Test(arguments: lows) func `a low battery is a margin with ignorelb only`(lines: [String], low: Percent) throws {
        let text = "[u]\ndriver = usbhid-ups\nport = auto\n" + lines.joined(separator: "\n") + "\n"
        #expect(try self.ups(self.translate([.ups: text])).rack.lowMargin == low)
    }

    @Test(arguments: ["ups.status", "UPS.ALARM"]) func `what stops hosts is never overridden`(variable: String) throws {
        let translation = self.usb("override.\(variable) = OL")
        #expect(try self.ups(translation).overrides.isEmpty)
        #expect(self.note(translation, .ups, 4)?.verdict == .notSupported)
    }

    @Test(arguments: [
        "serial = ([", "serial = \\\\d+", "vendorid = 12345", "serial =", "serial = a b", "vendor = \"\"",
    ])
    func `a UPS whose device cannot be told apart any more is left out`(line: String) {
        let translation = self.usb(line)
        #expect(translation.document.entries.isEmpty)
        #expect(translation.notes.allSatisfy { $0.verdict == .mistake })
    }

    @Test func `two UPSes of one device are both left out`() throws {
        let section = "driver = usbhid-ups\nport = auto\nvendorid = 3746\n"
        let translation = self.translate([.ups: "[a]\n\(section)[b]\n\(section)[c]\n\(section)serial = 1\n"])
        #expect(translation.reading.configuration?.upses.map(\.rack.id) == ["c"])
        #expect(self.note(translation, .ups, 1)?.verdict == .mistake)
        #expect(self.note(translation, .ups, 5)?.verdict == .mistake)
    }

    @Test(arguments: ["7", "lab", "Lab", "-x", "a b", "über:1", ""])
    func `a UPS that cannot have its name here is left out`(name: String) {
        let translation = self.translate([.ups: "[\"\(name)\"]\n\"[\(name)]\"\ndriver = usbhid-ups\nport = auto\n"])
        #expect(translation.document.entries.isEmpty)
        #expect(translation.notes.allSatisfy { $0.verdict == .mistake })
    }

    @Test func `a UPS called like the usual circuit hangs on another`() throws {
        let ups = try self.ups(self.translate([.ups: "[Mains]\ndriver = usbhid-ups\nport = auto\n"]))
        #expect(ups.rack.source == "grid")
    }

    @Test func `names are refused exactly where the reader of configurations refuses them`() {
        let long = String(repeating: "n", count: 63)
        for name in [
            "a", "A.b-c_9", "9a", long, long + "n", "9", "lab", "LAB", ".a", "-a", "_a", "a/b", "a:b", "u\u{301}",
        ] {
            let entry = RackDocument.Entry(name, .group([RackDocument.Entry("driver", .text("usb-hid"))]))
            var document = RackDocument()
            document.entries = [RackDocument.Entry("ups", .group([entry]))]
            #expect(ConfigurationReader.read(document.node).hasErrors == (NUTName.refusal(of: name) != nil), "\(name)")
        }
    }

    @Test func `any other driver goes on running`() {
        let text = "[u]\ndriver = snmp-ups\nport = h\nmibs = x\n"
        let translation = self.translate([.ups: text, .upsd: "STATEPATH /run/nut\nMAXAGE 20\n"])
        let expected: [RackDocument.Entry] = [
            .init("driver", .text("nut-driver")), .init("program", .text("snmp-ups")),
            .init("state-path", .text("/run/nut")), .init("stale-after", .text("20s")),
        ]
        #expect(translation.upses.first?.members.map { RackDocument.Entry($0.key, $0.value) } == expected)
        #expect(self.note(translation, .ups, 4)?.verdict == .taken)
    }

    @Test(arguments: ["a/b", "", "x y"]) func `a driver that is no program is left out`(driver: String) {
        #expect(self.translate([.ups: "[u]\ndriver = \"\(driver)\"\nport = h\n"]).upses.isEmpty)
    }

    static let ports: [(String, [String])] = [
        ("x.dev", ["dummy", "/etc/nut/x.dev"]), ("/y.seq", ["dummy", "/y.seq"]),
        ("z", ["dummy", "/etc/nut/z", "true"]),
        ("x.dev\nmode = dummy-loop", ["dummy", "/etc/nut/x.dev", "true"]),
        ("y.seq\nmode = dummy-once", ["dummy", "/etc/nut/y.seq", "false"]),
        ("y.seq\nmode = strange", ["dummy", "/etc/nut/y.seq"]),
        ("b@h\nmode = dummy", ["dummy", "/etc/nut/b@h", "true"]),
        ("a@h", ["nut-upstream", "h:3493", "a"]), ("a@[::1]:9", ["nut-upstream", "[::1]:9", "a"]),
        ("a\nmode = repeater", ["nut-upstream", "localhost:3493", "a"]), ("u@h", ["nut-upstream", "h:3493"]),
        ("u@localhost", []), ("@h", []), ("lab@h", []), ("a@h/i", []),
    ]

    @Test(arguments: ports) func `dummy-ups plays a file or asks a server`(port: String, expected: [String]) {
        let translation = self.translate([.ups: "[u]\ndriver = dummy-ups\nport = \(port)\n"])
        let texts = translation.upses.first?.members.map { if case .text(let text) = $0.value { text } else { "" } }
        #expect((texts ?? []) == expected)
    }

    @Test func `the server listens where NUT's did`() throws {
        let files: [NUTFile: String] = [
            .ups: "[u]\ndriver = usbhid-ups\nport = auto\n",
            .upsd: "LISTEN * 99\nLISTEN ::1\nLISTEN host.lan\nLISTEN 0.0.0.0 99\nLISTEN a/b\nMAXCONN 70000\n",
        ]
        let translation = self.translate(files)
        let server = try #require(translation.reading.configuration?.server)
        #expect(server.listen.map(\.description) == ["0.0.0.0:99", "[::]:99", "[::1]:3493", "host.lan:3493"])
        #expect(server.maximumClients == 1024)
        #expect(translation.notes.filter { $0.verdict == .mistake }.map(\.place.mark.line) == [5, 6])
    }

    @Test func `passwords leave the document`() throws {
        let files: [NUTFile: String] = [
            .ups: "[u]\ndriver = usbhid-ups\nport = auto\n",
            .users: "[a]\npassword = hunter2\nupsmon primary\n[../b]\npassword = x\n[c]\n[d]\npassword = \"\"\n",
        ]
        let translation = self.translate(files)
        #expect(translation.secrets == [.init(path: "secrets/a", password: "hunter2")])
        #expect(!"\(translation.document) \(translation.notes)".contains("hunter2"))
        let users = try #require(translation.reading.configuration?.server.users)
        #expect(users == [.init(name: "a", password: .file("secrets/a"), role: .primary)])
    }

    static let roles: [(String, Configuration.User.Role?, Bool)] = [
        ("actions = FSD", nil, false), ("actions = SET LOGIN", .secondary, true), ("actions = SET", nil, true),
        ("actions = LOGIN FSD", .secondary, false), ("actions = LOGIN FSD PRIMARY", .primary, true),
        ("upsmon primary\nactions = FSD", .primary, true), ("upsmon secondary\nactions = FSD", .secondary, false),
    ]

    @Test(arguments: roles) func `no role has a right that NUT did not give`(
        lines: String, role: Configuration.User.Role?, isTaken: Bool
    ) throws {
        let files: [NUTFile: String] = [
            .ups: "[u]\ndriver = usbhid-ups\nport = auto\n", .users: "[a]\npassword = x\n\(lines)\n",
        ]
        let translation = self.translate(files)
        let user = try #require(translation.reading.configuration?.server.users.first)
        #expect(user.role == role)
        #expect(translation.notes.contains { $0.verdict == .notSupported } == !isTaken)
    }
}
