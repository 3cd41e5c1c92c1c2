import PowerCore
import PowerLab
import Testing

private let unlabelled = RackUPS(id: "river")
private let labelled = RackUPS(id: "river", capacity: 286)

private func at(_ seconds: Int) -> Moment { Moment(sinceOrigin: .seconds(seconds)) }

private func on(_ charge: Percent?, runtime: Duration? = nil) -> UPSCondition {
    UPSCondition(supply: .battery, charge: charge, runtime: runtime, cutOff: 11)
}

/// A history of a charge that falls by 1 % every `interval` seconds, `steps` times from `charge` on.
private func falling(from charge: Int, steps: Int, every interval: Int = 110) -> BatteryHistory {
    var history = BatteryHistory()
    for step in 0...steps { _ = history.take(on(Percent(Double(charge - step))), at: at(step * interval)) }
    return history
}

/// Worst of all fifteen: 7.6 % after four steps, 2.9 % after eight.
@Test(arguments: [80, 150, 300] as [Watts], [1, 2, 3, 4, 5] as [UInt64])
func `the slope alone tells the time left within 10 % after four steps and 4 % after eight`(
    load: Watts, seed: UInt64
) {
    var bench = DischargeBench(load: load, seed: seed)
    var history = BatteryHistory()
    for (steps, tolerance) in [(4, 0.10), (4, 0.04)] {
        _ = bench.play(into: &history, steps: steps)
        let estimate = BatteryEstimate(
            ups: unlabelled, condition: bench.condition, elapsed: .zero, isSilent: false, history: history)
        #expect(estimate.source == .slope)
        #expect(estimate.confidence == .fair)
        #expect(abs(excess(estimate.runtime, over: bench.truth)) < tolerance, "\(load) after \(steps) more steps")
    }
}

/// At 80 W 80.4, at 150 W 147, at 300 W 274: the efficiency was measured at 80 W.
@Test(arguments: [80, 150, 300] as [Watts])
func `with a capacity the slope tells the load within 10 % after eight steps`(load: Watts) {
    var bench = DischargeBench(load: load)
    var history = BatteryHistory()
    _ = bench.play(into: &history, steps: 8)
    let estimate = BatteryEstimate(
        ups: labelled, condition: bench.condition, elapsed: .zero, isSilent: false, history: history)
    #expect(estimate.source == .slope)
    #expect(estimate.load.map { abs($0.value / load.value - 1) < 0.10 } == true)
}

@Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
func `a load that rises is seen four steps later, one that falls is believed slowly`(seed: UInt64) {
    var bench = DischargeBench(load: 100, seed: seed)
    var history = BatteryHistory()
    func runtime() -> Duration? {
        BatteryEstimate(ups: unlabelled, condition: bench.condition, elapsed: .zero, isSilent: false, history: history)
            .runtime
    }
    _ = bench.play(into: &history, steps: 12)
    bench.load = 300
    _ = bench.play(into: &history, steps: 5)
    #expect(excess(runtime(), over: bench.truth) < 0.15)
    bench.load = 100
    _ = bench.play(into: &history, steps: 5)
    #expect(excess(runtime(), over: bench.truth) < 0)
    // Sixteen steps later nothing is left of the high load.
    _ = bench.play(into: &history, steps: 12)
    #expect(abs(excess(runtime(), over: bench.truth)) < 0.05)
}

@Test func `three steps make no slope, and the first report is none`() {
    #expect(falling(from: 90, steps: 3).slope == nil)
    #expect(falling(from: 90, steps: 4).slope.map { abs($0.percentPerHour - 3600.0 / 110) < 1e-9 } == true)
    #expect(falling(from: 90, steps: 4).slope?.isGood == true)
}

@Test func `steps at odd times are a line that is not good enough for a load`() {
    var history = BatteryHistory()
    for (step, second) in [0, 10, 20, 900, 910, 920].enumerated() {
        _ = history.take(on(Percent(Double(90 - step))), at: at(second))
    }
    #expect(history.slope?.isGood == false)
    let estimate = BatteryEstimate(
        ups: labelled, condition: on(85), elapsed: .zero, isSilent: false, configured: 100, history: history)
    #expect(estimate.source == .configured)
}

@Test(arguments: [70, 90] as [Percent])
func `a charge that jumps was corrected, and what lies before it is forgotten`(jump: Percent) {
    var history = falling(from: 86, steps: 6)
    #expect(history.slope != nil)
    _ = history.take(on(jump), at: at(700))
    #expect(history.slope == nil)
}

