import NUTProtocol
import PowerCore
import Testing

struct CatalogueTests {
    private func ask(_ line: String, _ devices: [DeviceSnapshot]) -> String {
        var rig = SessionRig(devices)
        return rig.ask(line)
    }

    @Test func `variables and commands are sorted without regard to case`() {
        let device = DeviceSnapshot(
            id: "ups", availability: .fresh,
            variables: [Variable("b", "2"), Variable("C", "3"), Variable("a.b", "1"), Variable("a", "0")],
            commands: [InstantCommand("y"), InstantCommand("Z"), InstantCommand("x")])
        let variables = self.ask("LIST VAR ups", [device]).split(separator: "\n").dropFirst().dropLast()
        #expect(variables == ["VAR ups a \"0\"", "VAR ups a.b \"1\"", "VAR ups b \"2\"", "VAR ups C \"3\""])
        let commands = self.ask("LIST CMD ups", [device]).split(separator: "\n").dropFirst().dropLast()
        #expect(commands == ["CMD ups x", "CMD ups y", "CMD ups Z"])
    }

    @Test func `every variable of a long list is found, and no other`() {
        let names = (0..<1_000).map { "outlet.\($0).status" }
        let device = DeviceSnapshot(id: "pdu", availability: .fresh, variables: names.map { Variable($0, "v\($0)") })
        var rig = SessionRig([device])
        for name in names { #expect(rig.ask("GET VAR PDU \(name)") == "VAR PDU \(name) \"v\(name)\"") }
        for name in ["outlet", "outlet.1000.status", "outlet.5.statu", "outlet.5.status.", "a", "z", ""] {
            #expect(rig.ask("GET VAR pdu \"\(name)\"") == "ERR VAR-NOT-SUPPORTED")
        }
    }

    @Test func `of two devices with one name the first counts`() {
        let devices = [
            DeviceSnapshot(id: "ups", availability: .fresh, variables: [Variable("a", "1")]),
            DeviceSnapshot(id: "UPS", availability: .fresh, variables: [Variable("a", "2")]),
        ]
        #expect(self.ask("GET VAR Ups a", devices) == "VAR Ups a \"1\"")
    }

    @Test func `a new snapshot takes over what has not changed, and shows what has`() {
        let steady = DeviceSnapshot(id: "steady", availability: .fresh, variables: [Variable("a", "1")])
        let old = DeviceSnapshot(id: "moving", availability: .fresh, variables: [Variable("a", "1")])
        let new = DeviceSnapshot(id: "moving", availability: .fresh, variables: [Variable("a", "2")])
        var rig = SessionRig([steady, old])
        rig.catalogue = Catalogue(PowerSnapshot(devices: [steady, new]), reusing: rig.catalogue)
        #expect(rig.ask("GET VAR moving a") == "VAR moving a \"2\"")
        #expect(rig.ask("GET VAR steady a") == "VAR steady a \"1\"")
        rig.catalogue = Catalogue(PowerSnapshot(devices: [new]), reusing: rig.catalogue)
        #expect(rig.ask("GET VAR steady a") == "ERR UNKNOWN-UPS")
    }

    @Test func `a name that no client can send does no harm`() {
        // The Kelvin sign is a k in lower case.
        let devices = [
            DeviceSnapshot(id: "\u{212A}", availability: .fresh, variables: [Variable("a", "1")]),
            DeviceSnapshot(
                id: "büro", availability: .fresh, variables: [Variable("\u{212A}", "1"), Variable("b", "2")]),
        ]
        #expect(self.ask("GET VAR k a", devices) == "ERR UNKNOWN-UPS")
        #expect(self.ask("GET VAR BRO B", devices) == "VAR BRO B \"2\"")
        #expect(self.ask("GET VAR bro k", devices) == "ERR VAR-NOT-SUPPORTED")
    }

    @Test func `a server without devices has an empty list`() {
        #expect(self.ask("LIST UPS", []) == "BEGIN LIST UPS\nEND LIST UPS")
    }
}
