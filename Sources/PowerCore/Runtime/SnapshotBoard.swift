internal import Synchronization

/// Where the manager pins what clients may know; whoever reads it never waits for a decision.
public final class SnapshotBoard: Sendable {
    private let current = Mutex(PowerSnapshot())

    /// Makes an empty board.
    public init() {}

    /// What was pinned last.
    public var snapshot: PowerSnapshot { self.current.withLock { $0 } }

    /// Replaces what is pinned.
    func pin(_ snapshot: PowerSnapshot) {
        self.current.withLock { $0 = snapshot }
    }
}
