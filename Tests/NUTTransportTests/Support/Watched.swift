import Synchronization

/// A value that can be waited for: every change is looked at by those who wait.
final class Watched<Value: Sendable>: Sendable {
    private struct Waiter: Sendable {
        var isDone: @Sendable (Value) -> Bool
        var resume: @Sendable (Bool) -> Void
    }

    private struct State: Sendable {
        var value: Value
        var waiters: [Int: Waiter] = [:]
        var next = 0
    }

    private let state: Mutex<State>

    init(_ value: Value) {
        self.state = Mutex(State(value: value))
    }

    var value: Value { self.state.withLock { $0.value } }

    func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        let (result, done) = self.state.withLock { state -> (Result, [Waiter]) in
            let result = body(&state.value)
            let value = state.value
            let done = state.waiters.filter { $0.value.isDone(value) }
            for key in done.keys { state.waiters[key] = nil }
            return (result, Array(done.values))
        }
        for waiter in done { waiter.resume(true) }
        return result
    }

    /// Returns whether the value came to be as wanted within `limit`.
    func wait(atMost limit: Duration = .seconds(30), until isDone: @escaping @Sendable (Value) -> Bool) async -> Bool {
        await withCheckedContinuation { continuation in
            let key = self.state.withLock { state -> Int? in
                if isDone(state.value) { return nil }
                state.next += 1
                state.waiters[state.next] = Waiter(isDone: isDone) { continuation.resume(returning: $0) }
                return state.next
            }
            guard let key else { return continuation.resume(returning: true) }
            Task {
                try? await Task.sleep(for: limit)
                self.state.withLock { $0.waiters.removeValue(forKey: key) }?.resume(false)
            }
        }
    }
}
