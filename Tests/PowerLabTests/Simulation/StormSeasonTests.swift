import PowerCore
import Testing

@testable import PowerLab

private let season = StormSeason(rack: .reference, settings: .reference)

@Test func `a season belongs to its seed`() {
    #expect(season.plan(seed: 1) == season.plan(seed: 1))
    #expect(season.plan(seed: 1) != season.plan(seed: 2))
}

@Test func `a season has its outages and a quiet end, and seeds bring every kind of trouble`() {
    var kinds: Set<Int> = []
    for seed in UInt64(0)..<100 {
        let plan = season.plan(seed: seed)
        #expect((8...16).contains(plan.cuts.count))
        #expect(plan.lastMoment <= StormSeason.length - .seconds(86_400) + .seconds(3600))
        for fault in plan.faults {
            switch fault.kind {
            case .mainsFlicker: kinds.insert(0)
            case .upsSilent: kinds.insert(1)
            case .hostHangs: kinds.insert(2)
            case .outletSticks: kinds.insert(3)
            case .daemonCrash: kinds.insert(4)
            default: Issue.record("a season has no \(fault)")
            }
        }
    }
    #expect(kinds.count == 5)
}

@Test func `reports add up, and the least bad seed is kept`() {
    var bad = SimulationResult()
    bad.counts.cuts = 3
    bad.counts.violations = 1
    bad.findings = [.init(at: .zero, finding: .stoppedNeedlessly("gpu", left: .zero, why: .batteryLow))]
    var first = StormReport()
    first.add(bad, seed: 9)
    first.add(SimulationResult(), seed: 3)
    var second = StormReport()
    second.add(bad, seed: 5)
    first += second
    #expect(first.seasons == 3 && first.badSeasons == 2 && first.firstBad == 5)
    #expect(first.counts.cuts == 6 && first.needless == [.batteryLow: 2])
}
