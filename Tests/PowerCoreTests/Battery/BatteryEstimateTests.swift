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

/// The recorded pairs: charge, minutes shown; both at 80 W.
@Test(arguments: [(99 as Percent, 187), (97, 184)])
func `the device's recorded figures agree with ours once they end at the limit + 1 %`(charge: Percent, minutes: Int) {
    let said = condition(charge: charge, minutes: minutes, load: 80)
    let estimate = BatteryEstimate(ups: station, condition: said, elapsed: .zero)
    let device = Double(minutes) * (charge.value - 11) / charge.value
    #expect(estimate.runtime.map { abs($0.inSeconds / 60 / device - 1) < 0.01 } == true)
    #expect(estimate.confidence == .high)
    #expect(estimate.doubts.isEmpty)
    // What it counts below its cut-off is more than a tenth of what it shows.
    #expect(estimate.runtime.map { $0.inSeconds / 60 < Double(minutes) * 0.9 } == true)
}

@Test(arguments: [2499, 2559, 5939, 0, -1])
func `the figures by which a device says nothing are not believed`(minutes: Int) {
    let estimate = BatteryEstimate(ups: station, condition: condition(charge: 98, minutes: minutes), elapsed: .zero)
    #expect(estimate.runtime == nil)
    #expect(estimate.confidence == .none)
    let measured = condition(charge: 98, minutes: minutes, load: 80)
    #expect(BatteryEstimate(ups: station, condition: measured, elapsed: .zero).confidence == .high)
}

@Test func `all six sources of a load come in their order, and a meter that says nothing flows is none`() {
    var history = BatteryHistory()
    for step in 0...8 {
        let said = condition(charge: Percent(Double(90 - step)), minutes: 150 - step)
        _ = history.take(said, at: Moment(sinceOrigin: .seconds(step * 100)))
    }
    func estimate(_ measured: Watts?, _ outlets: Watts?, slope: Bool, _ typical: Watts?) -> BatteryEstimate {
        BatteryEstimate(
            ups: station, condition: condition(charge: 82, minutes: 142, load: measured), elapsed: .zero,
            outlets: outlets, configured: 95, typical: typical, history: slope ? history : BatteryHistory())
    }
    #expect(estimate(80, 85, slope: true, 90).source == .measured)
    #expect(estimate(0, 85, slope: true, 90).source == .outlets)
    #expect(estimate(Watts(.nan), 0, slope: true, 90).source == .slope)
    #expect(estimate(nil, nil, slope: false, 90).source == .learnt)
    #expect(estimate(nil, nil, slope: false, nil).source == .configured)
    #expect(estimate(80, nil, slope: false, nil).confidence == .high)
    #expect(estimate(nil, nil, slope: true, nil).confidence == .fair)
    #expect(estimate(nil, nil, slope: false, 90).confidence == .fair)
    #expect(estimate(nil, nil, slope: false, nil).confidence == .low)
}

@Test func `of two guesses the shorter counts, and a load that fits it is shown`() {
    // 50 % of 286 Wh above 11 % are 98 Wh: 59 min at a configured 100 W, where the device says 30 min to 0 %.
    let shorter = BatteryEstimate(
        ups: station, condition: condition(charge: 50, minutes: 30), elapsed: .zero, configured: 100)
    #expect(shorter.isByDevice)
    #expect(shorter.source == .device)
    #expect(shorter.runtime.map { abs($0.inSeconds / 60 - 30.0 * 39 / 50) < 0.1 } == true)
    #expect(shorter.energy.flatMap { energy in shorter.load.flatMap { energy.lasts(at: $0) } } == shorter.runtime)
    // A minute shown as a second is no battery worn out.
    let mistaken = UPSCondition(supply: .battery, charge: 50, runtime: .seconds(75), cutOff: 11)
    #expect(!BatteryEstimate(ups: station, condition: mistaken, elapsed: .zero, configured: 100).isByDevice)
    let longer = BatteryEstimate(
        ups: station, condition: condition(charge: 50, minutes: 300), elapsed: .zero, configured: 100)
    #expect(!longer.isByDevice)
    #expect(longer.source == .configured)
}

