extension PolicyEngine {
    /// How often a host is started until a person must look.
    public static let startRounds = 3

    /// How long a host must look as if it went down by itself until that is believed: a reading that was zero once
    /// (a PDU that is restarting) proves nothing.
    static let believeDown = Duration.seconds(10)

    /// Carries one host or load a step further on its way up, where there is one to take.
    mutating func stepStarting(_ host: HostID, at now: Moment) {
        guard let view = self.consumers[host] else { return }
        switch view.phase {
        case .running:
            self.noticeWentDown(host, view, at: now)
        case .waiting, .asked, .stopping:
            break
        case .stopped(_, let since):
            if self.hasLoggedIn(view, since: since) {
                self.enter(.running, host, because: .seenUp(.login))
            } else {
                self.startWhenItsTurn(host, view, at: now)
            }
        case .off(let cause, let since):
            self.stepOff(host, view, cause, since: since, at: now)
        case .starting(let round, let since, let deadline):
            self.lookForUp(host, view, round: round, since: since, deadline: deadline, at: now)
        case .failedToStart:
            if self.hasLoggedIn(view, since: .beforeAll) { self.enter(.running, host, because: .seenUp(.login)) }
        }
    }

    /// Whether a client has logged in after `moment` and is still there.
    private func hasLoggedIn(_ view: ConsumerView, since moment: Moment) -> Bool {
        view.clients > 0 && (view.lastLogin.map { $0 > moment } ?? false)
    }

    /// Takes back what was begun and not yet done for hosts that are being started while their mains fail again.
    mutating func turnRound(at now: Moment) {
        for host in self.order {
            guard let view = self.consumers[host], case .starting = view.phase, view.onBatterySince != nil else {
                continue
            }
            for outlet in view.rack.outlets {
                guard let task = self.outlets[outlet]?.task, case .startTurn = task.reason else { continue }
                self.outlets[outlet]?.task = task.issued == nil ? nil : task.onlyFirstStep
            }
            let isSwitching = view.rack.outlets.contains { self.outlets[$0]?.task != nil }
            if !self.isPowered(host), !isSwitching {
                self.enter(.off(.cut, since: now), host, because: .turnedRound, level: .warning)
            }
        }
    }

    // MARK: When it may be started

    /// Whether enough feeds of `host` hang on UPSes that have had mains for the stable time.
    func isStable(_ host: HostID, at now: Moment) -> Bool {
        self.enoughUPSes(of: host) { view in
            view.isOnMains && !view.isSilent && (view.mainsSince.map { now - $0 >= self.settings.stable } ?? true)
        }
    }

    /// As ``enoughFeeds(of:where:)``, but outlets that are off count too: they are about to be switched on.
    func enoughUPSes(of host: HostID, where holds: (UPSView) -> Bool) -> Bool {
        guard let consumer = self.consumers[host]?.rack else { return false }
        let good = consumer.feeds.filter { self.ups(of: $0).flatMap { self.upses[$0] }.map(holds) ?? false }
        return good.count >= consumer.requires
    }

    /// Whether a UPS has the energy to stop everything in order once more, should the mains fail again at once.
    func hasEnergyToStop(_ ups: UPSView, at now: Moment) -> Bool {
        guard let estimate = self.estimate(of: ups.rack.id, at: now), let charge = estimate.charge else { return true }
        if let needed = self.settings.restartCharge { return charge >= needed }
        guard charge.value > estimate.cutOff.value + ups.rack.lowMargin.value else { return false }
        guard let energy = estimate.energy, let load = self.fullLoad(of: ups.rack.id) else { return true }
        guard let lasts = energy.lasts(at: load) else { return true }
        let longest = self.order.map(self.timeOfFullStop).max() ?? .zero
        return lasts >= longest * self.settings.margin
    }

    /// What hangs on a UPS when everything is up, nil where the configuration does not say.
    private func fullLoad(of ups: DeviceID) -> Watts? {
        var sum = Watts.zero
        for consumer in self.rack.consumers {
            let here = consumer.feeds.filter { self.ups(of: $0) == ups }
            guard !here.isEmpty else { continue }
            guard let watts = consumer.watts else { return nil }
            // The whole of a dual-corded host: the other UPS may be the one that dies.
            sum = sum + watts
        }
        return sum.value > 0 ? sum : nil
    }

    /// How long it takes to stop `host` and all that needs it, were everything up.
    private func timeOfFullStop(_ host: HostID) -> Duration {
        let before = (self.dependents[host] ?? []).map(self.timeOfFullStop).max() ?? .zero
        return before + (self.consumers[host]?.stopPlan?.timeout ?? .zero)
    }

