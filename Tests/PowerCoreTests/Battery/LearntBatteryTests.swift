import Foundation
import PowerCore
import PowerLab
import Testing

private let labelled = RackUPS(id: "river", capacity: 286)
private let charges: [Percent] = [100, 95, 80, 65, 50, 35, 20, 12, 11, 5]

/// A discharge over all of the battery at so many watt hours for each percent.
private func steady(_ worth: Double, from high: Int = 100, to low: Int = 10, end: Discharge.End = .mains) -> Discharge {
    var discharge = Discharge(lowest: Percent(Double(low)), end: end)
    for decile in low / 10..<high / 10 {
        discharge.deciles[decile] = Discharge.Drawn(energy: WattHours(worth * 10), span: 10)
    }
    return discharge
}

private func learnt(_ discharges: [Discharge]) -> LearntBattery {
    discharges.reduce(into: LearntBattery()) { _ = $0.take($1) }
}

/// The whole battery of 286 Wh in watt hours at the output, as far as `battery` makes of it.
private func whole(_ battery: LearntBattery, _ capacity: WattHours? = 286) -> Double? {
    battery.energy(from: 100, to: 0, configured: capacity)?.value
}

private let label = 286 * BatteryEstimate.efficiency

@Test func `what is learnt of a played discharge is what the physics gave`() throws {
    var bench = DischargeBench(load: 150, isMetered: true)
    var history = BatteryHistory()
    _ = history.take(bench.condition, at: bench.now)
    let shown = bench.play(into: &history)
    let discharge = try #require(shown)
    #expect(discharge.end == .cut(11))
    // The first step, to 99 %, has no known beginning; all from there to 11 % count.
    #expect(discharge.total.span == 88)
    // 150 W of a drain of 150 / 0.953 + 6.8 W reach the output: 2.86 Wh of each percent become 2.61.
    let worth = discharge.total.energy.value / discharge.total.span
    #expect(abs(worth / (2.86 * 150 / (150 / 0.953 + 6.8)) - 1) < 0.01)
}

@Test func `outlets that are measured stand in for a device that measures nothing`() throws {
    var history = BatteryHistory()
    for second in 0...1000 {
        let said = UPSCondition(supply: .battery, charge: Percent(Double(90 - second / 40)))
        _ = history.take(said, outlets: 90, at: Moment(sinceOrigin: .seconds(second)))
    }
    let end = Moment(sinceOrigin: .seconds(1001))
    let shown = history.take(UPSCondition(supply: .mains, charge: 65), at: end)
    let discharge = try #require(shown)
    // 90 W for 40 s are 1 Wh for each percent.
    #expect(abs(discharge.total.energy.value / discharge.total.span - 1) < 1e-6)
    #expect(discharge.end == .mains)
}

@Test func `a stretch whose load is not known teaches no energy, and one before a jump nothing at all`() {
    var history = BatteryHistory()
    for step in 0...40 {
        let load: Watts? = step == 20 ? nil : 100
        let charge = Percent(Double(step < 30 ? 90 - step : 80 - step))
        let said = UPSCondition(supply: .battery, charge: charge, load: load)
        _ = history.take(said, at: Moment(sinceOrigin: .seconds(step * 100)))
    }
    let end = Moment(sinceOrigin: .seconds(4001))
    let discharge = history.take(UPSCondition(supply: .mains), at: end)
    // From the jump at step 30 on there are ten steps, of which the first begins nothing.
    #expect(discharge?.total.span == 9)
}

