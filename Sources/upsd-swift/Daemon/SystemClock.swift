import PowerCore

/// The machine's own monotonic clock, which goes on while the machine sleeps.
struct SystemClock: Timekeeper {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    init() {
        self.start = self.clock.now
    }

    /// Time since this clock was made.
    var now: Moment { Moment(sinceOrigin: self.clock.now - self.start) }

    func sleep(until moment: Moment) async throws {
        try await self.clock.sleep(until: self.start + moment.sinceOrigin, tolerance: .zero)
    }
}
