extension PolicyEngine {
    /// Carries one host or load a step further on its way down, where there is one to take.
    mutating func stepStopping(_ host: HostID, at now: Moment) {
        guard let view = self.consumers[host] else { return }
        switch view.phase {
        case .running, .starting:
            // What has no power yet has nothing to stop: the start is turned round instead.
            guard self.isPowered(host) else { return }
            if let why = self.whyStop(host, at: now) {
                self.enter(.waiting(since: now, why: why), host, because: why, level: .warning)
            }
        case .waiting:
            self.stepWaiting(host, at: now)
        case .asked(let since, let deadline):
            self.lookForDown(host, view, toldSince: since, loggedOut: nil, deadline: deadline, at: now)
        case .stopping(let since, let deadline):
            self.lookForDown(host, view, toldSince: since, loggedOut: since, deadline: deadline, at: now)
        case .stopped(_, let since):
            self.cutWhenSettled(host, since: since, at: now)
        case .off, .failedToStart:
            break
        }
    }

    // MARK: Whether it must stop

    /// Why `host` must stop now, or nil.
    func whyStop(_ host: HostID, at now: Moment) -> PolicyReason? {
        // A protected load has nothing to be asked and nothing to be cut.
        guard let rack = self.consumers[host]?.rack, rack.isHost || !rack.isProtected else { return nil }
        return self.ownReason(host, at: now) ?? self.reasonOfNeeded(by: host, at: now)
    }

    /// A reason that lies in the host's own power, or in an order.
    private func ownReason(_ host: HostID, at now: Moment) -> PolicyReason? {
        guard let view = self.consumers[host] else { return nil }
        if let actor = view.forced ?? self.forcedBy(host) { return .forced(by: actor) }
        guard let since = view.onBatterySince else { return nil }
        if !self.enoughFeeds(of: host, where: { $0.isOnMains || !self.isLow($0.rack.id, at: now) }) {
            return .batteryLow
        }
        guard now - since >= self.settings.debounce else { return nil }
        return self.triggers(of: view).lazy.compactMap { self.reason(for: $0, host, since: since, at: now) }.first
    }

    /// The triggers of a host: its own, then those of its tier that it does not name itself.
    func triggers(of view: ConsumerView) -> [Trigger] {
        let own = view.rack.shed
        let tier = self.settings.triggers[view.rack.tier] ?? [.lastSafeMoment]
        return own + tier.filter { !own.contains($0) }
    }

    /// Who forced the shutdown of so many UPSes that too few feeds of `host` remain.
    private func forcedBy(_ host: HostID) -> Actor? {
        guard !self.enoughFeeds(of: host, where: { $0.forced == nil }) else { return nil }
        return self.liveFeeds(of: host).lazy.compactMap { self.ups(of: $0).flatMap { self.upses[$0]?.forced } }.first
    }

    private func reason(for trigger: Trigger, _ host: HostID, since: Moment, at now: Moment) -> PolicyReason? {
        switch trigger {
        case .onBattery(let limit):
            return now - since >= limit ? .onBattery(now - since, limit: limit) : nil
        case .charge(let limit):
            guard let charge = self.charge(of: host, at: now), charge <= limit else { return nil }
            return .charge(charge, limit: limit)
        case .runtime(let limit):
            guard let left = self.timeLeft(of: host, at: now), left <= limit else { return nil }
            return .runtime(left, limit: limit)
        case .lastSafeMoment:
            let needed = self.timeToStop(host) * self.settings.margin
            guard let left = self.timeLeft(of: host, at: now), left <= needed else { return nil }
            return .lastSafeMoment(left: left, needed: needed)
        }
    }

    /// What `host` needs is to stop, so it must stop before.
    private func reasonOfNeeded(by host: HostID, at now: Moment) -> PolicyReason? {
        for needed in self.consumers[host]?.rack.needs ?? [] {
            guard case .waiting = self.consumers[needed]?.phase else { continue }
            if self.isStillMeant(needed, at: now) { return .needs(needed) }
        }
        return nil
    }

    /// Whether what made a waiting host wait still holds, so that its turn may come.
    func isStillMeant(_ host: HostID, at now: Moment) -> Bool {
        guard let view = self.consumers[host] else { return false }
        return view.onBatterySince != nil || view.forced != nil || self.forcedBy(host) != nil
            || self.reasonOfNeeded(by: host, at: now) != nil
    }

