import PowerLab

/// The counts of a simulation in words.
struct SimulationSummary {
    private let counts: SimulationCounts

    /// Prepares the words for `counts`.
    init(_ counts: SimulationCounts) {
        self.counts = counts
    }

    /// The lines.
    var lines: [String] {
        [
            "stopped      \(self.counts.stoppedCleanly) cleanly, \(self.counts.stoppedByTimeout) by timeout, "
                + "\(self.counts.stoppedAlone) of their own accord; \(self.counts.stoppedNeedlessly) needlessly",
            "lost power   \(self.counts.lostPower) that could have been stopped, "
                + "\(self.counts.lostPowerUnavoidably) that could not",
            "left off     \(self.counts.leftOff)",
            "rules broken \(self.counts.violations)",
        ]
    }
}
