import PowerCore
import PowerLab
import Testing

private let examples: [(words: String, command: LabCommand, name: String, parameter: String?)] = [
    ("mains off", .mainsOff(nil), "mains.off", nil),
    ("mains off river", .mainsOff("river"), "mains.off", "river"),
    ("mains on grid", .mainsOn("grid"), "mains.on", "grid"),
    ("unplug river", .unplug("river"), "device.unplug", "river"),
    ("plug river", .plug("river"), "device.plug", "river"),
    ("stall river", .stall("river", times: nil), "device.stall", "river"),
    ("stall river 3", .stall("river", times: 3), "device.stall", "river=3"),
    ("garbage river 3", .garbage("river", times: 3), "device.garbage", "river=3"),
    ("short river", .short("river", times: nil), "device.short", "river"),
    ("nak river 1", .nak("river", times: 1), "device.nak", "river=1"),
    ("absurd river 1", .absurd("river", times: 1), "device.absurd", "river=1"),
    ("slow river 250", .slow("river", .milliseconds(250)), "device.slow", "river=250"),
    ("heal pve1", .heal("pve1"), "device.heal", "pve1"),
    ("charge river 30", .setCharge("river", 30), "charge.set", "river=30"),
    ("charge river 12.5", .setCharge("river", 12.5), "charge.set", "river=12.5"),
    ("limit river 20", .setLimit("river", 20), "limit.set", "river=20"),
    ("stick rack-a/4", .stick(OutletID("rack-a", 4)), "outlet.stick", "rack-a/4"),
    ("lag rack-a/4 3000", .lag(OutletID("rack-a", 4), .seconds(3)), "outlet.lag", "rack-a/4=3000"),
    ("deny rack-a/4", .deny(OutletID("rack-a", 4)), "outlet.deny", "rack-a/4"),
    ("lock rack-a/4", .lock(OutletID("rack-a", 4)), "outlet.lock", "rack-a/4"),
    ("call rack-a/4 nas", .call(OutletID("rack-a", 4), "nas"), "outlet.call", "rack-a/4=nas"),
    ("restart rack-a", .restart("rack-a"), "device.restart", "rack-a"),
    ("hang pve1", .hang("pve1"), "host.hang", "pve1"),
    ("speed 60", .setSpeed(60), "speed.set", "60"),
    ("status", .status, "lab.status", nil),
]

private func reason(_ words: String) -> String? {
    do {
        _ = try LabCommand(parsing: words.split(separator: " ").map { String($0) })
        return nil
    } catch {
        return error.reason
    }
}

@Test func `words and instant commands say the same, both ways`() throws {
    for example in examples {
        let words = example.words.split(separator: " ").map { String($0) }
        #expect(try LabCommand(parsing: words) == example.command)
        #expect(example.command.words == words)
        #expect(example.command.name == example.name)
        #expect(example.command.parameter == example.parameter)
        #expect(try LabCommand(name: example.name, parameter: example.parameter) == example.command)
    }
    #expect(Set(examples.map(\.name)) == Set(LabCommand.instantCommands.map(\.name)))
}

@Test func `a parameter may be parted by a colon, and names are read without regard to case`() throws {
    #expect(try LabCommand(name: "Charge.Set", parameter: "river:30") == .setCharge("river", 30))
    #expect(try LabCommand(name: "mains.off", parameter: "") == .mainsOff(nil))
}

@Test func `every instant command says what it does and what its parameter is`() {
    let commands = LabCommand.instantCommands
    #expect(commands.allSatisfy { $0.description?.isEmpty == false })
    #expect(
        commands.first { $0.name == "charge.set" }?.description
            == "Set the charge of a UPS (parameter: UPS=PERCENT)")
}

@Test func `what is no command is answered with what is possible`() {
    #expect(reason("")?.hasPrefix("no command; possible: mains off [SOURCE|UPS], mains on") == true)
    #expect(reason("mains up")?.hasPrefix("unknown command \"mains up\"; possible: ") == true)
    #expect(reason("mains off river delta") == "usage: mains off [SOURCE|UPS]")
    #expect(reason("unplug") == "usage: unplug UPS|PDU")
    #expect(reason("charge river") == "usage: charge UPS PERCENT")
    #expect(reason("charge river 101") == "\"101\" is no percentage; possible: 0 to 100")
    #expect(reason("charge river nan") == "\"nan\" is no percentage; possible: 0 to 100")
    #expect(reason("stall river 0") == "\"0\" is no number of times; possible: 1 to 10000")
    #expect(reason("stall river 10001") != nil)
    #expect(reason("slow river -1") == "\"-1\" is no delay; possible: 1 to 60000 milliseconds")
    #expect(reason("slow river 60001") != nil)
    #expect(reason("speed 1e9") == "\"1e9\" is no speed; possible: 0.01 to 3600")
    #expect(reason("stick river") == "\"river\" is no outlet; possible: PDU/NUMBER, such as rack-a/4")
    #expect(throws: LabCommandError.self) { try LabCommand(name: "load.off", parameter: nil) }
    #expect(throws: LabCommandError.self) { try LabCommand(name: "charge.set", parameter: "=30") }
}
