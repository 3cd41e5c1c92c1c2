/// What the engine knows of one host or load.
struct ConsumerView: Hashable, Sendable {
    /// What must survive a restart.
    var memory = HostMemory() {
        didSet { self.isToBeWritten = true }
    }
    /// Whether ``memory`` may have changed since it was written.
    var isToBeWritten = false
    /// Whether its state at the start of the daemon has been settled from what its outlets say.
    var isSeen = false
    /// How many NUT clients are logged in for it.
    var clients = 0
    /// When a NUT client last logged in for it.
    var lastLogin: Moment?
    /// When it last answered on the network.
    var lastAnswer: Moment?
    /// Since when it has not answered; nil while it does, or where it is not looked for.
    var silentSince: Moment?
    /// Since when it has looked as if it went down by itself.
    var quietSince: Moment?
    /// What it draws while it runs.
    var usual = LearntWatts()
    /// Whether it ran in an outage when the daemon ended: what is down now lost its power then.
    var isFromOutage = false

    /// A change of what it usually draws by less than this share is not worth a write.
    private static let shareOfWatts = 0.1

    /// Takes in what it draws, while it runs.
    mutating func learn(_ watts: Watts, at now: Moment) {
        self.usual.take(watts, at: now)
        guard let typical = self.usual.typical else { return }
        let known = self.memory.watts?.value ?? 0
        if abs(typical.value - known) > known * Self.shareOfWatts { self.memory.watts = typical }
    }

    /// Where it stands.
    var phase: HostPhase { self.memory.phase }

    /// Since when fewer of its feeds than it requires have mains, without a break; nil while enough have.
    var onBatterySince: Moment? { self.memory.battery.since }

    /// Whether a client has logged in after `moment` and is still there.
    func hasLoggedIn(since moment: Moment) -> Bool {
        self.clients > 0 && (self.lastLogin.map { $0 > moment } ?? false)
    }

    /// Whether it has answered on the network after `moment`.
    func hasAnswered(since moment: Moment) -> Bool {
        self.lastAnswer.map { $0 > moment } ?? false
    }
}
