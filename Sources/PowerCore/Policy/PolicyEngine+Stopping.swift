extension PolicyEngine {
    /// Carries one host or load a step further on its way down, where there is one to take.
    mutating func stepStopping(_ host: Int, at now: Moment) {
        switch self.consumers[host].phase {
        case .running, .starting:
            // What has no power yet has nothing to stop: the start is turned round instead.
            guard self.isPowered(host), let why = self.whyStop(host, at: now) else { return }
            // What was being started has not been seen up: it does not run when the shutdown is called off.
            if case .starting = self.consumers[host].phase, self.consumers[host].memory.told == nil {
                self.consumers[host].memory.told = now
            }
            self.enter(.waiting(since: now, why: why), host, because: why, level: .warning)
        case .waiting:
            self.stepWaiting(host, at: now)
        case .asked(let since, let deadline):
            if !self.lookForDown(host, loggedOut: nil, deadline: deadline, at: now) {
                self.stepAsked(host, since: since, deadline: deadline, at: now)
            }
        case .stopping(let since, let deadline):
            _ = self.lookForDown(host, loggedOut: since, deadline: deadline, at: now)
        case .stopped(let witness, let since):
            // Somebody has switched it on again, or it was never off. One whose time ran out draws power, of course.
            if witness != .timeout, self.rack.consumers[host].isHost, !self.isSwitching(host),
                let sign = self.signOfLife(host, since: since)
            {
                self.welcome(host, sign, at: now)
            } else {
                self.cutWhenSettled(host, since: since, at: now)
            }
        case .off, .failedToStart:
            break
        }
    }

    // MARK: Whether it must stop

    /// Why `host` must stop now, or nil.
    private mutating func whyStop(_ host: Int, at now: Moment) -> PolicyReason? {
        // A protected load has nothing to be asked and nothing to be cut.
        let rack = self.rack.consumers[host]
        guard rack.isHost || !rack.isProtected else { return nil }
        return self.ownReason(host, at: now) ?? self.reasonOfNeeded(by: host, at: now)
    }

    /// A reason that lies in the host's own power, or in an order.
    private mutating func ownReason(_ host: Int, at now: Moment) -> PolicyReason? {
        if let actor = self.consumers[host].memory.forced ?? self.forcedBy(host) { return .forced(by: actor) }
        guard self.consumers[host].onBatterySince != nil else { return nil }
        let outlook = self.lookAhead(at: now)
        if self.isOnLowBattery(host, at: now) { return .batteryLow }
        let counted = self.consumers[host].memory.battery.counted(at: now)
        guard counted >= self.settings.debounce else { return nil }
        for trigger in self.triggers(of: host) {
            if let reason = self.reason(for: trigger, host, counted, outlook) { return reason }
        }
        return nil
    }

    /// Whether too few feeds of `host` have mains or a battery that is not low.
    private func isOnLowBattery(_ host: Int, at now: Moment) -> Bool {
        let good = self.graph.nodes[host].cables.count { cable in
            guard self.isLive(cable), let ups = cable.ups else { return false }
            return self.upses[ups].isOnMains || !self.isLow(ups, at: now)
        }
        return good < self.rack.consumers[host].requires
    }

    /// The triggers of a host: its own, then those of its tier that it does not name itself.
    func triggers(of host: Int) -> [Trigger] {
        let own = self.rack.consumers[host].shed
        let tier = self.settings.triggers[self.rack.consumers[host].tier] ?? [.lastSafeMoment]
        return own.isEmpty ? tier : own + tier.filter { !own.contains($0) }
    }

    /// Who forced the shutdown of so many UPSes that too few feeds of `host` remain.
    func forcedBy(_ host: Int) -> Actor? {
        guard self.upses.contains(where: { $0.memory.forced != nil }),
            !self.enoughFeeds(of: host, where: { $0.memory.forced == nil })
        else { return nil }
        return self.graph.nodes[host].cables.lazy.filter(self.isLive).compactMap(\.ups)
            .compactMap { self.upses[$0].memory.forced }.first
    }

    private func reason(
        for trigger: Trigger, _ host: Int, _ counted: Duration, _ outlook: PowerOutlook
    ) -> PolicyReason? {
        switch trigger {
        case .onBattery(let limit):
            return counted >= limit ? .onBattery(counted, limit: limit) : nil
        case .charge(let limit):
            guard let charge = self.charge(host, outlook), charge <= limit else { return nil }
            return .charge(charge, limit: limit)
        case .runtime(let limit):
            guard let left = self.timeLeft(host, outlook), left <= limit else { return nil }
            return .runtime(left, limit: limit)
        case .lastSafeMoment:
            let needed = outlook.stopTimes[host] * self.settings.margin
            guard let left = self.timeLeft(host, outlook), left <= needed else { return nil }
            return .lastSafeMoment(left: left, needed: needed)
        }
    }

    /// What `host` is stopped before is to stop, so it must stop first.
    private func reasonOfNeeded(by host: Int, at now: Moment) -> PolicyReason? {
        for needed in self.graph.nodes[host].stopsBefore {
            guard case .waiting = self.consumers[needed].phase else { continue }
            if self.isStillMeant(needed, at: now) { return .needs(self.name(needed)) }
        }
        return nil
    }

    /// Whether what made a waiting host wait still holds, so that its turn may come.
    private func isStillMeant(_ host: Int, at now: Moment) -> Bool {
        self.consumers[host].onBatterySince != nil || self.consumers[host].memory.forced != nil
            || self.forcedBy(host) != nil || self.reasonOfNeeded(by: host, at: now) != nil
    }

    // MARK: On its way down

    private mutating func stepWaiting(_ host: Int, at now: Moment) {
        guard self.isStillMeant(host, at: now) else { return self.cancelWhenStable(host, at: now) }
        guard !self.graph.nodes[host].stopsAfter.contains(where: self.mayRun) else { return }
        self.consumers[host].memory.told = now
        if let plan = self.stopPlan(host) {
            self.enter(.asked(since: now, deadline: now + plan.timeout), host, because: .turnCame)
            self.ask(host, plan, way: 0, at: now)
        } else {
            // A load is not asked: nothing that needs it is up, so it counts as stopped and only its outlets are cut.
            self.enter(.stopped(.outletWatts, since: now), host, because: .turnCame)
        }
    }

    /// A host that was not asked stays up, once the mains have been back long enough.
    private mutating func cancelWhenStable(_ host: Int, at now: Moment) {
        guard self.isStable(host, at: now) else { return }
        // One that was being started when its power failed again runs if it has been seen up since.
        if let told = self.consumers[host].memory.told, self.rack.consumers[host].isHost,
            !self.consumers[host].hasLoggedIn(since: told), !self.consumers[host].hasAnswered(since: told)
        {
            return self.watchBoot(host, at: now)
        }
        self.consumers[host].memory.told = nil
        self.enter(.running, host, because: .cancelled)
    }

    /// Looks for a proof that a host which was told to stop is down; returns whether there is one, or its time is over.
    private mutating func lookForDown(_ host: Int, loggedOut: Moment?, deadline: Moment, at now: Moment) -> Bool {
        guard let plan = self.stopPlan(host), let witness = self.proofOfDown(host, plan, loggedOut, at: now) else {
            guard now >= deadline else { return false }
            self.stopped(host, .timeout, loggedOut, at: now)
            return true
        }
        self.stopped(host, witness, loggedOut, at: now)
        return true
    }

    /// What proves that a host which was told to stop is down; nil while nothing does.
    private func proofOfDown(_ host: Int, _ plan: StopPlan, _ loggedOut: Moment?, at now: Moment) -> StopWitness? {
        let view = self.consumers[host]
        let told = view.memory.told ?? now
        if let isDown = self.isDown(host, since: told) { return isDown ? .outletWatts : nil }
        if self.isGone(host, since: told, at: now) { return .unreachable }
        // A host that still answers on the network is not down, however long ago its client left.
        guard let loggedOut, !view.hasAnswered(since: now - Self.unreachableFor) else { return nil }
        return now - loggedOut >= self.timeToBeOff(host, plan) ? .timeSinceLogout : nil
    }

    /// How long after its logout a host may be taken to be off, where nothing else can be known.
    func timeToBeOff(_ host: Int, _ plan: StopPlan) -> Duration {
        let learnt = self.consumers[host].memory.offTimes
        guard learnt.count >= LearntTimes.fewest else { return plan.offAfterLogout }
        return learnt.expected(or: plan.offAfterLogout, atMost: plan.timeout) * self.settings.margin
    }

    /// Whether a host that used to answer on the network no longer does, and the way to it is known to be alive.
    private func isGone(_ host: Int, since told: Moment, at now: Moment) -> Bool {
        let view = self.consumers[host]
        guard self.rack.consumers[host].isProbed, view.memory.hasAnswered, let silent = view.silentSince,
            silent >= told, now - silent >= Self.unreachableFor
        else { return false }
        let path = self.graph.nodes[host].needs + self.rack.consumers[host].via.compactMap(self.graph.consumer)
        return path.allSatisfy { self.consumers[$0].phase == .running || self.isWaiting($0) }
    }

    private func isWaiting(_ host: Int) -> Bool {
        if case .waiting = self.consumers[host].phase { true } else { false }
    }

    mutating func stopped(_ host: Int, _ witness: StopWitness, _ loggedOut: Moment?, at now: Moment) {
        if witness == .outletWatts || witness == .unreachable {
            if let told = self.consumers[host].memory.told { self.consumers[host].memory.stopTimes.add(now - told) }
            if let loggedOut { self.consumers[host].memory.offTimes.add(now - loggedOut) }
        }
        // It took at least so long; the moment it really went is not known.
        if witness == .timeout, let plan = self.stopPlan(host) {
            self.consumers[host].memory.stopTimes.add(plan.timeout)
        }
        self.consumers[host].memory.ask = nil
        self.enter(
            .stopped(witness, since: now), host, because: .stopped(witness),
            level: witness == .timeout ? .alarm : .notice)
    }

    // MARK: Cutting

    /// Cuts the outlets of a host that has been down for the settling time, where they feed nothing that runs.
    private mutating func cutWhenSettled(_ host: Int, since: Moment, at now: Moment) {
        let node = self.graph.nodes[host]
        guard !node.outlets.isEmpty else { return }
        let on = node.outlets.filter { self.outlets[$0].position != .off }
        // Where the UPS gives no power its PDU is dead as well: nothing can be switched there, and what is on there will
        // boot when the power comes back.
        let live = on.filter(self.hasPower)
        guard !live.isEmpty else {
            return self.enter(.off(on.isEmpty ? .cut : .lostPower, since: now), host, because: .settled)
        }
        guard self.isSettled(host, since: since, at: now), !self.mayBeBack(host, at: now) else { return }
        // A PDU that is not heard could not be read back, and may have had its reasons: it is waited for.
        for outlet in live where !self.outlets[outlet].isOld && self.isFree(outlet, at: now) && self.mayBeCut(outlet) {
            self.begin([.off], at: outlet, because: .settled, now)
        }
    }

    /// Whether a host may have been switched on while no daemon looked: its client is given the time to show itself.
    func mayBeBack(_ host: Int, at now: Moment) -> Bool {
        guard let resumed, self.rack.consumers[host].isHost, now - resumed < Self.reconnectTime else { return false }
        return self.isDown(host, since: nil) != true
    }

    /// Whether a host has been down so long that its disks have nothing left to write; a load has none.
    func isSettled(_ host: Int, since: Moment, at now: Moment) -> Bool {
        now - since >= (self.rack.consumers[host].isHost ? self.settings.settle : .zero)
    }

    /// Whether nothing is in flight at `outlet`, and the last failure is long enough ago to try again.
    func isFree(_ outlet: Int, at now: Moment) -> Bool {
        guard self.outlets[outlet].task == nil else { return false }
        return self.outlets[outlet].gaveUp.map { now - $0 >= Self.retryPause } ?? true
    }

    /// Whether nothing that `outlet` feeds may be running, is protected, or is the machine of the manager.
    func mayBeCut(_ outlet: Int) -> Bool {
        !self.graph.sockets[outlet].feeds.contains { host in
            self.mayRun(host) || self.rack.consumers[host].isProtected || host == self.graph.manager
                || self.isNeededAgain(host)
        }
    }

    /// Whether a load is needed by something that came up again before the load was cut.
    private func isNeededAgain(_ load: Int) -> Bool {
        !self.rack.consumers[load].isHost && self.graph.nodes[load].stopsAfter.contains(where: self.mayRun)
    }

    /// A forced UPS is free again when everything that it alone feeds is down, and clients have had time to see it.
    mutating func releaseForced(at now: Moment) {
        for ups in self.upses.indices where self.upses[ups].memory.forced != nil {
            let isOver = (self.upses[ups].memory.forcedSince).map { now - $0 >= Self.forcedHold } ?? true
            let isDone =
                isOver
                && !self.consumers.indices.contains { host in
                    self.mayRun(host) && self.rack.consumers[host].isHost && self.forcedBy(host) != nil
                }
            guard isDone else { continue }
            self.upses[ups].memory.forced = nil
            self.upses[ups].memory.forcedSince = nil
        }
    }
}
