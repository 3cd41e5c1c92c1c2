import NUTProtocol
import PowerCore
import Testing

private func file(_ text: String) throws(DummyFileError) -> DummyFile {
    try DummyFile(parsing: Array(text.utf8))
}

private func seconds(_ seconds: Int) -> Moment { Moment(sinceOrigin: .seconds(seconds)) }

private func status(_ device: DummyDevice) -> String? { device.state.value("ups.status") }

@Test func `variables, waits and alarms are read`() throws {
    let steps = try file(
        """
        # An outage
        ups.status: OL   # on line
        ups.model: "A \\"B\\""
        Battery.Charge: 100
        device.description: two words
        driver.name: usbhid-ups
        TIMER 2.5
        ALARM Replace battery!
        ALARM
        ups.id:
        """
    ).steps
    #expect(
        steps == [
            .set("ups.status", "OL"), .set("ups.model", "A \"B\""), .set("battery.charge", "100"),
            .set("device.description", "two words"), .wait(.milliseconds(2500)), .alarm("Replace battery!"),
            .alarm(""), .set("ups.id", ""),
        ])
}

@Test(arguments: [
    ("ups.status: OL\nTIMER soon\n", "line 2: TIMER needs a number of seconds, at most a day"),
    ("TIMER\n", "line 1: TIMER needs a number of seconds, at most a day"),
    ("TIMER nan\n", "line 1: TIMER needs a number of seconds, at most a day"),
    ("TIMER 1e9\n", "line 1: TIMER needs a number of seconds, at most a day"),
    (
        "\n\nups status: OL\nBOGUS!\n",
        "line 4: 'BOGUS!' is no name of a variable; write ups.status: OL, TIMER 5 or ALARM text"
    ),
    ("ups.id: \"a # b\"\n", "line 1: a # inside quotes; write \\# there"),
])
func `what is wrong is said with its line`(text: String, message: String) {
    let error = #expect(throws: DummyFileError.self) { try file(text) }
    #expect(error?.description == message)
}

@Test func `a file is bounded`() {
    let many = (0...DriverLimits.variables).map { "v.\($0): 1\n" }.joined()
    #expect(throws: DummyFileError.self) { try file(many) }
    #expect(throws: DummyFileError.self) { try file(String(repeating: "#\n", count: DummyFile.maximumBytes)) }
    #expect(throws: DummyFileError.self) { try file("ups.id: \"" + String(repeating: "x\n", count: 20_000)) }
}

@Test func `a sequence is played again and again`() throws {
    var device = DummyDevice(
        try file("ups.status: OL\nTIMER 10\nups.status: OB\nTIMER 5\n"), isLooping: true, at: .origin)
    var seen: [String?] = []
    for moment in [0, 9, 10, 14, 15, 25] {
        _ = device.play(at: seconds(moment))
        seen.append(status(device))
    }
    #expect(seen == ["OL", "OL", "OB", "OB", "OL", "OB"])
}

@Test func `a sequence without a wait takes a second, and one without anything rests`() throws {
    var device = DummyDevice(try file("ups.status: OL\n"), isLooping: true, at: .origin)
    let next = device.play(at: .origin)
    #expect(next == .origin + DummyDevice.shortestRound)
    var empty = DummyDevice(try file("# nothing\n"), isLooping: true, at: .origin)
    let never = empty.play(at: .origin)
    #expect(never == nil)
    #expect(empty.state.variables.isEmpty)
}

@Test func `what is not a sequence is played once`() throws {
    var device = DummyDevice(try file("ups.status: OL\nTIMER 3\nups.status: OB\n"), isLooping: false, at: .origin)
    let next = device.play(at: .origin)
    #expect(next == seconds(3))
    let end = device.play(at: seconds(3))
    #expect(end == nil)
    #expect(status(device) == "OB")
}

@Test func `an alarm is a text and a word, and ends`() throws {
    var device = DummyDevice(
        try file("ups.status: OL\nALARM Fan!\nTIMER 1\nALARM\n"), isLooping: false, at: .origin)
    _ = device.play(at: .origin)
    #expect(status(device) == "ALARM OL")
    #expect(device.state.value("ups.alarm") == "Fan!")
    _ = device.play(at: seconds(1))
    #expect(status(device) == "OL")
    #expect(device.state.value("ups.alarm") == nil)
}

@Test func `a made-up device is driven by setting variables and by commands`() throws {
    var device = DummyDevice(try file("ups.status: OL\nbattery.charge: 90\n"), isLooping: false, at: .origin)
    _ = device.play(at: .origin)
    #expect(device.state.variables.allSatisfy { $0.isWritable })
    #expect(device.state.variables.first { $0.name == "battery.charge" }?.kind == .number)
    device.set("UPS.Status", to: "OB")
    #expect(status(device) == "OB")
    let isOff = device.run("load.off")
    #expect(isOff && status(device) == "OB OFF")
    let isOn = device.run("load.on")
    #expect(isOn && status(device) == "OB")
    let isKnown = device.run("beeper.mute")
    #expect(!isKnown)
    device.set("battery.charge", to: "")
    #expect(device.state.value("battery.charge") == nil)
}
