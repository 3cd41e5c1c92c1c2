/// The times and triggers of the policy, as the configuration sets them.
public struct PolicySettings: Hashable, Sendable {
    /// A cut shorter than this triggers nothing.
    public var debounce: Duration
    /// How long the mains must have been back before anything is started again.
    public var stable: Duration
    /// How long after a host is known to be down its outlets are cut.
    public var settle: Duration
    /// The least time between two outlets that are switched on (inrush).
    public var stagger: Duration
    /// By how much the time of the stop plan is stretched for `last-safe-moment`.
    public var margin: Double
    /// The charge that is needed before anything is started again; nil: enough for one more full stop.
    public var restartCharge: Percent?
    /// The triggers of each tier; a tier that is not named has `lastSafeMoment` only.
    public var triggers: [String: [Trigger]]

    /// Makes settings; what is left out has the default the user manual names.
    public init(
        debounce: Duration = .seconds(5), stable: Duration = .seconds(60), settle: Duration = .seconds(10),
        stagger: Duration = .seconds(2), margin: Double = 1.3, restartCharge: Percent? = nil,
        triggers: [String: [Trigger]] = [:]
    ) {
        self.debounce = debounce
        self.stable = stable
        self.settle = settle
        self.stagger = stagger
        self.margin = margin
        self.restartCharge = restartCharge
        self.triggers = triggers
    }
}