@Test func `a worse battery is believed at once, a better one after three discharges, and only so far`() {
    #expect(whole(learnt([])) == label)
    #expect(whole(learnt([steady(1.5)])).map { abs($0 - 150) < 1e-6 } == true)
    #expect(whole(learnt([steady(2.8)])) == label)
    #expect(whole(learnt([steady(2.8), steady(2.8)])) == label)
    #expect(whole(learnt([steady(2.8), steady(2.8), steady(2.8)])).map { abs($0 - 280) < 1e-6 } == true)
    let absurd = learnt(Array(repeating: steady(50), count: 9))
    let most = label * LearntBattery.mostOfConfigured * LearntBattery.mostOfLinear
    #expect(whole(absurd).map { $0 <= most + 1e-6 } == true)
    #expect(whole(learnt([steady(0.001)])).map { $0 >= label * 0.2 / 3 - 1e-6 } == true)
    // A battery that has become worse: the newest counts although the middle one is better.
    #expect(whole(learnt([steady(2.5), steady(2.5), steady(2.5), steady(1.2)])).map { abs($0 - 120) < 1e-6 } == true)
}

@Test func `a short discharge teaches no capacity`() {
    let short = learnt([steady(1.0, from: 100, to: 90)])
    #expect(short.discharges == 0)
    #expect(whole(short, nil) == nil)
}

@Test func `without a configured capacity a learnt one is used, and is a doubt until there are three`() {
    let said = UPSCondition(supply: .battery, charge: 61, runtime: .seconds(3600), cutOff: 11, load: 100)
    func estimate(_ count: Int, runtime: Duration? = nil) -> BatteryEstimate {
        var said = said
        said.runtime = runtime
        let battery = learnt(Array(repeating: steady(2), count: count))
        return BatteryEstimate(ups: RackUPS(id: "ups"), condition: said, elapsed: .zero, learnt: battery)
    }
    #expect(estimate(0).runtime == nil)
    #expect(estimate(0).confidence == .none)
    #expect(estimate(1).runtime == .seconds(3600))
    #expect(estimate(1).confidence == .fair)
    #expect(estimate(1).doubts == [.capacity(discharges: 1)])
    #expect(estimate(3).confidence == .high)
}

@Test func `no two discharges whatever make the battery bolder than configured`() {
    var chance = Chance(seed: 7)
    for _ in 0..<2000 {
        let discharges = (0..<2).map { _ in
            Discharge(
                deciles: Dictionary(
                    uniqueKeysWithValues: (0...9).filter { _ in chance.isTrue(oneIn: 2) }.map {
                        ($0, Discharge.Drawn(energy: WattHours(Double(chance.below(900)) / 10), span: 10))
                    }), lowest: 5)
        }
        let battery = learnt(discharges)
        for charge in charges {
            let ours = battery.energy(from: charge, to: 11, configured: 286)?.value ?? .infinity
            let linear = max(0, charge.value - 11) * label / 100
            #expect(ours <= linear + 1e-9)
        }
    }
}

/// A device whose percent holds long and then falls off a cliff: at 50 % it shows, a quarter of the energy is left.
private func cliff(_ charge: Double) -> Double { 100 * (charge / 100).squareRoot() }

