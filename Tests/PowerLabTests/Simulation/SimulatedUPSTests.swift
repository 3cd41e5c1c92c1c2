import PowerCore
import Testing

@testable import PowerLab

private func ups(charge: Percent = 100, cutOff: Percent = 0) -> SimulatedUPS {
    SimulatedUPS(
        RackUPS(id: "ups", capacity: 100, cutOff: .fixed(cutOff)), charge: charge, chargingTime: .seconds(7200),
        at: .origin)
}

/// Lets the battery go from step to step until it has none, and says when it took the last one.
private func run(_ ups: inout SimulatedUPS) -> (steps: [Double], end: Duration) {
    var steps: [Double] = []
    var end = Duration.zero
    _ = ups.planStep()
    for _ in 0..<300 {
        guard let next = ups.nextStep else { break }
        end = next - .origin
        ups.advance(to: next)
        ups.takeStep()
        steps.append(ups.shown)
        _ = ups.planStep()
    }
    return (steps, end)
}

@Test func `a battery gives its energy at the efficiency of the estimate, down to its cut-off`() {
    // 100 Wh times 0.88 at 88 W: an hour; to a cut-off of 25 %: three quarters of it.
    var whole = ups()
    whole.load = 88
    whole.cuts = 1
    let (steps, end) = run(&whole)
    #expect(abs(end.inSeconds - 3600) < 0.2)
    #expect(steps == (0...99).reversed().map(Double.init))
    #expect(whole.supply == .off)

    var part = ups(cutOff: 25)
    part.load = 88
    part.cuts = 1
    #expect(abs(run(&part).end.inSeconds - 2700) < 0.2)
    #expect(part.shown == 25)
}

@Test func `a battery is full after the stated time, and then at rest`() {
    var empty = ups(charge: 0)
    let (steps, end) = run(&empty)
    #expect(abs(end.inSeconds - 7200) < 0.2)
    #expect(steps == (1...100).map(Double.init))
    #expect(empty.nextStep == nil)
}

@Test func `the output comes back with the mains, and ends at once where nothing is left`() {
    var battery = ups(charge: 1, cutOff: 1)
    battery.load = 10
    battery.cuts = 1
    battery.mainsChanged()
    #expect(!battery.isLive)
    battery.cuts = 0
    battery.mainsChanged()
    #expect(battery.isLive && battery.supply == .mains)
}

@Test func `a UPS without a load keeps its charge, a broken one gives nothing though it has mains`() {
    var battery = ups(charge: 50)
    battery.cuts = 1
    let drains = battery.planStep()
    #expect(!drains)
    battery.cuts = 0
    battery.deaths = 1
    #expect(battery.supply == .off)
    let charges = battery.planStep()
    #expect(!charges)
}
