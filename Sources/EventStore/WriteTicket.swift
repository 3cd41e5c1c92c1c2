internal import Dispatch
internal import PowerCore
internal import Synchronization

/// What a caller of a write waits with, until the write is through or its patience ends.
final class WriteTicket: Sendable {
    private enum Outcome {
        case pending
        case done(JournalFailure?)
    }

    private let outcome = Mutex(Outcome.pending)
    private let signal = DispatchSemaphore(value: 0)

    /// The write is through, or has failed.
    func finish(_ failure: JournalFailure?) {
        self.outcome.withLock { $0 = .done(failure) }
        self.signal.signal()
    }

    /// Waits, and says whether the write came through in time.
    func wait(atMost limit: Duration) -> Bool {
        self.signal.wait(atMost: limit)
        return self.isDone
    }

    var isDone: Bool {
        self.outcome.withLock { outcome in
            if case .done = outcome { true } else { false }
        }
    }

    /// Why the write failed; nil too while it is not through.
    var failure: JournalFailure? {
        self.outcome.withLock { outcome in
            if case .done(let failure) = outcome { failure } else { nil }
        }
    }
}

extension Duration {
    /// The time as Dispatch wants it.
    var dispatch: DispatchTimeInterval { .nanoseconds(Int(self.nanosecondsStored)) }
}