/// The line promises 10, 32 and 57 % too much, the curve is off by 0.4, 1 and 1.1 %.
@Test func `a curve learnt from two discharges improves the third`() throws {
    var battery = LearntBattery()
    var history = BatteryHistory()
    for (number, load) in ([120, 200] as [Watts]).enumerated() {
        var bench = DischargeBench(
            load: load, limit: 4, isMetered: true, seed: UInt64(number), at: number * 1_000_000, shows: cliff)
        let shown = bench.play(into: &history)
        _ = battery.take(try #require(shown))
    }
    #expect(battery.discharges == 2)
    var bench = DischargeBench(load: 160, limit: 4, isMetered: true, seed: 9, at: 5_000_000, shows: cliff)
    for (shown, promised) in [(65, 0.09), (50, 0.3), (40, 0.5)] as [(Percent, Double)] {
        while bench.condition.charge.map({ $0 > shown }) == true { _ = bench.poll() }
        // Cut at 5 % of its energy, which it shows as 22 %.
        func runtime(_ learnt: LearntBattery) -> Duration? {
            BatteryEstimate(
                ups: RackUPS(id: "old", capacity: 286, cutOff: .fixed(22)), condition: bench.condition, elapsed: .zero,
                isSilent: false, learnt: learnt
            ).runtime
        }
        let before = excess(runtime(LearntBattery()), over: bench.truth)
        let after = excess(runtime(battery), over: bench.truth)
        #expect(before > promised, "at \(shown) the straight line promises too much")
        #expect(abs(after) < 0.03, "at \(shown) the curve is off by \(after), the line by \(before)")
    }
}

@Test func `an output cut above what the device tells moves the cut-off up, unless it is configured`() {
    let told = UPSCondition(supply: .battery, charge: 40, cutOff: 1)
    let battery = learnt([Discharge(lowest: 13, end: .cut(12))])
    #expect(battery.cutOff(of: labelled, told) == 12)
    #expect(BatteryEstimate(ups: labelled, condition: told, elapsed: .zero, learnt: battery).cutOff == 12)
    var fixed = labelled
    fixed.cutOff = .fixed(3)
    #expect(battery.cutOff(of: fixed, told) == 3)
    var higher = told
    higher.cutOff = 21
    #expect(battery.cutOff(of: labelled, higher) == 21)
}

@Test func `a learnt cut-off that the output outlives three times is forgotten`() {
    var battery = learnt([Discharge(lowest: 31, end: .cut(30))])
    for cutOff in [30, 30, 6] as [Percent] {
        _ = battery.take(Discharge(lowest: 5, end: .mains))
        if cutOff == 6 { break }
        #expect(battery.cutOff == cutOff)
    }
    #expect(battery.cutOff == 5)
}

@Test func `an output that a person switches off teaches no cut-off`() {
    #expect(learnt([Discharge(lowest: 81, end: .cut(80))]).cutOff == nil)
}

@Test func `the cut counts at the charge it is told at, and not when nobody saw it`() {
    func end(last: Percent, off: Percent?, after seconds: Int) -> Discharge.End? {
        var history = BatteryHistory()
        _ = history.take(UPSCondition(supply: .battery, charge: last), at: .origin)
        let off = UPSCondition(supply: .off, charge: off)
        return history.take(off, at: Moment(sinceOrigin: .seconds(seconds)))?.end
    }
    #expect(end(last: 12, off: 11, after: 30) == .cut(11))
    #expect(end(last: 12, off: nil, after: 30) == .cut(12))
    #expect(end(last: 12, off: 0, after: 30) == .cut(12))
    #expect(end(last: 12, off: 11, after: 3600) == .unseen)
}

@Test func `what is learnt survives being stored, and a damaged store traps nothing`() throws {
    let battery = learnt([steady(2), steady(2.2, end: .cut(12))])
    let stored = try JSONEncoder().encode(battery)
    #expect(try JSONDecoder().decode(LearntBattery.self, from: stored) == battery)

    let huge = (0..<5000).map { _ in #"{"value":1e308}"# }.joined(separator: ",")
    let damaged = """
        {"stretches":[\(huge)],"ends":[{"value":-9e99},{"value":1e300}],
        "deciles":{"-7":[{"value":1}],"3":[{"value":-1},{"value":0}],"99":[{"value":5}],"5":[]}}
        """
    var read = try JSONDecoder().decode(LearntBattery.self, from: Data(damaged.utf8))
    #expect(read.discharges == Newest<WattHours>.mostEver)
    _ = read.take(Discharge(deciles: [-1: .init(energy: 1, span: 9), 12: .init(energy: 1, span: 30)], lowest: 0))
    for charge in charges {
        let said = UPSCondition(supply: .battery, charge: charge, load: 80)
        let estimate = BatteryEstimate(ups: labelled, condition: said, elapsed: .seconds(60), learnt: read)
        _ = (estimate.runtime?.inWords, estimate.energy?.inWords, estimate.load?.inWords)
    }
}
