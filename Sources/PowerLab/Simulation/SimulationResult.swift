/// What came of a simulation.
public struct SimulationResult: Hashable, Sendable {
    /// A finding and its moment.
    public struct Finding: Hashable, Sendable {
        /// When it was found, counted from the beginning of the scenario.
        public var at: Duration
        /// What was found.
        public var finding: SimulationFinding
    }

    /// How often what happened.
    public var counts = SimulationCounts()
    /// What should not be, each with its moment, in the order found.
    public var findings: [Finding] = []
    /// Everything that happened, in order; empty where the plan does not ask for it.
    public var events: [SimulationEvent] = []
    /// How long was played.
    public var length = Duration.zero
    /// Whether so much happened that it was broken off: an engine that never comes to rest.
    public var isCutShort = false

    /// Whether no host lost its power that need not have, none is left off, no rule was broken, and it came to its end.
    public var isGood: Bool { self.counts.isGood && !self.isCutShort }
}
