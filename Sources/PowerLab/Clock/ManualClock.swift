public import PowerCore
import Synchronization

/// A time line that moves only when it is told to, for tests and simulations.
///
/// Sleepers whose moment has come are woken in the order of their moments; what they do then runs concurrently, so a
/// test that needs it done waits for its effect, or for the next sleeper with ``sleepers(atLeast:)``.
public final class ManualClock: Timekeeper {
    private struct Sleeper {
        var id: UInt64
        var deadline: Moment
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        var id: UInt64
        var count: Int
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Moment
        var lastID: UInt64 = 0
        var sleepers: [Sleeper] = []
        var watchers: [Watcher] = []
        /// Sleepers cancelled before they lay down.
        var cancelled: Set<UInt64> = []
    }

    private let state: Mutex<State>

    /// Makes a clock that stands at `start`.
    public init(startingAt start: Moment = .origin) {
        self.state = Mutex(State(now: start))
    }

    /// The moment the clock stands at.
    public var now: Moment { self.state.withLock { $0.now } }

    /// How many sleep at this moment.
    public var sleeperCount: Int { self.state.withLock { $0.sleepers.count } }

    /// The earliest moment somebody waits for, nil where nobody sleeps.
    public var nextDeadline: Moment? { self.state.withLock { $0.sleepers.map(\.deadline).min() } }

    /// Moves the clock on by `time`.
    public func advance(by time: Duration) {
        self.advance(to: self.now + time)
    }

    /// Moves the clock on to `moment` and wakes who waited for it; never moves it back.
    public func advance(to moment: Moment) {
        let woken = self.state.withLock { state in
            state.now = max(state.now, moment)
            let due = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Returns as soon as at least `count` sleep, or when the task is cancelled.
    public func sleepers(atLeast count: Int) async {
        let id = self.makeID()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = self.state.withLock { state in
                    guard state.sleepers.count < count, !Task.isCancelled else { return true }
                    state.watchers.append(Watcher(id: id, count: count, continuation: continuation))
                    return false
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            let watcher: Watcher? = self.state.withLock { state in
                state.watchers.firstIndex { $0.id == id }.map { state.watchers.remove(at: $0) }
            }
            watcher?.continuation.resume()
        }
    }

    /// Returns when the clock has been moved to `moment` or past it.
    public func sleep(until moment: Moment) async throws {
        let id = self.makeID()
        // A cancellation that came after the awakening has left its mark.
        defer { self.state.withLock { _ = $0.cancelled.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                self.lieDown(Sleeper(id: id, deadline: moment, continuation: continuation))
            }
        } onCancel: {
            self.cancel(id)
        }
    }

    private func makeID() -> UInt64 {
        self.state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    private func lieDown(_ sleeper: Sleeper) {
        enum Outcome { case sleeps([Watcher]), isCancelled, isDue }
        let outcome: Outcome = self.state.withLock { state in
            if state.cancelled.remove(sleeper.id) != nil { return .isCancelled }
            if sleeper.deadline <= state.now { return .isDue }
            state.sleepers.append(sleeper)
            let count = state.sleepers.count
            let content = state.watchers.filter { $0.count <= count }
            state.watchers.removeAll { $0.count <= count }
            return .sleeps(content)
        }
        switch outcome {
        case .sleeps(let watchers): for watcher in watchers { watcher.continuation.resume() }
        case .isCancelled: sleeper.continuation.resume(throwing: CancellationError())
        case .isDue: sleeper.continuation.resume()
        }
    }

    private func cancel(_ id: UInt64) {
        let sleeper: Sleeper? = self.state.withLock { state in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                // Cancelled before it lay down, or after it was woken.
                state.cancelled.insert(id)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