    /// Whether there is a way to start it: an outlet that may be switched. What hangs on a UPS directly starts by itself
    /// or by its owner.
    func canStart(_ view: ConsumerView) -> Bool {
        !view.rack.outlets.isEmpty && !view.rack.isProtected
    }

    func mayStart(_ host: HostID, at now: Moment) -> Bool {
        guard let view = self.consumers[host], view.forced == nil else { return false }
        return self.isStable(host, at: now)
            && self.enoughUPSes(of: host) { $0.isOnMains && $0.forced == nil && self.hasEnergyToStop($0, at: now) }
            && view.rack.needs.allSatisfy { self.consumers[$0]?.phase == .running }
    }

    // MARK: On its way up

    private mutating func stepOff(
        _ host: HostID, _ view: ConsumerView, _ cause: OffCause, since: Moment, at now: Moment
    ) {
        if self.showsLife(view, since: since) {
            return self.enter(
                .running, host, because: .seenUp(self.hasLoggedIn(view, since: since) ? .login : .outletWatts))
        }
        if cause != .unasked { self.startWhenItsTurn(host, view, at: now) }
    }

    /// Whether something that was off is running again without our doing.
    private func showsLife(_ view: ConsumerView, since: Moment) -> Bool {
        guard self.isPowered(view.rack.id) else { return false }
        guard view.rack.isHost else { return view.rack.outlets.allSatisfy { self.outlets[$0]?.task == nil } }
        return self.hasLoggedIn(view, since: since) || self.isDown(view.rack.id, since: since) == false
    }

    private mutating func startWhenItsTurn(_ host: HostID, _ view: ConsumerView, at now: Moment) {
        guard self.canStart(view), self.mayStart(host, at: now),
            view.rack.outlets.allSatisfy({ self.outlets[$0]?.task == nil })
        else {
            return
        }
        self.start(host, view, round: 1, at: now)
    }

    /// Switches the outlets of `host` so that it starts: on where they are off, off and on where they are on.
    private mutating func start(_ host: HostID, _ view: ConsumerView, round: Int, at now: Moment) {
        let reason = PolicyReason.startTurn(round: round)
        self.enter(
            .starting(round: round, since: now, deadline: now + view.rack.start.timeout), host, because: reason,
            level: round > 1 ? .warning : .notice)
        guard !view.rack.isProtected else { return }
        // Off first and on last, for all of them: a dual-corded host must lose both feeds to notice.
        let live = view.rack.outlets.filter { self.outlets[$0]?.position != .off }
        let isDownOnPower = view.rack.isHost && !live.isEmpty
        for outlet in view.rack.outlets where self.hasPower(outlet) {
            self.begin(isDownOnPower ? [.off, .on] : [.on], at: outlet, because: reason, now)
        }
    }

    private func hasPower(_ outlet: OutletID) -> Bool {
        self.feedOfPDU[outlet.pdu].flatMap { self.upses[$0] }?.isLive ?? false
    }

    private mutating func lookForUp(
        _ host: HostID, _ view: ConsumerView, round: Int, since: Moment, deadline: Moment, at now: Moment
    ) {
        let isSwitching = view.rack.outlets.contains { self.outlets[$0]?.task != nil }
        if self.hasLoggedIn(view, since: since) { return self.enter(.running, host, because: .seenUp(.login)) }
        if !view.rack.isHost, !isSwitching, self.isPowered(host) {
            return self.enter(.running, host, because: .seenUp(.outletOn))
        }
        guard now >= deadline, !isSwitching else { return }
        if self.isDown(host, since: since) == false, view.lastLogin == nil {
            self.enter(.running, host, because: .seenUp(.outletWatts), level: .warning)
        } else if round < Self.startRounds {
            self.start(host, view, round: round + 1, at: now)
        } else {
            self.enter(.failedToStart(since: now), host, because: .startFailed, level: .alarm)
        }
    }

    // MARK: Down by its own doing

    /// A running host that logged out and draws no more than a machine that is off was shut down by a person.
    private mutating func noticeWentDown(_ host: HostID, _ view: ConsumerView, at now: Moment) {
        let isDown = view.clients == 0 ? self.isDown(host, since: nil) : false
        if isDown == false, view.rack.isHost { self.consumers[host]?.hasDrawn = true }
        guard isDown == true, view.hasDrawn else {
            self.consumers[host]?.quietSince = nil
            return
        }
        let since = view.quietSince ?? now
        self.consumers[host]?.quietSince = since
        guard now - since >= Self.believeDown else { return }
        self.consumers[host]?.quietSince = nil
        self.enter(.off(.unasked, since: now), host, because: .wentDown)
    }
}
