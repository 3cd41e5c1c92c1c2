/// How often a value changes, which says how often its report is worth reading.
public enum PollClass: Int, Hashable, Comparable, Sendable {
    /// Changes at any moment: status bits, charge, runtime.
    case quick
    /// Changes slowly: voltages, load, timers.
    case full
    /// Changes when somebody sets it: limits, sensitivities.
    case semiStatic
    /// Never changes while the device is connected: names, nominal values.
    case once

    /// Whether `lhs` is worth reading more often.
    public static func < (lhs: PollClass, rhs: PollClass) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// One round of reading a device's reports.
public enum PollRound: Hashable, Sendable, CaseIterable {
    /// After the device was opened: every report that means something.
    case initial
    /// What changes at any moment.
    case quick
    /// What changes without anybody setting it.
    case full
    /// All but what never changes: after a variable was set, and now and then, for an app or a button sets them too.
    case settings

    /// The slowest class of report that the round reads.
    var slowest: PollClass {
        switch self {
        case .quick: .quick
        case .full: .full
        case .settings: .semiStatic
        case .initial: .once
        }
    }
}
