internal import PowerCore

/// The time in which the file cannot be written.
struct StoreOutage: Sendable {
    let since: Moment
    /// Why, as it was last.
    var failure: JournalFailure

    /// What the history says of it once it is over.
    func sentence(until now: Moment) -> String {
        "nothing could be written for \((now - self.since).components.seconds) s: \(self.failure.reason)"
    }
}