/// At 50 % and a measured 100 W ours is 59 min; the device counts 78 % of what it shows.
@Test(
    arguments: [
        (60, .high, false), (40, .fair, false), (28, .low, true), (10, .low, true), (3, .high, false),
        (130, .fair, false), (250, .low, false), (900, .high, false),
    ] as [(Int, BatteryEstimate.Confidence, Bool)])
func `a device that disagrees costs confidence by how far it does, and counts when ours is a guess`(
    minutes: Int, confidence: BatteryEstimate.Confidence, isByDevice: Bool
) {
    let said = condition(charge: 50, minutes: minutes, load: 100)
    let estimate = BatteryEstimate(ups: station, condition: said, elapsed: .zero)
    #expect(estimate.confidence == confidence)
    #expect(estimate.isByDevice == isByDevice)
}

@Test func `a silent UPS known well ends when the model says, one known badly after four fifths of that`() throws {
    func end(measured: Watts?, configured: Watts?) throws -> Int {
        let said = UPSCondition(supply: .battery, charge: 31, cutOff: 11, load: measured)
        return try #require(
            (1...7200).first {
                BatteryEstimate(ups: station, condition: said, elapsed: .seconds($0), configured: configured).runtime
                    == .zero
            })
    }
    // 20 % are 50.3 Wh, and at 200 W 906 s.
    #expect(try end(measured: 200, configured: nil) == 907)
    #expect(try end(measured: nil, configured: 200) == 725)
}

@Test func `silence costs confidence, and half an hour of it makes everything a guess`() {
    let said = condition(charge: 90, minutes: 150, load: 80)
    func confidence(_ seconds: Int, isSilent: Bool) -> BatteryEstimate.Confidence {
        BatteryEstimate(ups: station, condition: said, elapsed: .seconds(seconds), isSilent: isSilent).confidence
    }
    #expect(confidence(3600, isSilent: false) == .high)
    #expect(confidence(60, isSilent: true) == .fair)
    #expect(confidence(1801, isSilent: true) == .low)
}

@Test func `a battery is low by what it says, by its charge, by its time, and by silence without a model`() {
    func isLow(
        _ charge: Percent?, load: Watts? = nil, says: Bool = false, supply: UPSCondition.Supply = .battery,
        silent seconds: Int = 0
    ) -> Bool {
        let said = UPSCondition(supply: supply, charge: charge, cutOff: 11, load: load, saysLow: says)
        return BatteryEstimate(ups: station, condition: said, elapsed: .seconds(seconds)).isLow(station, said)
    }
    #expect(!isLow(17))
    #expect(isLow(16))
    #expect(isLow(80, says: true))
    #expect(!isLow(80, says: true, supply: .mains))
    // 20 % at 1500 W are 121 s, at 1520 W 119 s.
    #expect(!isLow(31, load: 1500))
    #expect(isLow(31, load: 1520))
    #expect(!isLow(31, load: 1520, supply: .mains))
    #expect(isLow(80, silent: 20))
    #expect(!isLow(80, load: 80, silent: 20))
    #expect(!isLow(80, supply: .mains))
}

@Test func `every step and every doubt has words of its own`() {
    let steps = BatteryEstimate.Confidence.allCases.map(\.inWords) + BatteryEstimate.LoadSource.allCases.map(\.inWords)
    #expect(Set(steps).count == steps.count)
    #expect(BatteryEstimate.Doubt.device(factor: 2.04).inWords == "the device itself says otherwise by a factor of 2.0")
    #expect(BatteryEstimate.Doubt.capacity(discharges: 1).inWords == "its capacity is learnt from one discharge")
    #expect(BatteryEstimate.Doubt.silent(.seconds(61)).inWords == "it has been silent for 1 min 1 s")
    #expect(BatteryEstimate.Doubt.load(.slope).inWords == "its load is known only by the fall of its charge")
    _ = BatteryEstimate.Doubt.device(factor: .nan).inWords
}
