internal import PowerCore

/// Where ``EventStore`` writes: a file, or in tests one that hangs or fails.
protocol StoreDisk: Sendable {
    /// Adds entries to the journal in one transaction and returns when they are on the disk.
    func append(_ rows: [JournalRow], _ time: TimeLine.Record) throws
    /// Adds events to the history in one transaction.
    func append(_ events: [StoredEvent], _ time: TimeLine.Record) throws
    /// Deletes the entries that a newer one of the same subject has replaced.
    func compactJournal() throws
    /// Deletes some events from before `oldest`, and of those more than `limit`.
    func trimHistory(before oldest: Moment, keeping limit: Int, atMost count: Int) throws
}

/// An open store with what was found in it.
struct OpenedStore: Sendable {
    var disk: any StoreDisk
    /// The newest entry of each subject.
    var rows: [JournalRow] = []
    /// The time line of the process that wrote last; nil in a new file.
    var time: TimeLine.Record?
    /// What a person must be told, as sentences without a full stop.
    var notes: [String] = []
}
