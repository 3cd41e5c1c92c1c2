import PowerCore
import PowerLab

let river: DeviceID = "river"
let delta: DeviceID = "delta"
let rackA: DeviceID = "rack-a"
let rackB: DeviceID = "rack-b"

extension Rack {
    /// The reference rack: two UPSes, a PDU on each, three nodes that need a storage, a machine that is shed first.
    static let reference = Rack(
        upses: [RackUPS(id: river, capacity: 286, rated: 600), RackUPS(id: delta, capacity: 1024, rated: 1800)],
        pdus: [RackPDU(id: rackA, feed: river), RackPDU(id: rackB, feed: delta)],
        consumers: [
            Consumer(
                id: "gpu", kind: .host(StopPlan(timeout: .seconds(120), offAfterLogout: .seconds(30))), tier: "comfort",
                feeds: [.outlet(OutletID(rackA, 8))], shed: [.onBattery(.seconds(120))], watts: 220),
            .node("pve1", outlet: 1, watts: 80), .node("pve2", outlet: 2, watts: 70),
            .node("pve3", outlet: 3, watts: 65),
            Consumer(
                id: "storage", kind: .host(StopPlan(timeout: .seconds(300), offAfterLogout: .seconds(90))),
                tier: "core", feeds: [.outlet(OutletID(rackA, 4)), .outlet(OutletID(rackB, 4))], needs: ["switch"],
                watts: 95),
            Consumer(
                id: "switch", kind: .load, tier: "core",
                feeds: [.outlet(OutletID(rackA, 5)), .outlet(OutletID(rackB, 5))], watts: 30),
            Consumer(
                id: "modem", kind: .load, tier: "core", feeds: [.outlet(OutletID(rackB, 6))], isProtected: true,
                watts: 10),
        ], tiers: ["comfort", "cluster", "core"])

    /// One UPS of 100 Wh and one host of 88 W on it, without an outlet between them.
    static let smallest = Rack(
        upses: [RackUPS(id: "ups", capacity: 100, cutOff: .fixed(0))],
        consumers: [
            Consumer(
                id: "host", kind: .host(StopPlan(timeout: .seconds(300), offAfterLogout: .seconds(120))), tier: "core",
                feeds: [.ups("ups")], watts: 88)
        ], tiers: ["core"])
}

extension Consumer {
    fileprivate static func node(_ id: HostID, outlet: Int, watts: Watts) -> Consumer {
        Consumer(
            id: id, kind: .host(StopPlan(timeout: .seconds(240), offAfterLogout: .seconds(60))), tier: "cluster",
            feeds: [.outlet(OutletID(rackA, outlet)), .outlet(OutletID(rackB, outlet))], needs: ["storage", "switch"],
            watts: watts)
    }
}

extension PolicySettings {
    static let reference = PolicySettings(
        triggers: ["comfort": [.onBattery(.seconds(120))], "cluster": [.lastSafeMoment, .charge(25)]])
}