@Test func `a charge that flickers by one percent is no correction`() {
    var history = falling(from: 90, steps: 4)
    for (charge, second) in [(87, 450), (86, 460), (87, 470), (85, 550), (84, 660)] {
        _ = history.take(on(Percent(Double(charge))), at: at(second))
    }
    #expect(history.slope?.steps == 6)
    #expect(history.slope.map { abs($0.percentPerHour - 3600.0 / 110) < 0.01 } == true)
}

@Test func `a charge told in tenths fills the history no faster than one told in percent`() {
    var history = BatteryHistory()
    for tenth in 0...80 { _ = history.take(on(Percent(90 - Double(tenth) / 10)), at: at(tenth * 11)) }
    #expect(history.slope.map { $0.steps <= 8 && abs($0.percentPerHour / (3600.0 / 110) - 1) < 0.01 } == true)
}

@Test func `nothing spans a change of supply`() {
    var history = falling(from: 90, steps: 6)
    _ = history.take(UPSCondition(supply: .mains, charge: 84), at: at(670))
    #expect(history.slope == nil)
    _ = history.take(on(84), at: at(680))
    #expect(history.slope == nil)
}

@Test func `a status that says nothing of the supply changes nothing`() {
    var history = falling(from: 90, steps: 6)
    let before = history
    #expect(history.take(UPSCondition(supply: .unknown, charge: 20), at: at(670)) == nil)
    #expect(history == before)
}

@Test func `time that goes backwards, a long pause and steps in one moment all begin anew or are one`() {
    var history = falling(from: 90, steps: 6)
    _ = history.take(on(83), at: at(0))
    #expect(history.slope == nil)

    history = falling(from: 90, steps: 6)
    _ = history.take(on(83), at: at(660) + BatteryHistory.longestPause + .seconds(1))
    #expect(history.slope == nil)

    history = BatteryHistory()
    for charge in [90, 89, 88, 87, 86, 85] { _ = history.take(on(Percent(Double(charge))), at: at(5)) }
    #expect(history.slope == nil)
}

@Test func `an hour is as far back as a slope looks`() {
    #expect(falling(from: 90, steps: 20, every: 600).slope.map { $0.steps <= 7 } == true)
    #expect(falling(from: 90, steps: 3, every: 890).slope == nil)
}

@Test func `a runtime that stands still while the charge falls is not believed`() {
    var still = BatteryHistory()
    var moving = BatteryHistory()
    for step in 0...5 {
        let charge = Percent(Double(90 - step))
        #expect(!still.isRuntimeFrozen)
        _ = still.take(on(charge, runtime: .seconds(3600)), at: at(step * 110))
        _ = moving.take(on(charge, runtime: .seconds(3600 - step / 2 * 60)), at: at(step * 110))
    }
    #expect(still.isRuntimeFrozen)
    #expect(!moving.isRuntimeFrozen)
    let said = on(85, runtime: .seconds(3600))
    let estimate = BatteryEstimate(ups: unlabelled, condition: said, elapsed: .zero, history: still)
    #expect(estimate.runtime.map { abs(excess($0, over: .seconds(74 * 110))) < 0.01 } == true)
    #expect(!estimate.isByDevice)
}

@Test func `no order of reports and moments traps, and the history stays small`() throws {
    var chance = Chance(seed: 42)
    var history = BatteryHistory()
    let far = [Int64.max, Int64.min, 0].map { Moment(sinceOrigin: .seconds($0)) }
    let loads: [Watts?] = [nil, 0, -5, 100, Watts(.nan), Watts(.infinity), Watts(.greatestFiniteMagnitude)]
    for _ in 0..<20_000 {
        let supply: UPSCondition.Supply = chance.isTrue(oneIn: 50) ? .mains : chance.isTrue(oneIn: 50) ? .off : .battery
        let charge: Percent? = chance.isTrue(oneIn: 9) ? nil : Percent(Double(chance.below(1000)) / 10)
        let said = UPSCondition(
            supply: supply, charge: charge, runtime: .seconds(chance.below(10_000) - 100),
            load: loads[chance.below(loads.count)])
        let moment = chance.isTrue(oneIn: 40) ? far[chance.below(3)] : at(chance.below(100_000))
        var learnt = LearntBattery()
        if let discharge = history.take(said, outlets: loads[chance.below(loads.count)], at: moment) {
            _ = learnt.take(discharge)
        }
        if let slope = history.slope { #expect(slope.percentPerHour > 0 && slope.error.isFinite && slope.steps <= 16) }
        _ = BatteryEstimate(
            ups: labelled, condition: said, elapsed: .seconds(chance.below(100_000)), history: history, learnt: learnt)
    }
    #expect(String(describing: history).utf8.count < 10_000)
}
