import PowerCore
import PowerLab
import Testing

extension Rack {
    /// Two UPSes, two PDUs, three hypervisors that need a storage, a single-corded machine, a switch.
    fileprivate static let reference = Rack(
        upses: [RackUPS(id: river, source: "a", capacity: 286), RackUPS(id: delta, source: "b", capacity: 1024)],
        pdus: [RackPDU(id: rackA, feed: river), RackPDU(id: rackB, feed: delta)],
        consumers: (1...3).map { number in
            Consumer(
                id: HostID("pve\(number)"), kind: .host(StopPlan(timeout: .seconds(120))), tier: "cluster",
                feeds: [.outlet(OutletID(rackA, number)), .outlet(OutletID(rackB, number))],
                needs: ["storage", "switch"], watts: 80)
        } + [
            Consumer(
                id: "storage", kind: .host(StopPlan(timeout: .seconds(150))), tier: "core",
                feeds: [.outlet(OutletID(rackA, 4)), .outlet(OutletID(rackB, 4))], needs: ["switch"], watts: 90),
            Consumer(
                id: "gpu", kind: .host(StopPlan(timeout: .seconds(120))), tier: "comfort",
                feeds: [.outlet(OutletID(rackA, 8))], shed: [.onBattery(.seconds(120))], watts: 200),
            Consumer(
                id: "switch", kind: .load, tier: "core",
                feeds: [.outlet(OutletID(rackA, 5)), .outlet(OutletID(rackB, 5))], watts: 20),
        ], tiers: ["comfort", "cluster", "core"])
}

private let settings = PolicySettings(
    debounce: .seconds(5), stable: .seconds(30), settle: .seconds(5), stagger: .seconds(1),
    triggers: ["cluster": [.lastSafeMoment, .charge(25)], "core": [.lastSafeMoment]])

/// Ninety days of bad weather a seed: `dev/check.sh` runs these alone, and `pductl simulate --storms` many more.
@Suite struct StormTests {
    @Test(.serialized, arguments: 1...20)
    func `in a storm no running host is cut, the order holds, and in the end everything is up again`(seed: Int) async {
        let season = StormSeason(rack: .reference, settings: settings)
        var simulation = Simulation(season.plan(seed: UInt64(seed)))
        let result = simulation.play()
        let wrong = result.findings.filter { finding in
            if case .stoppedNeedlessly = finding.finding { false } else { true }
        }
        #expect(wrong.map { "\($0.at): \($0.finding.subject) \($0.finding.sentence)" } == [])
        #expect(result.counts.stoppedCleanly > 0 && !result.isCutShort)
    }
}
