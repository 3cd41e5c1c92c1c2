/// Decides what a change of power means for every host and load of the rack.
///
/// The engine has no clock, no timer and no socket. It is told what happened and when, and answers with what to do.
/// Between two inputs nothing happens in it: everything is derived anew from what is known, so that a decision does not
/// depend on the order in which devices happened to speak. What it cannot see again it gives out as journal entries,
/// before the orders that follow from them; an engine made from those goes on where this one ended.
public struct PolicyEngine: Sendable {
    /// The times and triggers.
    public internal(set) var settings: PolicySettings

    /// The rack, its names as indices; hosts and loads in the order of the configuration, as they are looked at.
    var graph: RackGraph
    /// What is known of each UPS, by index.
    var upses: [UPSView]
    /// What is known of each outlet, by index.
    var outlets: [OutletView]
    /// What is known of each host and load, by index.
    var consumers: [ConsumerView]
    /// What was written of each host and load.
    var written: [HostMemory]
    /// When an outlet of each PDU was last switched.
    var lastSwitched: [Moment?]
    /// The moment the runtime was last asked to call back at.
    var wakeAsked: Moment?
    /// The number the next order of a client gets.
    var nextOrder = 1
    /// Orders to a host's feeds together that are not answered yet, by number.
    var hostOrders: [Int: HostOrder] = [:]
    /// Until when nothing is begun, since the world has not been seen after a restart; nil once it has.
    var lookingUntil: Moment?
    /// When it was made from a journal, nil for one that began with nothing.
    var resumed: Moment?
    /// What was reckoned last, for the moment it holds for; taken back by every input.
    var outlook: PowerOutlook?
    /// Whether the present round of decisions has changed anything.
    var isChanged = false
    /// What the present call to ``handle(_:at:)`` has decided so far.
    var actions: [PolicyAction] = []

    /// The power graph.
    public var rack: Rack { self.graph.rack }

    /// Makes an engine that knows the rack and nothing yet of its state.
    public init(rack: Rack, settings: PolicySettings) {
        self.settings = settings
        self.graph = RackGraph(rack)
        self.upses = Array(repeating: UPSView(), count: rack.upses.count)
        self.consumers = Array(repeating: ConsumerView(), count: rack.consumers.count)
        self.written = Array(repeating: HostMemory(), count: rack.consumers.count)
        self.outlets = Array(repeating: OutletView(), count: self.graph.sockets.count)
        self.lastSwitched = Array(repeating: nil, count: rack.pdus.count)
    }

    /// Takes note of `input`, which happened at `now`, and says what to do about it, in order.
    public mutating func handle(_ input: PolicyInput, at now: Moment) -> [PolicyAction] {
        self.outlook = nil
        self.take(input, at: now)
        return self.decide(at: now)
    }

    /// Where a host or load stands; nil for a name the rack does not have.
    public func phase(of host: HostID) -> HostPhase? {
        self.graph.consumer(host).map { self.consumers[$0].phase }
    }

    /// Draws every conclusion from what is known at `now`.
    mutating func decide(at now: Moment) -> [PolicyAction] {
        self.endLooking(at: now)
        self.derivePower(at: now)
        if self.lookingUntil == nil { self.stepAll(at: now) }
        self.askForWake(at: now)
        self.writeJournal()
        defer { self.actions = [] }
        return self.actions
    }

    private mutating func stepAll(at now: Moment) {
        self.turnRound(at: now)
        // A step for one host may open the way for the next: at most one round a consumer and a phase changes anything.
        for _ in 0...self.consumers.count * HostPhase.count {
            self.isChanged = false
            for host in self.consumers.indices { self.stepStopping(host, at: now) }
            for host in self.consumers.indices { self.stepStarting(host, at: now) }
            if !self.isChanged { break }
        }
        self.releaseForced(at: now)
        self.stepOutlets(at: now)
    }

    mutating func record(_ level: PolicyRecord.Level, _ subject: some CustomStringConvertible, _ reason: PolicyReason) {
        self.actions.append(.record(PolicyRecord(level, subject.description, reason)))
    }

    func name(_ host: Int) -> HostID { self.rack.consumers[host].id }

    /// The stop plan; nil for a load.
    func stopPlan(_ host: Int) -> StopPlan? {
        if case .host(let plan) = self.rack.consumers[host].kind { plan } else { nil }
    }

    /// Puts a host or load into a phase, and shows or withdraws FSD where that changes.
    mutating func enter(
        _ phase: HostPhase, _ host: Int, because reason: PolicyReason, level: PolicyRecord.Level = .notice
    ) {
        let before = self.consumers[host].phase
        self.consumers[host].memory.phase = phase
        // What is down has done what was forced; kept any longer, it would never be started again.
        if !phase.mayRun { self.consumers[host].memory.forced = nil }
        self.isChanged = true
        if phase.isTold, !before.isTold { self.actions.append(.announceShutdown(self.name(host), reason)) }
        if before.isTold, !phase.isTold { self.actions.append(.withdrawShutdown(self.name(host))) }
        self.record(level, self.name(host), reason)
    }
}
