public import PowerCore

/// An event as it is in the history: what happened, and what the wall clock showed.
public struct StoredEvent: Hashable, Sendable {
    /// What happened.
    public var event: HistoryEvent
    /// What the wall clock showed when it was noted.
    public var wall: WallTime

    /// What the history calls the store itself.
    static let storeSubject = "store"

    /// Makes a stored event.
    public init(_ event: HistoryEvent, wall: WallTime) {
        self.event = event
        self.wall = wall
    }
}

extension PolicyRecord.Level {
    /// The levels that a person who asks for this one wants to see.
    var andAbove: [PolicyRecord.Level] {
        switch self {
        case .notice: [.notice, .warning, .alarm]
        case .warning: [.warning, .alarm]
        case .alarm: [.alarm]
        }
    }
}
