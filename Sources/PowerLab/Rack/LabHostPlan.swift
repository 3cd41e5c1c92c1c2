public import PowerCore

/// An emulated host.
public struct LabHostPlan: Hashable, Sendable {
    /// Its name in the power graph.
    public var id: HostID
    /// Where its power comes from; what it draws is shared by the feeds that live.
    public var feeds: [Feed]
    /// How many of its feeds must live for it to run.
    public var requires: Int
    /// What it draws while it boots, runs and stops.
    public var watts: Watts
    /// What it draws while it is off and powered.
    public var standby: Watts
    /// From power to running.
    public var bootTime: Duration
    /// From the order to stop to off.
    public var stopTime: Duration
    /// From a forced shutdown to the built-in client's logout; nil where it has no such client.
    public var agentDelay: Duration?
    /// Whether it runs when the lab begins.
    public var startsRunning: Bool

    /// A stock client polls every 5 s while it is on battery.
    public static let pollInterval: Duration = .seconds(5)

    /// Makes a plan of a running host.
    public init(
        _ id: HostID, feeds: [Feed], requires: Int = 1, watts: Watts, standby: Watts = 2.5,
        bootTime: Duration = .seconds(40), stopTime: Duration = .seconds(30),
        agentDelay: Duration? = Self.pollInterval, startsRunning: Bool = true
    ) {
        self.id = id
        self.feeds = feeds
        self.requires = requires
        self.watts = watts
        self.standby = standby
        self.bootTime = bootTime
        self.stopTime = stopTime
        self.agentDelay = agentDelay
        self.startsRunning = startsRunning
    }
}
