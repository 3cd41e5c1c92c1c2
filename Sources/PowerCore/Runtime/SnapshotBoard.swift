internal import Synchronization

/// Where the manager pins what clients may know; whoever reads it never waits for a decision.
public final class SnapshotBoard: Sendable {
    private let current = Mutex(PowerSnapshot())

    /// Makes an empty board.
    public init() {}

    /// What was pinned last.
    public var snapshot: PowerSnapshot { self.current.withLock { $0 } }

    /// Replaces what is pinned, where it differs: readers keep what they made of one and the same value.
    func pin(_ snapshot: PowerSnapshot) {
        self.current.withLock { if $0 != snapshot { $0 = snapshot } }
    }
}
