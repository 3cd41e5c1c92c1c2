@testable import PowerCore

/// The rack whose states are explored: small enough to be walked through, large enough to have everything once.
///
/// Two UPSes on two circuits, a PDU on each; a hypervisor and the storage it needs with a cord in each PDU, a machine with
/// one cord, and a switch that the storage needs. Outlets, hosts and UPSes are numbered here as in the engine.
enum SmallRack {
    static let upses: [DeviceID] = ["river", "delta"]
    static let pdus: [DeviceID] = ["rack-a", "rack-b"]
    static let hosts: [HostID] = ["pve", "storage", "gpu"]
    static let consumers: [HostID] = hosts + ["switch"]
    /// The place of the switch among the consumers.
    static let load = 3
    static let outlets = [
        OutletID(pdus[0], 1), OutletID(pdus[1], 1), OutletID(pdus[0], 2), OutletID(pdus[1], 2), OutletID(pdus[0], 3),
        OutletID(pdus[1], 3),
    ]
    /// The PDU of each outlet; the UPS has the same number.
    static let pduOfOutlet = [0, 1, 0, 1, 0, 1]
    static let consumerOfOutlet = [0, 0, 1, 1, 2, 3]
    static let outletsOfConsumer = [[0, 1], [2, 3], [4], [5]]
    /// What needs each consumer, by number.
    static let neededBy = [[], [0], [], [1]]
    /// What each consumer needs, by number.
    static let needs = [[1], [3], [], []]

    /// Short, and all multiples of the pauses that are fixed in the engine: moments then have few distances.
    static let settings = PolicySettings(
        debounce: .seconds(5), stable: .seconds(5), settle: .seconds(5), stagger: .zero,
        triggers: ["core": [.onBattery(.seconds(10))], "comfort": [.onBattery(.seconds(5))]])

    static let rack: Rack = {
        let stop = StopPlan(timeout: .seconds(15), offAfterLogout: .seconds(10))
        let start = StartPlan(timeout: .seconds(15))
        let needs: [[HostID]] = [["storage"], ["switch"], [], []]
        return Rack(
            upses: zip(upses, ["a", "b"]).map { RackUPS(id: $0, source: $1) },
            pdus: zip(pdus, upses).map { RackPDU(id: $0, feed: $1) },
            consumers: consumers.indices.map { index in
                Consumer(
                    id: consumers[index], kind: index == load ? .load : .host(stop),
                    tier: index == 2 ? "comfort" : "core",
                    feeds: outletsOfConsumer[index].map { .outlet(outlets[$0]) }, needs: needs[index], start: start)
            }, tiers: ["comfort", "core"])
    }()
}
