import PowerCore

/// The machine's own clock, for tests with programs that know no other.
struct RealClock: Timekeeper {
    private let start = ContinuousClock.now

    var now: Moment { Moment(sinceOrigin: ContinuousClock.now - self.start) }

    func sleep(until moment: Moment) async throws {
        try await ContinuousClock().sleep(until: self.start + moment.sinceOrigin)
    }
}
