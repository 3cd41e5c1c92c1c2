/// How often something happened in one simulation, or in many together.
public struct SimulationCounts: Hashable, Sendable {
    /// Times that the mains of a UPS failed.
    public var cuts = 0
    /// Hosts that came to their end by themselves after they were told to.
    public var stoppedCleanly = 0
    /// Hosts that counted as stopped because their time ran out.
    public var stoppedByTimeout = 0
    /// Hosts that went down by themselves because the daemon was away for too long.
    public var stoppedAlone = 0
    /// Hosts whose power ended while they ran, and that could have been stopped before.
    public var lostPower = 0
    /// Hosts whose power ended while they ran, and that nothing could have stopped before.
    public var lostPowerUnavoidably = 0
    /// Hosts that were stopped though the batteries would have lasted.
    public var stoppedNeedlessly = 0
    /// Hosts that ran at the beginning and not at the end.
    public var leftOff = 0
    /// Rules that were broken.
    public var violations = 0
    /// Times that the engine was called.
    public var calls = 0

    /// Makes counts of nothing.
    public init() {}

    /// Whether no host lost its power that need not have, none is left off, and no rule was broken.
    public var isGood: Bool { self.lostPower == 0 && self.leftOff == 0 && self.violations == 0 }

    /// Adds the counts of another simulation.
    public static func += (lhs: inout SimulationCounts, rhs: SimulationCounts) {
        lhs.cuts += rhs.cuts
        lhs.stoppedCleanly += rhs.stoppedCleanly
        lhs.stoppedByTimeout += rhs.stoppedByTimeout
        lhs.stoppedAlone += rhs.stoppedAlone
        lhs.lostPower += rhs.lostPower
        lhs.lostPowerUnavoidably += rhs.lostPowerUnavoidably
        lhs.stoppedNeedlessly += rhs.stoppedNeedlessly
        lhs.leftOff += rhs.leftOff
        lhs.violations += rhs.violations
        lhs.calls += rhs.calls
    }

    /// Counts a finding.
    mutating func add(_ finding: SimulationFinding) {
        switch finding {
        case .lostPower(_, true): self.lostPower += 1
        case .lostPower(_, false): self.lostPowerUnavoidably += 1
        case .stoppedNeedlessly: self.stoppedNeedlessly += 1
        case .leftOff: self.leftOff += 1
        case .cutWhileUp, .toldBefore, .startedBefore, .toldTwice, .orderedTwice: self.violations += 1
        }
    }
}
