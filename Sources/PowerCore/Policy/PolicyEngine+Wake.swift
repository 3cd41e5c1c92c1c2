extension PolicyEngine {
    /// What moves by itself is looked at no more often than this.
    static let lookAgain = Duration.seconds(1)

    /// Asks to be called when the next thing is due, and only then: a quiet system has no wake-up at all.
    mutating func askForWake(at now: Moment) {
        let next = self.nextMoment(after: now)
        guard next != self.wakeAsked else { return }
        self.wakeAsked = next
        self.actions.append(next.map { .wake(at: $0) } ?? .cancelWake)
    }

    private mutating func nextMoment(after now: Moment) -> Moment? {
        var next = Earliest(after: now)
        next.add(self.lookingUntil)
        for ups in self.upses.indices { self.addMoments(ofUPS: ups, to: &next, at: now) }
        for host in self.consumers.indices { self.addMoments(of: host, to: &next, at: now) }
        for outlet in self.outlets.indices {
            guard let task = self.outlets[outlet].task else { continue }
            next.add(task.issued.map { $0 + self.patience(outlet, task) } ?? self.earliest(outlet, task))
        }
        return next.moment
    }

    private mutating func addMoments(ofUPS ups: Int, to next: inout Earliest, at now: Moment) {
        if self.upses[ups].memory.forced != nil, let since = self.upses[ups].memory.forcedSince {
            next.add(max(since + Self.forcedHold, now + Self.lookAgain))
        }
        guard self.upses[ups].isSilent, self.upses[ups].condition.supply == .battery else { return }
        // Dead reckoning: the modelled end comes without a word of the UPS.
        if let left = self.estimate(ups, at: now).runtime { next.add(now + max(left, Self.lookAgain)) }
    }

    private mutating func addMoments(of host: Int, to next: inout Earliest, at now: Moment) {
        let view = self.consumers[host]
        switch view.phase {
        case .running, .waiting:
            if view.onBatterySince != nil { self.addTriggers(of: host, to: &next, at: now) }
            next.add(view.quietSince.map { $0 + Self.believeDown })
            if case .waiting = view.phase { self.addStable(host, to: &next) }
            if view.memory.isCut {
                self.addRetries(host, to: &next)
                self.addStable(host, to: &next)
            }
        case .asked(_, let deadline):
            next.add(deadline)
            self.addSilence(of: host, to: &next)
            guard let plan = self.stopPlan(host), let attempt = view.memory.ask else { return }
            if plan.ways.count > 1 || plan.ways.first != .nut { next.add(self.nextAsk(host, plan, attempt)) }
            next.add(resumed.map { $0 + Self.reconnectTime })
        case .stopping(let since, let deadline):
            next.add(deadline)
            self.addSilence(of: host, to: &next)
            if let plan = self.stopPlan(host) { next.add(since + self.timeToBeOff(host, plan)) }
            next.add(view.lastAnswer.map { $0 + Self.unreachableFor })
        case .stopped(_, let since):
            next.add(since + self.settings.settle)
            next.add(resumed.map { $0 + Self.reconnectTime })
            self.addRetries(host, to: &next)
            self.addStable(host, to: &next)
        case .off(.unasked, _), .failedToStart:
            break
        case .off:
            next.add(resumed.map { $0 + Self.reconnectTime })
            self.addStable(host, to: &next)
        case .starting(_, _, let deadline):
            next.add(self.endOfStart(deadline))
            if let attempt = view.memory.start, !attempt.isSent { next.add(self.readyToWake(host)) }
        }
    }

    /// When outlets that did not obey are tried again.
    private func addRetries(_ host: Int, to next: inout Earliest) {
        for outlet in self.graph.nodes[host].outlets {
            next.add(self.outlets[outlet].gaveUp.map { $0 + Self.retryPause })
        }
    }

    /// When the mains of a host will have been back long enough.
    private func addStable(_ host: Int, to next: inout Earliest) {
        for ups in self.graph.nodes[host].upses where !self.upses[ups].isSilent {
            next.add(self.upses[ups].memory.mainsSince.map { $0 + self.settings.stable })
        }
    }

    private func addSilence(of host: Int, to next: inout Earliest) {
        next.add(self.consumers[host].silentSince.map { $0 + Self.unreachableFor })
    }

    /// When a host on battery comes to the next of its triggers, if its load stays as it is.
    private mutating func addTriggers(of host: Int, to next: inout Earliest, at now: Moment) {
        guard self.consumers[host].phase == .running else { return }
        let outlook = self.lookAhead(at: now)
        let counted = self.consumers[host].memory.battery.counted(at: now)
        next.add(now + (self.settings.debounce - counted))
        for trigger in self.triggers(of: host) {
            switch trigger {
            case .onBattery(let limit): next.add(now + (limit - counted))
            case .runtime(let limit): self.add(self.timeLeft(host, outlook), less: limit, to: &next, at: now)
            case .charge(let limit): self.addCharge(limit, of: host, outlook, to: &next, at: now)
            case .lastSafeMoment:
                self.add(
                    self.timeLeft(host, outlook), less: outlook.stopTimes[host] * self.settings.margin, to: &next,
                    at: now)
            }
        }
        for ups in self.graph.nodes[host].upses {
            let low = Percent(outlook.estimates[ups].cutOff.value + self.rack.upses[ups].lowMargin.value)
            self.addFall(of: ups, to: low, outlook, to: &next, at: now)
        }
    }

    private func add(_ left: Duration?, less limit: Duration, to next: inout Earliest, at now: Moment) {
        guard let left else { return }
        next.add(now + max(left - limit, Self.lookAgain))
    }

    private func addCharge(
        _ limit: Percent, of host: Int, _ outlook: PowerOutlook, to next: inout Earliest, at now: Moment
    ) {
        for ups in self.graph.nodes[host].upses { self.addFall(of: ups, to: limit, outlook, to: &next, at: now) }
    }

    /// When the charge of `ups` will have fallen to `limit`; a UPS that tells no charge or load says it by itself.
    private func addFall(
        of ups: Int, to limit: Percent, _ outlook: PowerOutlook, to next: inout Earliest, at now: Moment
    ) {
        let estimate = outlook.estimates[ups]
        guard self.upses[ups].condition.supply == .battery, let charge = estimate.charge, let load = estimate.load,
            let capacity = self.rack.upses[ups].capacity, charge > limit
        else { return }
        let energy = WattHours((charge.value - limit.value) / 100 * capacity.value * BatteryEstimate.efficiency)
        if let time = energy.lasts(at: load) { next.add(now + max(time, Self.lookAgain)) }
    }
}

/// The earliest of some moments that lie ahead.
private struct Earliest {
    private let now: Moment
    private(set) var moment: Moment?

    init(after now: Moment) {
        self.now = now
    }

    /// Takes a moment in; one that is over says nothing.
    mutating func add(_ candidate: Moment?) {
        guard let candidate, candidate > self.now else { return }
        if let moment, moment <= candidate { return }
        self.moment = candidate
    }
}
