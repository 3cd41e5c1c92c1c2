/// What the engine remembers of one host or load.
struct ConsumerView: Hashable, Sendable {
    var rack: Consumer
    /// Where it stands.
    var phase = HostPhase.running
    /// Whether its state at the start of the daemon has been settled from what its outlets say.
    var isSeen = false
    /// Since when fewer of its feeds than it requires have mains; nil while enough have.
    var onBatterySince: Moment?
    /// How many NUT clients are logged in for it.
    var clients = 0
    /// When a NUT client last logged in for it.
    var lastLogin: Moment?
    /// Whether its outlets ever drew the power of a running machine.
    var hasDrawn = false
    /// Since when it has looked as if it went down by itself.
    var quietSince: Moment?
    /// Who forced its shutdown, until it is down.
    var forced: Actor?

    init(rack: Consumer) {
        self.rack = rack
    }

    /// The stop plan; nil for a load.
    var stopPlan: StopPlan? {
        if case .host(let plan) = self.rack.kind { plan } else { nil }
    }

    /// The power above which it counts as drawing something.
    var offBelow: Watts { self.stopPlan?.offBelow ?? 0 }
}
