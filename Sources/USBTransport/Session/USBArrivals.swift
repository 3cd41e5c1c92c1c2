internal import Synchronization

/// Counts the devices that were plugged in, and wakes who waits for one.
///
/// The count is what makes it safe: who looked for a device in vain remembers the count from before it looked, so that
/// nothing that comes between looking and waiting is missed.
final class USBArrivals: Sendable {
    private struct State {
        var count: UInt64 = 0
        var nextWaiter: UInt64 = 0
        var waiters: [UInt64: AsyncStream<Void>.Continuation] = [:]
    }

    private let state = Mutex(State())

    /// How many devices have been plugged in so far.
    var count: UInt64 { self.state.withLock { $0.count } }

    /// How many wait at this moment.
    var waiterCount: Int { self.state.withLock { $0.waiters.count } }

    /// A device was plugged in.
    func signal() {
        let waiters = self.state.withLock { state in
            state.count &+= 1
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.yield() }
    }

    /// Returns when more than `count` devices have been plugged in, or when the task is cancelled.
    func wait(beyond count: UInt64) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let waiter = self.state.withLock { state in
            let waiter = state.nextWaiter
            state.nextWaiter &+= 1
            state.waiters[waiter] = continuation
            if state.count != count { continuation.yield() }
            return waiter
        }
        for await _ in stream { break }
        self.state.withLock { _ = $0.waiters.removeValue(forKey: waiter) }
    }
}
