internal import PowerCore

/// What is to be written: decided here, done by ``EventStore``.
///
/// Of each subject it holds the newest entry for as long as the store is open, written or not: where the file has to be
/// begun anew, all of them are written again.
struct Backlog: Sendable {
    private struct Pending: Sendable {
        var row: JournalRow
        /// The order in which entries came.
        var number: UInt64
    }

    /// Entries on their way to the disk.
    struct Rows: Sendable {
        fileprivate var numbers: [JournalSubject: UInt64] = [:]
        var rows: [JournalRow] = []
    }

    private let subjectLimit: Int
    private let eventLimit: Int
    private var newest: [JournalSubject: Pending] = [:]
    private var unsaved: Set<JournalSubject> = []
    private var count: UInt64 = 0
    private var events: [StoredEvent] = []
    private var missing = 0

    /// Begins with what is in the file already.
    init(saved: [JournalRow] = [], subjectLimit: Int, eventLimit: Int) {
        self.subjectLimit = subjectLimit
        self.eventLimit = eventLimit
        for row in saved {
            self.newest[row.subject] = Pending(row: row, number: 0)
        }
    }

    /// Whether an entry waits for the disk.
    var hasUnsavedRows: Bool { !self.unsaved.isEmpty }
    /// How many entries wait for the disk.
    var unsavedRows: Int { self.unsaved.count }
    /// Whether an event waits for the disk.
    var hasEvents: Bool { !self.events.isEmpty }

    /// Takes an entry in, in place of what waited for the same subject; false when there are too many subjects.
    mutating func take(_ row: JournalRow) -> Bool {
        guard self.newest[row.subject] != nil || self.newest.count < self.subjectLimit else { return false }
        self.count += 1
        self.newest[row.subject] = Pending(row: row, number: self.count)
        self.unsaved.insert(row.subject)
        return true
    }

    /// The entries that are not in the file, in the order they came.
    func rowsToSave() -> Rows {
        let pending = self.unsaved.compactMap { self.newest[$0] }.sorted { $0.number < $1.number }
        var rows = Rows()
        for one in pending {
            rows.numbers[one.row.subject] = one.number
            rows.rows.append(one.row)
        }
        return rows
    }

    /// The entries are on the disk. Those that came for the same subjects meanwhile are not.
    mutating func rowsSaved(_ rows: Rows) {
        for (subject, number) in rows.numbers where self.newest[subject]?.number == number {
            self.unsaved.remove(subject)
        }
    }

    /// The file may be another one: everything is to be written again.
    mutating func forgetSaved() {
        self.unsaved = Set(self.newest.keys)
    }

    /// Takes an event in; one too many is counted only, since the beginning of a story tells more than its middle.
    mutating func take(_ event: StoredEvent) {
        guard self.events.count < self.eventLimit else {
            self.missing += 1
            return
        }
        self.events.append(event)
    }

    /// The first events that are not in the file.
    func eventsToSave(atMost limit: Int) -> [StoredEvent] { Array(self.events.prefix(limit)) }

    /// So many of the first events are on the disk; where events are missing, an event in their place says so.
    mutating func eventsSaved(_ count: Int, at moment: Moment, wall: WallTime) {
        self.events.removeFirst(min(count, self.events.count))
        guard self.missing > 0, self.events.count < self.eventLimit else { return }
        let text = "\(self.missing) events are missing here: more came than can be held for the disk"
        self.missing = 0
        self.events.append(
            StoredEvent(
                HistoryEvent(moment: moment, level: .warning, subject: StoredEvent.storeSubject, text: text), wall: wall
            ))
    }
}
