/// Decides what a change of power means for every host and load of the rack.
///
/// The engine has no clock, no timer and no socket. It is told what happened and when, and answers with what to do.
/// Between two inputs nothing happens in it: everything is derived anew from what is known, so that a decision does not
/// depend on the order in which devices happened to speak.
public struct PolicyEngine: Sendable {
    /// The power graph.
    public let rack: Rack
    /// The times and triggers.
    public let settings: PolicySettings

    var upses: [DeviceID: UPSView]
    var outlets: [OutletID: OutletView] = [:]
    var consumers: [HostID: ConsumerView]
    /// The order in which hosts and loads are looked at: that of the configuration.
    let order: [HostID]
    /// Who needs whom, the other way round: by needed, those that need it.
    let dependents: [HostID: [HostID]]
    /// Which UPS each PDU hangs on.
    let feedOfPDU: [DeviceID: DeviceID]
    /// Which hosts and loads an outlet feeds.
    let fedBy: [OutletID: [HostID]]
    /// When an outlet of a PDU was last switched.
    var lastSwitched: [DeviceID: Moment] = [:]
    /// The moment the runtime was last asked to call back at.
    var wakeAsked: Moment?
    /// The number the next order of a client gets.
    var nextOrder = 1
    /// What was reckoned last, for the moment it holds for; taken back by every input.
    var outlook: PowerOutlook?
    /// What the present call to ``handle(_:at:)`` has decided so far.
    var actions: [PolicyAction] = []

    /// Makes an engine that knows the rack and nothing yet of its state.
    public init(rack: Rack, settings: PolicySettings) {
        self.rack = rack
        self.settings = settings
        self.upses = Dictionary(rack.upses.map { ($0.id, UPSView(rack: $0)) }, uniquingKeysWith: { first, _ in first })
        self.consumers = Dictionary(
            rack.consumers.map { ($0.id, ConsumerView(rack: $0)) }, uniquingKeysWith: { first, _ in first })
        self.order = rack.consumers.map(\.id)
        self.feedOfPDU = Dictionary(rack.pdus.map { ($0.id, $0.feed) }, uniquingKeysWith: { first, _ in first })
        var dependents: [HostID: [HostID]] = [:]
        var fedBy: [OutletID: [HostID]] = [:]
        for consumer in rack.consumers {
            for needed in consumer.needs { dependents[needed, default: []].append(consumer.id) }
            for outlet in consumer.outlets { fedBy[outlet, default: []].append(consumer.id) }
        }
        self.dependents = dependents
        self.fedBy = fedBy
        for outlet in fedBy.keys { self.outlets[outlet] = OutletView() }
    }

    /// Takes note of `input`, which happened at `now`, and says what to do about it, in order.
    public mutating func handle(_ input: PolicyInput, at now: Moment) -> [PolicyAction] {
        self.outlook = nil
        self.take(input, at: now)
        return self.decide(at: now)
    }

    /// Where a host or load stands; nil for a name the rack does not have.
    public func phase(of host: HostID) -> HostPhase? {
        self.consumers[host]?.phase
    }

    /// Draws every conclusion from what is known at `now`.
    mutating func decide(at now: Moment) -> [PolicyAction] {
        self.outlook = self.makeOutlook(at: now)
        self.derivePower(at: now)
        self.turnRound(at: now)
        // A step for one host may open the way for the next: at most one round a consumer and a phase changes anything.
        for _ in 0...self.order.count {
            let before = self.consumers
            for host in self.order { self.stepStopping(host, at: now) }
            for host in self.order { self.stepStarting(host, at: now) }
            if self.consumers == before { break }
        }
        self.releaseForced(at: now)
        self.stepOutlets(at: now)
        self.askForWake(at: now)
        defer { self.actions = [] }
        return self.actions
    }

    mutating func record(_ level: PolicyRecord.Level, _ subject: some CustomStringConvertible, _ reason: PolicyReason) {
        self.actions.append(.record(PolicyRecord(level, subject.description, reason)))
    }

    /// Puts a host or load into a phase, and shows or withdraws FSD where that changes.
    mutating func enter(
        _ phase: HostPhase, _ host: HostID, because reason: PolicyReason, level: PolicyRecord.Level = .notice
    ) {
        guard let before = self.consumers[host]?.phase else { return }
        self.consumers[host]?.phase = phase
        if phase.isTold, !before.isTold { self.actions.append(.announceShutdown(host, reason)) }
        if before.isTold, !phase.isTold { self.actions.append(.withdrawShutdown(host)) }
        self.record(level, host, reason)
    }
}
