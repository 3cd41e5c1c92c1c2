import PowerCore

/// What every driver of outlets must do, one clause after the other; a new driver passes all of them or is not done.
public enum OutletClause: String, CaseIterable, Sendable, CustomStringConvertible {
    case list, read, on, off, cycle, nativeCycle, alreadyThere, locked, unreachable, stuck, slow, refused
    case unknownOutlet, nameChanged, concurrent, rebooting

    /// The clause's name.
    public var description: String { self.rawValue }

    /// In which ways `rig` breaks the clause, as sentences; empty where it keeps it. Heals the rig before and after.
    public func breaches(of rig: any OutletRig) async throws -> [String] {
        try await rig.heal()
        let trial = OutletTrial(rig: rig)
        let found = try await self.check(trial)
        try await rig.heal()
        return found
    }

    private func check(_ trial: OutletTrial) async throws -> [String] {
        switch self {
        case .list: try await trial.list()
        case .read: try await trial.readsWhatIs()
        case .on: try await trial.turns(.on)
        case .off: try await trial.turns(.off)
        case .cycle: try await trial.cycles()
        case .nativeCycle: try await trial.cyclesNatively()
        case .alreadyThere: try await trial.isThere()
        case .locked: try await trial.respectsLocks()
        case .unreachable: try await trial.saysUnreachable()
        case .stuck: try await trial.seesStuckRelay()
        case .slow: try await trial.waitsForSlowRelay()
        case .refused: try await trial.saysRefused()
        case .unknownOutlet: try await trial.knowsNoSuchOutlet()
        case .nameChanged: try await trial.seesAnotherName()
        case .concurrent: try await trial.keepsOrder()
        case .rebooting: try await trial.outlivesReboot()
        }
    }
}
