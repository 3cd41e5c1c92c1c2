import NUTProtocol
import PowerCore
import Testing

struct NUTConfigurationTests {
    private func read(_ file: NUTFile, _ text: String) -> NUTConfiguration {
        NUTConfiguration([file: Array(text.utf8)])
    }

    /// The lines and subjects of the mistakes.
    private func mistakes(_ file: NUTFile, _ text: String) -> [String] {
        self.read(file, text).mistakes.map { "\($0.place.mark.line) \($0.subject)" }
    }

    @Test func `ups.conf has options for all and a section for each`() throws {
        let text =
            "maxretry = 3\nstatepath=/run/x\n[a]\ndriver = snmp-ups\nport = h\ndesc = \"A b\"\nnolock\nMIBS = x\n"
        let nut = self.read(.ups, text)
        #expect(nut.mistakes.isEmpty)
        #expect(nut.option("MAXRETRY")?.value == "3")
        #expect(nut.statePath == "/run/x")
        let ups = try #require(nut.upses.first)
        #expect((ups.name, ups.driver.value, ups.port.value, ups.description?.value) == ("a", "snmp-ups", "h", "A b"))
        #expect(ups.options.map(\.name) == ["nolock", "MIBS"])
        #expect(ups.option("mibs")?.value == "x")
        #expect(ups.option("nolock")?.value == nil)
        #expect("\(ups.place)" == "ups.conf:3:1")
    }

    @Test func `a word in quotes with an equals sign is an option`() {
        let nut = self.read(.ups, "[a]\n\"driver=x\"\nport\\=y\n")
        #expect(nut.upses.map(\.driver.value) == ["x"])
        #expect(nut.upses.map(\.port.value) == ["y"])
    }

