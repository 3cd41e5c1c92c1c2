internal import Dispatch
public import PowerCore
internal import Synchronization

/// Stands in for a store that could not be opened at the start: what it holds is read where that is possible, all that
/// is written is kept in hand, and it is opened and brought up to date as soon as the disk allows it.
public final class LateEventStore: PolicyJournal {
    /// How long it waits until it tries again: a disk that was full is not empty a second later.
    public static let pause = Duration.seconds(30)

    private struct State: Sendable {
        var known: PolicyMemory
        var store: EventStore?
        var failure: JournalFailure
        var isClosed = false
    }

    /// What the journal held, as far as it could be read.
    public let memory: PolicyMemory
    /// The time line to go on with.
    public let timeLine: TimeLine

    private let path: String
    private let keep: Duration
    private let pause: Duration
    private let machine: any MachineTime
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "late event store")

    /// Reads what the store at `path` holds, which could not be opened because of `failure`, and begins to wait for it.
    public init(
        _ path: String, keep: Duration = Configuration.Store.defaultKeep, failure: JournalFailure,
        machine: any MachineTime = SystemTime(), pause: Duration = LateEventStore.pause
    ) {
        let found = try? EventReader(path).journal()
        self.memory = found?.memory ?? PolicyMemory()
        self.timeLine = TimeLine(continuing: found?.time, machine)
        self.path = path
        self.keep = keep
        self.pause = pause
        self.machine = machine
        self.state = Mutex(State(known: self.memory, failure: failure))
        self.tryLater()
    }

    /// Keeps the entries in hand until the store is open, and says why it is not.
    public func write(_ entries: [JournalEntry], at now: Moment) -> JournalFailure? {
        let (store, failure) = self.state.withLock { state in
            for entry in entries { state.known.take(entry) }
            return (state.store, state.failure)
        }
        return store.map { $0.write(entries, at: now) } ?? failure
    }

    /// Adds an event to the history, where the store is open; earlier ones are in the log alone.
    public func note(_ event: HistoryEvent) {
        self.state.withLock { $0.store }?.note(event)
    }

    /// Gives the file back, and tries no more.
    public func close() {
        let store = self.state.withLock { state in
            state.isClosed = true
            return state.store
        }
        store?.close()
    }

    private func tryLater() {
        self.queue.asyncAfter(deadline: .now() + self.pause.dispatch) { [weak self] in self?.tryNow() }
    }

    private func tryNow() {
        guard !self.state.withLock({ $0.isClosed }) else { return }
        do {
            let store = try EventStore.open(self.path, keep: self.keep, line: self.timeLine, machine: self.machine)
            let known = self.state.withLock { state in
                state.store = store
                return state.known
            }
            let now = self.timeLine.moment(sinceBoot: self.machine.sinceBoot)
            _ = store.write(known.entries(replacing: store.memory), at: now)
        } catch {
            self.state.withLock { $0.failure = error }
            self.tryLater()
        }
    }
}

extension PolicyMemory {
    /// The entries that make this of a journal that comes to `old`.
    fileprivate func entries(replacing old: PolicyMemory) -> [JournalEntry] {
        let over = old.outlets.keys.filter { self.outlets[$0] == nil }
        let unlocked = old.locks.keys.filter { self.locks[$0] == nil }
        return self.hosts.map { .host($0, $1) } + self.upses.map { .ups($0, $1) }
            + self.outlets.map { .outlet($0, $1) } + over.map { .outlet($0, nil) }
            + self.locks.map { .lock($0, $1) } + unlocked.map { .lock($0, nil) }
    }
}
