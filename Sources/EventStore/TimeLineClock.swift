public import PowerCore

/// The clock of a daemon whose moments go on where those of the one before it ended.
public struct TimeLineClock: Timekeeper {
    /// The line that it is on.
    public let line: TimeLine
    private let machine: any MachineTime

    /// Makes the clock of a line; the machine's clocks must be those that the line was made with.
    public init(line: TimeLine, machine: any MachineTime = SystemTime()) {
        self.line = line
        self.machine = machine
    }

    /// Makes a clock without a store: its line begins now.
    public init(machine: any MachineTime = SystemTime()) {
        self.init(line: TimeLine(continuing: nil, machine), machine: machine)
    }

    /// The present moment.
    public var now: Moment { self.line.moment(sinceBoot: self.machine.sinceBoot) }

    /// Returns when `moment` has come, or throws `CancellationError` when the task is cancelled.
    public func sleep(until moment: Moment) async throws {
        // Swift's continuous clock goes on while the machine sleeps, as the time since boot does.
        let clock = ContinuousClock()
        try await clock.sleep(until: clock.now + (moment - self.now), tolerance: .zero)
    }
}
