/// What the power graph means for one host or load at one moment: what its virtual UPS shows.
public struct HostView: Hashable, Sendable {
    /// The host or load.
    public var id: HostID
    /// Whether it is a host, and not a load.
    public var isHost: Bool
    /// Where it stands.
    public var phase: HostPhase
    /// The tier it is shed with.
    public var tier: String
    /// Whether it lives on battery.
    public var isOnBattery: Bool
    /// Whether any one UPS may die without harm.
    public var isRedundant: Bool
    /// The charge it lives on.
    public var charge: Percent?
    /// The time until its power ends, nil while no end is known.
    public var timeLeft: Duration?
    /// How it is fed.
    public var feeds: [Feed]
    /// What it needs.
    public var needs: [HostID]
    /// How long it takes to stop, alone, as a rule.
    public var stopTime: Duration
    /// How long it may take to stop at most.
    public var stopLimit: Duration
    /// How long it takes to start, as a rule.
    public var startTime: Duration
    /// What stands with it and what comes next, in sentences.
    public var explanation: [String]

    /// The words of `ups.status` on its virtual UPS.
    ///
    /// Never `LB`: a stock secondary that sees it goes down by itself after 15 s, turn or no turn. Never `ALARM`,
    /// `BYPASS`, `CAL` or `OFF`: newer ones go down after one failed poll.
    public var status: String {
        (self.phase.isTold ? "FSD " : "") + (self.isOnBattery ? "OB DISCHRG" : "OL")
    }
}

extension PolicyEngine {
    /// What every host and load of the rack looks like at `now`, in the order of the configuration.
    public func hostViews(at now: Moment) -> [HostView] {
        let outlook = self.makeOutlook(at: now)
        return self.consumers.indices.map { self.view(of: $0, outlook, at: now) }
    }

    private func view(of host: Int, _ outlook: PowerOutlook, at now: Moment) -> HostView {
        let (view, consumer) = (self.consumers[host], self.rack.consumers[host])
        return HostView(
            id: consumer.id, isHost: consumer.isHost, phase: view.phase, tier: consumer.tier,
            isOnBattery: view.onBatterySince != nil, isRedundant: self.isRedundant(host),
            charge: self.charge(host, outlook), timeLeft: self.timeLeft(host, outlook), feeds: consumer.feeds,
            needs: consumer.needs, stopTime: self.typicalStop(host),
            stopLimit: self.stopPlan(host)?.timeout ?? .zero, startTime: self.typicalStart(host),
            explanation: self.explanation(of: host, outlook, at: now))
    }

    /// How long `host` alone takes to start, as a rule; a load takes no time.
    private func typicalStart(_ host: Int) -> Duration {
        let consumer = self.rack.consumers[host]
        guard consumer.isHost else { return .zero }
        return self.consumers[host].memory.startTimes.expected(or: consumer.start.timeout)
    }

    /// Whether a client has forced a shutdown of `ups` that is not over yet: its `ups.status` shows FSD.
    public func isForced(_ ups: DeviceID) -> Bool {
        self.graph.ups(ups).map { self.upses[$0].memory.forced != nil } ?? false
    }

    /// What an outlet feeds, by name.
    public func fed(by outlet: OutletID) -> [HostID] {
        self.graph.socket(outlet).map { self.graph.sockets[$0].feeds.map(self.name) } ?? []
    }

    /// The outlets that feed a host or load, in the order of the configuration; none for a name the rack does not have.
    public func outlets(of host: HostID) -> [OutletID] {
        self.graph.consumer(host).map { index in
            self.graph.nodes[index].outlets.map { self.graph.sockets[$0].id }
        } ?? []
    }

    /// Whether an outlet feeds something that is never switched, but by force.
    public func isProtected(_ outlet: OutletID) -> Bool {
        self.graph.socket(outlet).map { index in
            self.graph.sockets[index].feeds.contains { self.rack.consumers[$0].isProtected }
        } ?? false
    }
}
