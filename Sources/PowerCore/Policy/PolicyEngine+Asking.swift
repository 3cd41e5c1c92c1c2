extension PolicyEngine {
    /// How long a host must not have answered on the network until that proves that it is down: several looks in a row.
    public static let unreachableFor = Duration.seconds(10)

    /// How long after a restart of the daemon clients that are still there have logged in again: stock `upsmon` tries
    /// every 5 s, and careless settings are three times that.
    static let reconnectTime = Duration.seconds(30)

    /// Asks a host to stop in one of its ways; FSD is shown all the while, whatever the way.
    mutating func ask(_ host: Int, _ plan: StopPlan, way index: Int, at now: Moment) {
        guard plan.ways.indices.contains(index) else { return }
        self.consumers[host].memory.ask = HostMemory.Attempt(index: index, since: now, isSent: true)
        self.isChanged = true
        let way = plan.ways[index]
        guard way != .nut else { return }
        self.record(.notice, self.name(host), .asking(way))
        self.actions.append(.stop(self.name(host), by: way))
    }

    /// Goes on to the next way where the present one has not made the host go down.
    mutating func stepAsked(_ host: Int, since: Moment, deadline: Moment, at now: Moment) {
        guard let plan = self.stopPlan(host) else { return }
        guard let attempt = self.consumers[host].memory.ask else { return self.ask(host, plan, way: 0, at: now) }
        if self.hasLeftMeanwhile(host, at: now) {
            return self.enter(.stopping(since: now, deadline: deadline), host, because: .loggedOut)
        }
        guard attempt.isSent else { return self.ask(host, plan, way: attempt.index, at: now) }
        guard plan.ways.count > 1 || plan.ways.first != .nut, now >= self.nextAsk(host, plan, attempt) else { return }
        self.ask(host, plan, way: (attempt.index + 1) % plan.ways.count, at: now)
    }

    /// When the next way is due. Where nobody listens for FSD, at once; but when all have been tried, not so soon.
    func nextAsk(_ host: Int, _ plan: StopPlan, _ attempt: HostMemory.Attempt) -> Moment {
        let isDeaf = plan.ways[attempt.index] == .nut && self.consumers[host].clients == 0
        let isLast = attempt.index == plan.ways.count - 1
        return isDeaf && !isLast ? attempt.since : attempt.since + plan.nextWayAfter
    }

    /// Whether the client of a host that was asked before the daemon was restarted is no longer there: it left meanwhile.
    private func hasLeftMeanwhile(_ host: Int, at now: Moment) -> Bool {
        guard let resumed, let told = self.consumers[host].memory.told, told < resumed else { return false }
        let view = self.consumers[host]
        return view.memory.hasClient && view.clients == 0 && now - resumed >= Self.reconnectTime
    }

    /// A way has taken the order, so that the host is going down; or it has not, and the next one is due.
    mutating func takeAnswer(of host: Int, _ way: StopPlan.Way, _ answer: WayAnswer, at now: Moment) {
        guard case .asked(_, let deadline) = self.consumers[host].phase, let plan = self.stopPlan(host),
            let attempt = self.consumers[host].memory.ask, plan.ways.indices.contains(attempt.index),
            plan.ways[attempt.index] == way
        else { return }
        switch answer {
        case .taken:
            self.enter(.stopping(since: now, deadline: deadline), host, because: .wayTaken(way))
        case .failed(let why):
            self.record(.warning, self.name(host), .wayFailed(way, why))
            if attempt.index + 1 < plan.ways.count { self.ask(host, plan, way: attempt.index + 1, at: now) }
        }
    }
}
