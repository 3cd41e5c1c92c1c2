import PowerCore

extension LabPlan {
    /// The rack of the reference configuration: two UPSes, a PDU on each, three nodes and their storage dual-corded,
    /// a machine that is shed first, a switch and a modem.
    public static let reference = LabPlan(
        upses: [
            LabUPSPlan("river", model: .river3Plus),
            LabUPSPlan("delta", model: .delta3Plus),
        ],
        pdus: [
            LabPDUPlan("rack-a", feed: "river", outletCount: 8),
            LabPDUPlan("rack-b", feed: "delta", outletCount: 8),
        ],
        hosts: [
            LabHostPlan(
                "gpu", feeds: [.outlet(OutletID("rack-a", 8))], watts: 150, bootTime: .seconds(30),
                stopTime: .seconds(20)),
            .dual("pve1", outlet: 1, watts: 45),
            .dual("pve2", outlet: 2, watts: 45),
            .dual("pve3", outlet: 3, watts: 45),
            .dual("storage", outlet: 4, watts: 60, bootTime: .seconds(60), stopTime: .seconds(45)),
        ],
        loads: [
            LabLoadPlan(
                "switch", feeds: [.outlet(OutletID("rack-a", 5)), .outlet(OutletID("rack-b", 5))], watts: 20),
            LabLoadPlan("modem", feeds: [.outlet(OutletID("rack-b", 6))], watts: 10),
        ])
}

extension LabHostPlan {
    /// A host on the same outlet of both PDUs of the reference rack.
    fileprivate static func dual(
        _ id: HostID, outlet: Int, watts: Watts, bootTime: Duration = .seconds(40),
        stopTime: Duration = .seconds(30)
    ) -> LabHostPlan {
        LabHostPlan(
            id, feeds: [.outlet(OutletID("rack-a", outlet)), .outlet(OutletID("rack-b", outlet))], watts: watts,
            bootTime: bootTime, stopTime: stopTime)
    }
}
