public import PowerCore

/// Something that only draws power, such as a switch.
public struct LabLoadPlan: Hashable, Sendable {
    /// Its name in the power graph.
    public var id: HostID
    /// Where its power comes from; what it draws is shared by the feeds that live.
    public var feeds: [Feed]
    /// What it draws.
    public var watts: Watts

    /// Makes a plan.
    public init(_ id: HostID, feeds: [Feed], watts: Watts) {
        self.id = id
        self.feeds = feeds
        self.watts = watts
    }
}
