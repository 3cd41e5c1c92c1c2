import PowerCore
import Testing

private let station = RackUPS(id: "river", capacity: 286)

/// River 3 Plus on battery at 80 W: 187 min at 99 %, 184 min at 97 %, counted to 0 %; its output ends at the limit + 1 %.
private func condition(charge: Percent, minutes: Int, cutOff: Percent = 11, load: Watts? = nil) -> UPSCondition {
    UPSCondition(
        supply: .battery, charge: charge, runtime: .seconds(minutes * 60), cutOff: cutOff, load: load)
}

@Test func `the energy ends where the output ends, not at 0 %`() {
    let estimate = BatteryEstimate(
        ups: station, condition: condition(charge: 99, minutes: 187, load: 80), elapsed: .zero)
    // 88 % of 286 Wh x 0.88 = 221.5 Wh at 80 W = 166 min, where the device says 187.
    #expect(estimate.runtime.map { abs($0.inSeconds / 60 - 166) < 1 } == true)
    #expect(estimate.source == .measured)
}

@Test func `without a load the device's own runtime is cut down to the share above the cut-off`() {
    let estimate = BatteryEstimate(ups: station, condition: condition(charge: 99, minutes: 187), elapsed: .zero)
    #expect(estimate.runtime.map { abs($0.inSeconds / 60 - 187.0 * 88 / 99) < 0.1 } == true)
    #expect(estimate.source == .device)
}

@Test func `a load is taken from the best source there is`() {
    func source(_ measured: Watts?, _ outlets: Watts?, _ configured: Watts?) -> BatteryEstimate.LoadSource {
        let condition = condition(charge: 50, minutes: 90, load: measured)
        return BatteryEstimate(
            ups: station, condition: condition, elapsed: .zero, outlets: outlets, configured: configured
        ).source
    }
    #expect(source(80, 90, 100) == .measured)
    #expect(source(nil, 90, 100) == .outlets)
    #expect(source(nil, nil, 100) == .configured)
    #expect(source(nil, nil, nil) == .device)
}

@Test func `a silent UPS is reckoned down, one that is heard by no more than a step`() {
    let said = condition(charge: 50, minutes: 90, load: 100)
    let hour = Duration.seconds(3600)
    let silent = BatteryEstimate(ups: station, condition: said, elapsed: hour, isSilent: true)
    let heard = BatteryEstimate(ups: station, condition: said, elapsed: hour, isSilent: false)
    // 100 Wh of 286 x 0.88 Wh are 39.7 %.
    #expect(silent.charge.map { abs($0.value - 10.3) < 0.1 } == true)
    #expect(silent.runtime == .zero)
    #expect(heard.charge == 49)
}

@Test func `nothing is reckoned while there is mains`() {
    var said = condition(charge: 50, minutes: 90, load: 100)
    said.supply = .mains
    #expect(BatteryEstimate(ups: station, condition: said, elapsed: .seconds(3600)).charge == 50)
}

@Test func `a fixed cut-off goes before what the device tells, and without either 1 % is taken`() {
    var fixed = station
    fixed.cutOff = .fixed(20)
    #expect(BatteryEstimate.cutOff(of: fixed, condition(charge: 50, minutes: 1)) == 20)
    #expect(BatteryEstimate.cutOff(of: station, UPSCondition(supply: .battery)) == 1)
}

@Test func `no figure of a device makes the arithmetic trap`() {
    let absurd = RackUPS(id: "absurd", capacity: WattHours(.greatestFiniteMagnitude), cutOff: .fixed(0))
    for load in [0, -1, .leastNonzeroMagnitude, .infinity, .nan, .greatestFiniteMagnitude] {
        let said = UPSCondition(supply: .battery, charge: Percent(.nan), runtime: .seconds(-5), load: Watts(load))
        _ = BatteryEstimate(ups: absurd, condition: said, elapsed: .seconds(1_000_000_000)).runtime?.inWords
    }
}
