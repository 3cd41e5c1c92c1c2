import PowerCore
import PowerLab
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ManualClockTests {
    @Test func `a sleeper is woken when its moment has come, and not before`() async throws {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(until: .origin + .seconds(10)) }
        await clock.sleepers(atLeast: 1)
        clock.advance(by: .seconds(9))
        #expect(clock.sleeperCount == 1)
        #expect(clock.nextDeadline == .origin + .seconds(10))
        clock.advance(by: .seconds(1))
        try await sleeper.value
        #expect(clock.sleeperCount == 0)
    }

    @Test func `a moment that has passed is not waited for`() async throws {
        let clock = ManualClock(startingAt: .origin + .seconds(10))
        try await clock.sleep(until: .origin + .seconds(10))
        try await clock.sleep(until: .origin)
    }

    @Test func `the clock never goes back`() {
        let clock = ManualClock(startingAt: .origin + .seconds(10))
        clock.advance(to: .origin)
        #expect(clock.now == .origin + .seconds(10))
    }

    @Test func `a cancelled sleeper wakes with an error, before and after it lay down`() async {
        let clock = ManualClock()
        let early = Task {
            while !Task.isCancelled { await Task.yield() }
            try await clock.sleep(until: .origin + .seconds(1))
        }
        early.cancel()
        await #expect(throws: CancellationError.self) { try await early.value }
        let late = Task { try await clock.sleep(until: .origin + .seconds(1)) }
        await clock.sleepers(atLeast: 1)
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func `who waits for a sleeper that never comes can be cancelled`() async {
        let clock = ManualClock()
        let waiting = Task { await clock.sleepers(atLeast: 1) }
        waiting.cancel()
        await waiting.value
    }
}
