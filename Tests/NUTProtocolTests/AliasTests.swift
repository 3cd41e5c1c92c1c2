import NUTProtocol
import PowerCore
import Testing

extension String {
    /// How many of its lines begin with `start`.
    fileprivate func lines(beginning start: String) -> Int {
        self.split(separator: "\n").count { $0.hasPrefix(start) }
    }
}

/// Other names for devices, and the device that no list shows.
@Suite struct AliasTests {
    private let devices = ["nas", "river", "ups"].map { name in
        DeviceSnapshot(
            id: DeviceID(name), description: "the \(name)", availability: .fresh,
            variables: [Variable("ups.status", "OL"), Variable("ups.id", name)], commands: [InstantCommand("beep")])
    }

    /// The session comes from 192.0.2.7.
    private func rig(_ aliases: [Configuration.Alias]) -> SessionRig {
        var rig = SessionRig(self.devices)
        rig.catalogue = Catalogue(rig.catalogue.snapshot, aliases: aliases, reusing: rig.catalogue)
        rig.users = UserTable(
            [Password(plain: "secret")].compactMap(\.self).map {
                NUTUser(name: "monuser", password: $0, role: .secondary, devices: .only(["nas"]))
            })
        return rig
    }

    private func alias(_ name: String, _ device: DeviceID, from network: String? = nil) -> Configuration.Alias {
        Configuration.Alias(
            name: name, device: device, from: network.map { [NetworkRange(parsing: $0)].compactMap(\.self) })
    }

    @Test func `answers have the name that was asked for, however long`() {
        for name in ["qnapups", "UPSX", "u"] {
            var rig = self.rig([self.alias(name.lowercased(), "nas")])
            #expect(rig.ask("GET VAR \(name) ups.id") == "VAR \(name) ups.id \"nas\"")
            #expect(
                rig.ask("LIST VAR \(name)") == """
                    BEGIN LIST VAR \(name)
                    VAR \(name) ups.id "nas"
                    VAR \(name) ups.status "OL"
                    END LIST VAR \(name)
                    """)
            #expect(rig.ask("LIST CMD \(name)") == "BEGIN LIST CMD \(name)\nCMD \(name) beep\nEND LIST CMD \(name)")
            #expect(rig.ask("GET UPSDESC \(name)") == "UPSDESC \(name) \"the nas\"")
        }
    }

    @Test func `whoever logs in under it is a client of the device, by the rights to the device`() {
        var rig = self.rig([self.alias("synology", "nas")])
        rig.authenticate("monuser", "secret")
        #expect(rig.ask("LOGIN river") == "ERR ACCESS-DENIED")
        #expect(rig.ask("LOGIN synology") == "OK")
        #expect(rig.effects == [.login("nas")])
        #expect(rig.ask("GET NUMLOGINS nas") == "NUMLOGINS nas 1")
        #expect(rig.ask("GET NUMLOGINS synology") == "NUMLOGINS synology 1")
    }

    @Test func `one for some clients is shown to them in place of the device, and hides what has its name`() {
        var rig = self.rig([self.alias("ups", "nas", from: "192.0.2.0/24")])
        #expect(rig.ask("GET VAR ups ups.id") == "VAR ups ups.id \"nas\"")
        #expect(rig.ask("GET VAR nas ups.id") == "VAR nas ups.id \"nas\"")
        #expect(
            rig.ask("LIST UPS") == "BEGIN LIST UPS\nUPS ups \"the nas\"\nUPS river \"the river\"\nEND LIST UPS")
    }

    @Test func `for others nothing is different`() {
        var rig = self.rig([self.alias("ups", "nas", from: "192.0.2.8"), self.alias("cellar", "nas", from: "::1")])
        #expect(rig.ask("GET VAR ups ups.id") == "VAR ups ups.id \"ups\"")
        #expect(rig.ask("GET VAR cellar ups.id") == "ERR UNKNOWN-UPS")
        #expect(rig.ask("LIST UPS").split(separator: "\n").count == 5)
    }

    @Test func `one for everybody is answered and not shown, so that nobody has the device twice`() {
        var rig = self.rig([self.alias("qnapups", "nas")])
        #expect(rig.ask("LIST UPS").contains("UPS nas "))
        #expect(!rig.ask("LIST UPS").contains("qnapups"))
    }

    @Test func `of several that fit the first counts`() {
        var rig = self.rig([
            self.alias("box", "river", from: "192.0.2.9"), self.alias("box", "nas", from: "192.0.2.7"),
            self.alias("box", "ups"),
        ])
        #expect(rig.ask("GET VAR box ups.id") == "VAR box ups.id \"nas\"")
        rig = self.rig([self.alias("box", "river", from: "192.0.2.0/24"), self.alias("box", "nas", from: "192.0.2.7")])
        #expect(rig.ask("LIST UPS").lines(beginning: "UPS box") == 1)
        #expect(rig.ask("LIST UPS").lines(beginning: "UPS nas") == 1)
    }

    @Test func `one whose device is gone is unknown, and a new value of the device is seen through it`() {
        var rig = self.rig([self.alias("box", "nas"), self.alias("none", "gone")])
        #expect(rig.ask("GET VAR none ups.id") == "ERR UNKNOWN-UPS")
        var devices = self.devices
        devices[0] = DeviceSnapshot(id: "nas", availability: .fresh, variables: [Variable("ups.id", "new")])
        let next = PowerSnapshot(devices: devices)
        rig.catalogue = Catalogue(next, aliases: rig.catalogue.aliases, reusing: rig.catalogue)
        #expect(rig.ask("GET VAR box ups.id") == "VAR box ups.id \"new\"")
    }

    @Test func `the device of the server itself takes commands and is in no list`() {
        let server = DeviceSnapshot(
            id: ServerCommand.device, availability: .fresh, commands: [InstantCommand(ServerCommand.reload)])
        var rig = SessionRig(self.devices + [server])
        #expect(!rig.ask("LIST UPS").contains("server"))
        #expect(rig.ask("LIST CMD .server").contains("CMD .server reload"))
        #expect(rig.ask("INSTCMD .server reload") == "ERR USERNAME-REQUIRED")
    }
}
