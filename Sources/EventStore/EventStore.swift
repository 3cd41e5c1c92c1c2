internal import Dispatch
public import PowerCore
internal import Synchronization

/// The journal and the history, in one file.
///
/// This module knows SQL, and how long a disk may take. It refuses to know what an entry means: it keeps the newest of each
/// subject and gives them back. All that touches the disk happens on one queue; a caller waits for it for a bounded time,
/// and not at all once the disk has shown that it hangs, since the disk may be on a host that is just being stopped.
public final class EventStore: PolicyJournal {
    struct State: Sendable {
        var backlog: Backlog
        /// Those who wait for entries that are not on their way yet.
        var tickets: [WriteTicket] = []
        /// Whether somebody waited in vain, and something is still to be written.
        var isBehind = false
        /// The open file; nil when it has to be opened anew.
        var disk: (any StoreDisk)?
        var outage: StoreOutage?
        var isDrainQueued = false
        var isLaterDrainQueued = false
        /// Entries added since the journal was last cut down.
        var added = 0
        var isClosed = false
    }

    /// What the journal held when the store was opened.
    public let memory: PolicyMemory
    /// The time line to go on with.
    public let timeLine: TimeLine
    /// What a person must be told of the opening, as sentences without a full stop; they are in the history as well.
    public let notes: [String]

    let path: String
    let keep: Duration
    let limits: StoreLimits
    let machine: any MachineTime
    let connect: @Sendable () throws(StoreFault) -> OpenedStore
    let state: Mutex<State>
    let queue: DispatchQueue

    /// Opens the store at `path`, makes it where there is none, and moves a damaged one aside.
    ///
    /// Returns within ``StoreLimits/open``, whatever the disk does. A failure is a sentence for a person; a daemon goes on
    /// without a store, or with a ``LateEventStore``. `line` is the time line that is followed already; without one, that
    /// of the store is gone on with.
    public static func open(
        _ path: String, keep: Duration = Configuration.Store.defaultKeep, line: TimeLine? = nil,
        machine: any MachineTime = SystemTime(), limits: StoreLimits = StoreLimits()
    ) throws(JournalFailure) -> EventStore {
        try Self.open(path, keep: keep, line: line, machine: machine, limits: limits) { () throws(StoreFault) in
            try StoreFile.open(path, wall: machine.wall, limits: limits)
        }
    }

    /// Opens a store on whatever `connect` opens.
    static func open(
        _ path: String, keep: Duration = Configuration.Store.defaultKeep, line: TimeLine? = nil,
        machine: any MachineTime, limits: StoreLimits, connect: @escaping @Sendable () throws(StoreFault) -> OpenedStore
    ) throws(JournalFailure) -> EventStore {
        let queue = DispatchQueue(label: "event store")
        let opening = StoreOpening()
        queue.async { opening.carryOut(connect) }
        let opened = try opening.wait(atMost: limits.open, path)
        return EventStore(
            path, opened, keep: keep, line: line, machine: machine, limits: limits, connect: connect, queue: queue)
    }

    private init(
        _ path: String, _ opened: OpenedStore, keep: Duration, line: TimeLine?, machine: any MachineTime,
        limits: StoreLimits,
        connect: @escaping @Sendable () throws(StoreFault) -> OpenedStore, queue: DispatchQueue
    ) {
        let folded = PolicyMemory.folding(opened.rows)
        self.memory = folded.memory
        self.notes = opened.notes + folded.notes
        self.timeLine = line ?? TimeLine(continuing: opened.time, machine)
        self.path = path
        self.keep = keep
        self.limits = limits
        self.machine = machine
        self.connect = connect
        self.queue = queue
        let backlog = Backlog(
            saved: opened.rows, subjectLimit: limits.subjects, eventLimit: limits.pendingEvents)
        self.state = Mutex(State(backlog: backlog, disk: opened.disk))
        self.refreshLater()
        for note in self.notes { self.note(self.event(.warning, note)) }
    }

    /// Writes the entries, and returns when they are on the disk or after ``StoreLimits/write``.
    ///
    /// What could not be written stays in hand, the newest of each subject, and is written as soon as that is possible.
    public func write(_ entries: [JournalEntry], at now: Moment) -> JournalFailure? {
        let wall = self.machine.wall
        var refusal: JournalFailure?
        var rows: [JournalRow] = []
        for entry in entries {
            do {
                rows.append(try JournalRow(entry, moment: now, wall: wall))
            } catch {
                refusal = error
            }
        }
        return self.write(rows) ?? refusal
    }

    /// Adds an event to the history within about a second; never waits and never fails aloud.
    public func note(_ event: HistoryEvent) {
        let stored = StoredEvent(event, wall: self.machine.wall)
        self.state.withLock { $0.backlog.take(stored) }
        self.drainLater(after: self.limits.batch)
    }

    /// Why the file cannot be written at present; nil while it can.
    public var failure: JournalFailure? {
        self.state.withLock { state in
            state.outage?.failure ?? (state.isBehind ? self.hanging(state) : nil)
        }
    }

    /// Writes what is in hand, gives the file back and takes nothing any more; waits for a bounded time as a write does.
    public func close() {
        let done = DispatchSemaphore(value: 0)
        self.queue.async {
            self.drain()
            self.state.withLock { $0.isClosed = true }
            self.letGo()
            done.signal()
        }
        done.wait(atMost: self.limits.write)
    }
}
