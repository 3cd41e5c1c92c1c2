internal import Dispatch
internal import PowerCore
internal import Synchronization

/// An opening that somebody waits for with a limit.
final class StoreOpening: Sendable {
    private enum State {
        case pending
        case done(Result<OpenedStore, StoreFault>)
        /// The state after nobody waits any more: what is opened late is closed at once.
        case abandoned
    }

    private let state = Mutex(State.pending)
    private let signal = DispatchSemaphore(value: 0)

    /// Opens, and hands the result to who waits.
    func carryOut(_ connect: () throws(StoreFault) -> OpenedStore) {
        let result: Result<OpenedStore, StoreFault>
        do {
            result = .success(try connect())
        } catch {
            result = .failure(error)
        }
        self.state.withLock { state in
            if case .pending = state { state = .done(result) }
        }
        self.signal.signal()
    }

    /// Waits for the result; says that the disk does not answer when none comes in time.
    func wait(atMost limit: Duration, _ path: String) throws(JournalFailure) -> OpenedStore {
        self.signal.wait(atMost: limit)
        let state = self.state.withLock { state in
            defer { state = .abandoned }
            return state
        }
        switch state {
        case .done(.success(let opened)): return opened
        case .done(.failure(let fault)): throw fault.failure
        case .pending, .abandoned: throw JournalFailure("\(path) cannot be opened: the disk does not answer")
        }
    }
}
