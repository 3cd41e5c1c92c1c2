import PowerCore
import Testing

private func reading(_ values: [String: String]) -> UPSReading {
    UPSReading(SourcedState(variables: values.map { Variable($0, $1) }))
}

private func state(_ reading: UPSReading) -> UPSState {
    var state = UPSState(rack: RackUPS(id: "ups"), staleAfter: .seconds(15))
    _ = state.take(reading, at: .origin)
    return state
}

@Test func `conditions and numbers are read out of ready-made variables`() {
    let reading = reading([
        "ups.status": "OB DISCHRG LB", "battery.charge": "12.5", "battery.runtime": "300", "ups.load": "20",
        "ups.realpower.nominal": "500",
    ])
    #expect(reading.flags == [.onBattery, .discharging, .lowBattery])
    #expect(reading.charge == 12.5)
    #expect(reading.runtime == .seconds(300))
    #expect(reading.load == 100)
}

@Test func `measured watts come before reckoned ones`() {
    #expect(reading(["ups.realpower": "77", "ups.load": "20", "ups.realpower.nominal": "500"]).load == 77)
    #expect(reading(["outlet.realpower": "66"]).load == 66)
    #expect(reading(["ups.load": "20"]).load == nil)
}

@Test(arguments: ["inf", "nan", "-1", "1e300", "", "soon", "0x1p900"])
func `what is no sensible number is not known`(text: String) {
    let reading = reading(["battery.runtime": text, "ups.realpower": text, "battery.charge": "nan"])
    #expect(reading.runtime == nil)
    #expect(reading.load == nil)
    #expect(reading.charge == nil)
}

@Test func `the device's own words are passed on as they are, those we do not know among them`() {
    let state = state(reading(["ups.status": "ALARM OL HB VENDOR:X", "ups.alarm": "Fan!"]))
    #expect(state.status(isLow: false, isForced: false) == "ALARM OL HB VENDOR:X")
    #expect(state.variables(isLow: false, isForced: false).first { $0.name == "ups.alarm" }?.value == "Fan!")
}

@Test func `our own verdicts are added once`() {
    let onBattery = state(reading(["ups.status": "OB"]))
    #expect(onBattery.status(isLow: true, isForced: true) == "FSD OB LB")
    let forced = state(reading(["ups.status": "FSD OB LB"]))
    #expect(forced.status(isLow: true, isForced: true) == "FSD OB LB")
}

@Test func `a device without a status waits for one, as with NUT`() {
    let state = state(reading(["ups.load": "3"]))
    #expect(state.status(isLow: false, isForced: false) == "WAIT")
    #expect(state.condition?.supply == .unknown)
}

@Test func `a status that may be set stays one that may be set`() throws {
    let status = Variable("ups.status", "OL", kind: .string(maximumLength: 32), isWritable: true)
    let shown = state(UPSReading(SourcedState(variables: [status]))).variables(isLow: false, isForced: true)
    #expect(shown == [Variable("ups.status", "FSD OL", kind: .string(maximumLength: 32), isWritable: true)])
}

@Test func `outlets of a PDU are read, and only those that can be switched may be`() {
    let variables = [
        Variable("outlet.1.desc", "web"), Variable("outlet.1.name", "A1"), Variable("outlet.1.status", "on"),
        Variable("outlet.1.realpower", "42.5"), Variable("outlet.1.current", "0.2"),
        Variable("outlet.2.status", "off", isWritable: true), Variable("outlet.3.status", "unknown"),
        Variable("outlet.0.status", "on"), Variable("outlet.99999.status", "on"), Variable("device.mfr", "Eaton"),
    ]
    let reading = PDUReading(
        sourced: SourcedState(variables: variables, commands: ["outlet.1.load.off", "outlet.1.load.on"]))
    #expect(
        reading.outlets == [
            OutletReading(number: 1, name: "web", position: .on, power: 42.5),
            OutletReading(number: 2, position: .off), OutletReading(number: 3, isSwitchable: false),
        ])
    #expect(
        reading.variables.map(\.name)
            == ["outlet.1.current", "outlet.0.status", "outlet.99999.status", "device.mfr"])
}
