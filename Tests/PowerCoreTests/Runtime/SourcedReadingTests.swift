import Testing

@testable import PowerCore

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
            OutletReading(number: 1, name: "web", position: .on, power: 42.5, current: 0.2),
            OutletReading(number: 2, position: .off), OutletReading(number: 3, isSwitchable: false),
        ])
    #expect(
        reading.variables.map(\.name)
            == ["outlet.0.status", "outlet.99999.status", "device.mfr"])
}

@Test func `what our own server shows of an outlet is what is read behind it`() {
    let outlet = OutletReading(
        number: 4, name: "web", position: .on, pending: .off, power: 42.5, isLocked: true, group: "A", current: 0.25,
        voltage: 230, apparentPower: 50, energy: 1234)
    let notes = PDUNotes(feeds: [4: "feeds pve1"], groups: [4: "lab"], protected: [4])
    var shown = PDUState(rack: RackPDU(id: "rack", feed: "ups"), staleAfter: .seconds(15))
    shown.take(PDUReading(outlets: [outlet, OutletReading(number: 5, isSwitchable: false)]), at: .origin)
    let state = SourcedState(variables: shown.variables(notes), commands: shown.commands(notes).map(\.name))
    let reading = PDUReading(sourced: state)
    #expect(reading.outlets == [outlet, OutletReading(number: 5, name: "outlet 5", isSwitchable: false)])
    #expect(reading.variables.map(\.name) == ["device.type", "ups.status", "outlet.count"])
    #expect(OutletWays(state).name(of: 4) == "outlet.4.name")
    #expect(OutletWays(state).canCycle(4))
}

@Test(arguments: ["unknown", "", "ON ", "cycling"])
func `a state that is neither on nor off stays unknown`(status: String) {
    let state = SourcedState(variables: [Variable("outlet.1.status", status), Variable("outlet.1.name", "a")])
    #expect(PDUReading(sourced: state).outlets == [OutletReading(number: 1, name: "a", isSwitchable: false)])
}

@Test(arguments: ["-1", "nan", "inf", "1e10", "much", ""])
func `what an outlet cannot give is not known`(figure: String) {
    let names =
        ["realpower", "power", "current", "voltage"].map { "outlet.1.\($0)" } + ["experimental.outlet.1.energy"]
    let reading = PDUReading(sourced: SourcedState(variables: names.map { Variable($0, figure) }))
    #expect(reading.outlets == [OutletReading(number: 1, isSwitchable: false)])
}