    @Test func `a UPS without driver or port is none, as for NUT`() {
        #expect(
            self.mistakes(.ups, "[a]\nport = x\n[b]\ndriver = y\n[c]\n") == [
                "1 [a]", "2 port", "3 [b]", "4 driver", "5 [c]",
            ])
    }

    @Test func `a UPS that stands twice is left out, whatever its case`() {
        let text = "[a]\ndriver = x\nport = y\n[b]\ndriver = x\nport = y\n[A]\ndesc = z\n"
        #expect(self.read(.ups, text).upses.map(\.name) == ["b"])
        #expect(self.mistakes(.ups, text) == ["1 [a]", "2 driver", "3 port", "7 [A]", "8 desc"])
    }

    @Test func `a broken section line keeps what follows from the section before`() {
        let text = "[a]\ndriver = x\nport = y\n[b c]\ndesc = leak\n"
        #expect(self.read(.ups, text).upses.first?.description == nil)
        #expect(self.mistakes(.ups, text) == ["4 [", "5 desc"])
    }

    @Test func `of an option that stands twice the last one counts`() {
        let text = "[a]\ndriver = x\nport = y\nport = z\n"
        #expect(self.read(.ups, text).upses.map(\.port.value) == ["z"])
        #expect(self.mistakes(.ups, text) == ["3 port"])
    }

    @Test(arguments: ["port auto", "port =", "port = a b"])
    func `what is neither an assignment nor a flag is a mistake`(line: String) {
        #expect(self.mistakes(.ups, "[a]\ndriver = x\nport = y\n\(line)\n").count == 1)
    }

    @Test func `upsd.conf sets the server`() {
        let text = """
            LISTEN 127.0.0.1
            LISTEN ::1 1234
            MAXAGE 25
            MAXCONN 64
            STATEPATH /run/nut
            ALLOW_NO_DEVICE yes
            debug_min 2
            CERTFILE /x.pem
            TRACKINGDELAY 60

            """
        let server = self.read(.upsd, text).server
        #expect(server.listen.map { "\($0.value.address) \($0.value.port)" } == ["127.0.0.1 3493", "::1 1234"])
        #expect(server.maximumAge?.value == 25)
        #expect(server.maximumConnections?.value == 64)
        #expect(server.statePath?.value == "/run/nut")
        #expect(server.allowsNoDevice?.value == true)
        #expect(server.debugMinimum?.value == 2)
        #expect(server.trackingDelay?.value == 60)
        #expect(server.encryption.map(\.name) == ["CERTFILE"])
    }

    @Test(arguments: [
        "MAXAGE = 15", "MAXAGE", "MAXAGE 15s", "MAXAGE -1", "LISTEN", "LISTEN a 0", "LISTEN a 65536", "LISTEN a ssl",
        "ALLOW_NO_DEVICE perhaps", "MAXAGE 9999999999",
    ])
    func `a setting with a value that is none is a mistake`(line: String) {
        #expect(self.mistakes(.upsd, line + "\n").count == 1)
    }

    @Test func `of a setting that stands twice the last one counts here too`() {
        #expect(self.read(.upsd, "MAXAGE 1\nMAXAGE 2\n").server.maximumAge?.value == 2)
        #expect(self.mistakes(.upsd, "MAXAGE 1\nMAXAGE 2\n") == ["1 MAXAGE"])
    }

    @Test func `users have a password, actions, commands and a role`() throws {
        let text = """
            [admin]
            password = a
            actions = SET fsd
            instcmds = load.off Load.On
            instcmds = x
            [mon]
            password=b
            upsmon master
            [sec]
            password = c
            upsmon = slave
            [all]
            password = d
            instcmds = all

            """
        let users = self.read(.users, text).users
        #expect(users.map(\.name) == ["admin", "mon", "sec", "all"])
        #expect(users.map(\.role) == [nil, .primary, .secondary, nil])
        #expect(users[0].actions == [.set, .forceShutdown])
        #expect(users[0].commands == .only(["load.off", "load.on", "x"]))
        #expect(users[3].commands == .all)
        let configured = try #require(users[0].configured)
        #expect(
            configured
                == Configuration.User(
                    name: "admin", password: .plain("a"), set: .all, commands: .only(["load.off", "load.on", "x"])))
    }

    // What stands below the second [a] must not go to b, which stands before it.
    @Test func `nobody gets the rights of a user that stands twice`() {
        let text = "[a]\npassword = x\n[b]\npassword = y\n[a]\nupsmon primary\nactions = SET\ninstcmds = ALL\n"
        let users = self.read(.users, text).users
        #expect(users.map(\.name) == ["b"])
        #expect(users[0].actions.isEmpty)
        #expect(users[0].commands == .only([]))
        #expect(self.mistakes(.users, text).count == 6)
    }

    @Test(arguments: ["password = a\npassword = b", "password = a b", "password =", "password x"])
    func `a password that is not one word is none`(lines: String) {
        let nut = self.read(.users, "[u]\n\(lines)\n")
        #expect(nut.users.map(\.password) == [nil])
        #expect(!nut.mistakes.isEmpty)
    }

    @Test func `a monitor line has five words behind its name`() throws {
        let text = "MONITOR ups@[::1]:34 2 u p master\nMINSUPPLIES 2\nFINALDELAY 5\n"
        let monitor = self.read(.upsmon, text).monitor
        let watch = try #require(monitor.watches.first)
        #expect("\(watch.ups)" == "ups@[::1]:34")
        #expect((watch.powerValue, watch.user, watch.password, watch.role) == (2, "u", "p", .primary))
        #expect(monitor.minimumSupplies?.value == 2)
        #expect(monitor.settings.map(\.name) == ["FINALDELAY"])
        for line in [
            "MONITOR u@h 1 a b", "MONITOR u@h x a b primary", "MONITOR u@h 1 a b boss", "MONITOR @h 1 a b slave",
        ] {
            #expect(self.mistakes(.upsmon, line + "\n") == ["1 MONITOR"])
        }
    }

    static let addresses: [(String, String?)] = [
        ("ups", "ups@localhost:3493"), ("ups@h", "ups@h:3493"), ("ups@h:1", "ups@h:1"), ("a@[::1]", "a@[::1]:3493"),
        ("a@[::1]:7", "a@[::1]:7"), ("@h", nil), ("a@", nil), ("a@h:", nil), ("a@h:x", nil), ("a@[::1", nil),
        ("a@[::1]x", nil), ("", nil), ("a@h:0", nil),
    ]

    @Test(arguments: addresses) func `a UPS is named with its server`(text: String, expected: String?) {
        #expect(NUTUPSAddress(parsing: text).map { "\($0)" } == expected)
    }

    @Test func `upssched.conf starts timers`() {
        let nut = self.read(.upssched, "CMDSCRIPT /x\nAT onbatt * start-timer a 30\nAT ONLINE * CANCEL-TIMER a\nAT x\n")
        #expect(nut.schedule.rules.map(\.notification) == ["ONBATT", "ONLINE"])
        #expect(nut.schedule.rules[0].startedTimer?.seconds == 30)
        #expect(nut.schedule.rules[1].startedTimer == nil)
        #expect(nut.schedule.settings.map(\.name) == ["CMDSCRIPT"])
        #expect(nut.mistakes.map(\.place.mark.line) == [4])
    }

    @Test func `no report names what may be a secret on the wrong line`() {
        let text = "[u]\npassword =\nhunter2\n\"hunter2\npasword hunter2\n"
        let nut = self.read(.users, text)
        #expect(nut.mistakes.allSatisfy { !$0.line.contains("hunter2") })
        #expect(nut.mistakes.count == 4)
    }

    @Test func `a file larger than the limit is cut, and that is a mistake`() {
        let text = String(repeating: "# comment\n", count: NUTFileLimits.bytes / 10 + 1) + "MAXAGE 3\n"
        let nut = self.read(.upsd, "MAXAGE 2\n" + text)
        #expect(nut.mistakes.count == 1)
        #expect(nut.server.maximumAge == nil)
    }

    @Test func `more sections than the limit are left out`() {
        let section = { (number: Int) in "[u\(number)]\npassword = x\n" }
        let text = (0...NUTFileLimits.sections).map(section).joined()
        let nut = self.read(.users, text)
        #expect(nut.users.count == NUTFileLimits.sections)
        #expect(nut.mistakes.count == 2)
    }
}
