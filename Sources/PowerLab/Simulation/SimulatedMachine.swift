import PowerCore

/// A host or load of a simulated rack: what it does, what it is about to do, and what is wrong with it.
struct SimulatedMachine {
    enum State {
        case off
        case booting
        case running
        case stopping
    }

    /// What it is about to do.
    enum Step {
        case notices
        case goesOff
        case isUp
        case logsIn
        case losesPatience
    }

    let id: HostID
    let isHost: Bool
    let requires: Int
    let isProbed: Bool
    private let watts: Double
    let bootTime: Duration
    let stopTime: Duration
    /// How long it is given to stop, by the configuration.
    let timeout: Duration
    /// How long after its logout it counts as off where nothing measures it, by the configuration.
    let offAfterLogout: Duration
    /// What a machine draws that is off and has power: its power supply and its management processor.
    static let standby = 2.0
    /// What a load draws where the configuration does not say: a small switch.
    private static let usualLoad = 10.0

    var state = State.running
    var isPowered = true
    /// What it is about to do, and when.
    private(set) var step: Step?
    private(set) var stepAt: Moment?
    /// Whether FSD is shown to its client.
    var isTold = false
    /// Whether its client is logged in.
    var isConnected = false
    /// How many clients the daemon counts for it: a client whose machine lost power is counted until it is missed.
    var clients = 0
    /// When the daemon misses a client whose machine lost its power.
    var lostAt: Moment?
    /// The way or method that was ordered of it, to be answered.
    var way: (stop: StopPlan.Way?, start: StartPlan.Method?)
    var wayAt: Moment?

    // What is wrong with it.
    var hangs = 0
    var staysOff = 0
    var bootsLate = 0
    var isDeaf = 0
    /// Whether it hangs on its way down.
    var isHung = false
    /// How often power came back without it booting.
    var refusals = 0

    // What it is judged by.
    /// Whether fewer of its feeds than it requires have mains behind them.
    var isOnBattery = false
    /// Whether there was a plan to stop it in time since the outage began.
    var hadPlan = false
    /// When its power would have ended if at the moment it was told to stop nothing had been stopped, in this outage.
    var wouldEnd: Moment?
    /// What made it stop.
    var why: PolicyReason?
    /// Whether the engine counts it as stopped because its time ran out.
    var isWrittenOff = false
    /// Which attempt to start it is under way.
    var round = 1

    init(_ consumer: Consumer, _ machine: Configuration.EmulatedMachine?) {
        self.id = consumer.id
        self.isHost = consumer.isHost
        self.requires = max(1, consumer.requires)
        self.isProbed = consumer.isProbed
        var plan = StopPlan()
        if case .host(let its) = consumer.kind { plan = its }
        self.timeout = plan.timeout
        self.offAfterLogout = plan.offAfterLogout
        let usual = Configuration.EmulatedMachine()
        // What is configured is a bound that is kept with some room.
        self.stopTime = machine?.stop ?? plan.offAfterLogout * 0.75
        self.bootTime = machine?.boot ?? usual.boot
        let own = consumer.isHost ? machine?.watts ?? usual.watts : machine?.watts ?? Watts(Self.usualLoad)
        self.watts = consumer.watts?.value ?? own.value
    }

    /// Whether an operating system may be at work in it.
    var isUp: Bool { self.state == .running || self.state == .stopping }

    /// The power it draws.
    var draw: Double {
        guard self.isPowered else { return 0 }
        return self.isHost && self.state == .off ? Self.standby : self.watts
    }

    /// Lets it do something at a moment; what it was about to do before is forgotten.
    mutating func plan(_ step: Step, at moment: Moment) {
        self.step = step
        self.stepAt = moment
    }

    /// Forgets what it was about to do.
    mutating func forgetStep() {
        self.step = nil
        self.stepAt = nil
    }
}
