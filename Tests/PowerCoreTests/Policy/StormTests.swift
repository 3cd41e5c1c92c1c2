import PowerCore
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

/// An hour of bad weather, then an hour of peace.
private func storm(seed: UInt64) async -> StormWorld {
    var world = StormWorld(rack: .reference, settings: settings, seed: seed)
    var chance = Chance(seed: seed ^ 0xabcdef)
    for _ in 0..<3600 {
        for ups in [river, delta] where chance.isTrue(oneIn: world.batteries[ups]?.hasMains == true ? 900 : 1500) {
            world.batteries[ups]?.hasMains.toggle()
        }
        // Both circuits usually fail together.
        if chance.isTrue(oneIn: 1200) {
            let isOn = chance.isTrue(oneIn: 2)
            for ups in [river, delta] { world.batteries[ups]?.hasMains = isOn }
        }
        if chance.isTrue(oneIn: 600), let outlet = world.positions.keys.sorted().randomElement(using: &chance) {
            world.stuck[outlet] = world.second + chance.below(90)
        }
        world.step()
        // Other tests share the threads.
        if world.second % 30 == 0 { await Task.yield() }
    }
    for ups in [river, delta] { world.batteries[ups]?.hasMains = true }
    for _ in 0..<3600 {
        world.step()
        if world.second % 30 == 0 { await Task.yield() }
    }
    return world
}

extension Chance: RandomNumberGenerator {}

/// An hour's storm a seed takes seconds of a processor: `dev/check.sh` runs these alone.
@Suite struct StormTests {
    @Test(.serialized, arguments: 1...4)
    func `in a storm no running host is cut, the order holds, and in the end everything is up again`(seed: Int) async {
        let world = await storm(seed: UInt64(seed))
        #expect(world.sins == [])
        for host in world.machines.keys.sorted() {
            #expect(
                world.machines[host] == .running, "\(host) is \(world.engine.phase(of: host)?.word ?? "?") in the end")
            #expect(world.engine.phase(of: host) == .running)
        }
        #expect(world.engine.phase(of: "switch") == .running)
        #expect(world.crashes == 0, "power ended under a running host")
    }
}
