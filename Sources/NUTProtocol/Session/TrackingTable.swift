public import PowerCore

/// How an order with an identifier stands.
public enum TrackingState: Hashable, Sendable {
    /// It is being carried out.
    case pending
    /// It has come to an end.
    case finished(OrderOutcome)
}

/// The orders whose outcome clients may ask for with `GET TRACKING`, one table for all connections.
///
/// Has no clock and makes no identifiers: both come from outside.
public struct TrackingTable: Sendable {
    /// How long an outcome can be asked for without more words, from when it is known; NUT's `TRACKINGDELAY`.
    public static let lifetime = Duration.seconds(3_600)

    /// Orders kept at the same time: one every 3.5 seconds for an hour. Beyond it the oldest is forgotten.
    public static let maximumEntries = 1_024

    private let lifetime: Duration
    private var states: [String: TrackingState] = [:]
    /// Identifiers in the order of their beginning.
    private var order: [String] = []
    /// Identifiers in the order in which their outcomes became known, and when that was.
    private var finished: [(id: String, at: Moment)] = []

    /// Makes an empty table whose outcomes can be asked for that long.
    public init(lifetime: Duration = Self.lifetime) {
        self.lifetime = lifetime
    }

    /// The number of orders kept.
    public var count: Int { self.states.count }

    /// Takes note of an order that is about to be given, in place of one with the same identifier.
    public mutating func begin(_ id: String, at now: Moment) {
        self.expire(at: now)
        self.forget(id)
        if self.order.count >= Self.maximumEntries { self.forget(self.order[0]) }
        self.states[id.uppercased()] = .pending
        self.order.append(id.uppercased())
    }

    /// Takes note of how an order came out; one that has been forgotten stays so.
    public mutating func finish(_ id: String, _ outcome: OrderOutcome, at now: Moment) {
        guard self.states[id.uppercased()] == .pending else { return }
        self.states[id.uppercased()] = .finished(outcome)
        self.finished.append((id.uppercased(), now))
    }

    /// Forgets an order that was refused after all.
    public mutating func forget(_ id: String) {
        let id = id.uppercased()
        self.states[id] = nil
        self.order.removeAll { $0 == id }
        self.finished.removeAll { $0.id == id }
    }

    /// How the order with this identifier stands, in any case of letters; nil when nothing is known of it.
    public mutating func state(of id: String, at now: Moment) -> TrackingState? {
        self.expire(at: now)
        return self.states[id.uppercased()]
    }

    private mutating func expire(at now: Moment) {
        let expired = self.finished.prefix { now - $0.at > self.lifetime }
        for entry in expired { self.forget(entry.id) }
    }
}
