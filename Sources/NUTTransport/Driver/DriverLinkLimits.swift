/// How long a link to a driver waits, and how much it passes on.
public struct DriverLinkLimits: Hashable, Sendable {
    /// How long a driver may say nothing until its data is stale; NUT's `MAXAGE`.
    public var staleAfter: Duration
    /// For a connection: the socket is on this machine, and only a driver that hangs takes longer.
    public var connect = Duration.seconds(2)
    /// For the driver's word on an order. Drivers of PDUs switch a whole strip before they answer, a second an outlet.
    public var order = Duration.seconds(60)
    /// Between two updates: a poll of a driver is some hundred single lines within a few milliseconds.
    public var updates = Duration.milliseconds(20)

    /// Makes the usual limits.
    public init(staleAfter: Duration = .seconds(15)) {
        self.staleAfter = staleAfter
    }

    /// How long a driver may say nothing until it is asked for a sign of life; as often as NUT's server asks.
    var ping: Duration { self.staleAfter / 3 }
}