    /// How long it takes to stop `host` and, before it, everything that needs it and is still up.
    public func timeToStop(_ host: HostID) -> Duration {
        let before = (self.dependents[host] ?? []).map(self.timeToStop).max() ?? .zero
        guard self.mayRun(host), let plan = self.consumers[host]?.stopPlan else { return before }
        return before + plan.timeout
    }

    // MARK: On its way down

    private mutating func stepWaiting(_ host: HostID, at now: Moment) {
        guard self.isStillMeant(host, at: now) else { return self.cancelWhenStable(host, at: now) }
        let isTurn = !(self.dependents[host] ?? []).contains(where: self.mayRun)
        guard isTurn, let view = self.consumers[host] else { return }
        if let plan = view.stopPlan {
            self.enter(.asked(since: now, deadline: now + plan.timeout), host, because: .turnCame)
        } else {
            // A load is not asked: nothing that needs it is up, so it counts as stopped and only its outlets are cut.
            self.enter(.stopped(.outletWatts, since: now), host, because: .turnCame)
        }
    }

    /// A host that was not asked stays up, once the mains have been back long enough.
    private mutating func cancelWhenStable(_ host: HostID, at now: Moment) {
        guard self.isStable(host, at: now) else { return }
        self.enter(.running, host, because: .cancelled)
    }

    /// Looks for a proof that a host which was told to stop is down.
    private mutating func lookForDown(
        _ host: HostID, _ view: ConsumerView, toldSince: Moment, loggedOut: Moment?, deadline: Moment, at now: Moment
    ) {
        guard let plan = view.stopPlan else { return }
        let watts = self.isDown(host, since: toldSince)
        if watts == true {
            self.stopped(host, .outletWatts, at: now)
        } else if watts == nil, let loggedOut, now - loggedOut >= plan.offAfterLogout {
            self.stopped(host, .timeSinceLogout, at: now)
        } else if now >= deadline {
            self.stopped(host, .timeout, at: now)
        }
    }

    private mutating func stopped(_ host: HostID, _ witness: StopWitness, at now: Moment) {
        self.consumers[host]?.forced = nil
        self.enter(
            .stopped(witness, since: now), host, because: .stopped(witness),
            level: witness == .timeout ? .alarm : .notice)
    }

    /// Cuts the outlets of a host that has been down for the settling time, where they feed nothing that runs.
    private mutating func cutWhenSettled(_ host: HostID, since: Moment, at now: Moment) {
        guard let view = self.consumers[host], !view.rack.isProtected else { return }
        let settle = view.rack.isHost ? self.settings.settle : .zero
        guard now - since >= settle else { return }
        let live = view.rack.outlets.filter { self.outlets[$0]?.position != .off }
        guard !view.rack.outlets.isEmpty else { return }
        guard !live.isEmpty else {
            return self.enter(.off(.cut, since: now), host, because: .settled)
        }
        for outlet in live where self.isFree(outlet, at: now) && !self.feedsSomethingRunning(outlet) {
            self.begin([.off], at: outlet, because: .settled, now)
        }
    }

    /// Whether nothing is in flight at `outlet`, and the last failure is long enough ago to try again.
    private func isFree(_ outlet: OutletID, at now: Moment) -> Bool {
        guard let view = self.outlets[outlet], view.task == nil else { return false }
        return view.gaveUp.map { now - $0 >= Self.retryPause } ?? true
    }

    func feedsSomethingRunning(_ outlet: OutletID) -> Bool {
        (self.fedBy[outlet] ?? []).contains(where: self.mayRun)
    }

    /// A forced UPS is free again when everything that it alone feeds is down, and clients have had time to see it.
    mutating func releaseForced(at now: Moment) {
        for ups in self.rack.upses.map(\.id) where self.upses[ups]?.forced != nil {
            let isOver = (self.upses[ups]?.forcedSince).map { now - $0 >= Self.forcedHold } ?? true
            let isDone =
                isOver
                && !self.order.contains { host in
                    self.mayRun(host) && self.consumers[host]?.rack.isHost == true && self.forcedBy(host) != nil
                }
            if isDone { self.upses[ups]?.forced = nil }
        }
    }
}
