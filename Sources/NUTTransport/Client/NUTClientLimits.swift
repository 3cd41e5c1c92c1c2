/// How long a client waits, and for how much.
public struct NUTClientLimits: Hashable, Sendable {
    /// For a connection; stock clients give up at the same time.
    public var connect = Duration.seconds(10)
    /// For the answer to one request; stock clients give up at the same time.
    public var answer = Duration.seconds(5)
    /// For the outcome of an order that was taken. Switching all outlets of a PDU one after the other takes
    /// longest: 48 outlets a second apart.
    public var result = Duration.seconds(60)
    /// Between two questions for the outcome.
    public var resultInterval = Duration.milliseconds(200)
    /// Requests that may wait for answers at the same time: a screenful, each answered within milliseconds.
    public var requestsInFlight = 64

    /// Makes the usual limits.
    public init() {}
}
