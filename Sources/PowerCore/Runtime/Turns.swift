internal import Synchronization

/// Lets tasks through one after the other, in the order in which they came.
public final class Turns: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [CheckedContinuation<Bool, Never>] = []
    }

    /// How many may wait; who comes when so many do is not let in.
    public let limit: Int

    private let state = Mutex(State())

    /// Makes turns that nobody has taken.
    public init(limit: Int) {
        self.limit = limit
    }

    /// How many wait at this moment.
    public var waitingCount: Int { self.state.withLock { $0.waiting.count } }

    /// Returns true when it is the caller's turn, which must end it with ``end()``; false where too many wait already.
    public func begin() async -> Bool {
        await withCheckedContinuation { (turn: CheckedContinuation<Bool, Never>) in
            let isLetIn = self.state.withLock { self.letIn(turn, &$0) }
            if let isLetIn { turn.resume(returning: isLetIn) }
        }
    }

    /// Gives the turn to whoever waits longest.
    public func end() {
        let next = self.state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.isTaken = false
            return nil
        }
        next?.resume(returning: true)
    }

    /// Whether the caller is let in or turned away at once; nil where it has to wait.
    private func letIn(_ turn: CheckedContinuation<Bool, Never>, _ state: inout State) -> Bool? {
        guard state.isTaken else {
            state.isTaken = true
            return true
        }
        guard state.waiting.count < self.limit else { return false }
        state.waiting.append(turn)
        return nil
    }
}
