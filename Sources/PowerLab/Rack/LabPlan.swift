public import PowerCore

/// What is in a lab and how it is wired.
public struct LabPlan: Hashable, Sendable {
    /// The UPSes.
    public var upses: [LabUPSPlan]
    /// The PDUs.
    public var pdus: [LabPDUPlan]
    /// The hosts.
    public var hosts: [LabHostPlan]
    /// The loads.
    public var loads: [LabLoadPlan]

    /// Makes a plan.
    public init(
        upses: [LabUPSPlan] = [], pdus: [LabPDUPlan] = [], hosts: [LabHostPlan] = [], loads: [LabLoadPlan] = []
    ) {
        self.upses = upses
        self.pdus = pdus
        self.hosts = hosts
        self.loads = loads
    }

    /// The mains circuits, in the order in which the UPSes name them.
    public var sources: [DeviceID] {
        self.upses.map(\.source).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
