public import PowerCore

/// An emulated PDU, and which UPS feeds it.
public struct LabPDUPlan: Hashable, Sendable {
    /// The name commands and outlets know it by.
    public var id: DeviceID
    /// The UPS it is plugged into.
    public var feed: DeviceID
    /// How many outlets it has, numbered from 1.
    public var outletCount: Int

    /// Makes a plan.
    public init(_ id: DeviceID, feed: DeviceID, outletCount: Int) {
        self.id = id
        self.feed = feed
        self.outletCount = outletCount
    }
}
