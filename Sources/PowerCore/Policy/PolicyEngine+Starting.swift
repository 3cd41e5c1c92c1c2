extension PolicyEngine {
    /// How long a host must look as if it went down by itself until that is believed: a reading that was zero once
    /// (a PDU that is restarting) proves nothing.
    static let believeDown = Duration.seconds(10)

    /// Carries one host or load a step further on its way up, where there is one to take.
    mutating func stepStarting(_ host: Int, at now: Moment) {
        switch self.consumers[host].phase {
        case .running:
            self.noticeWentDown(host, at: now)
            self.giveBack(host, at: now)
        case .waiting, .asked, .stopping:
            break
        case .stopped(_, let since):
            if self.consumers[host].hasLoggedIn(since: since) {
                self.seenUp(host, .login, at: now)
            } else if self.isSettled(host, since: since, at: now) {
                self.startWhenItsTurn(host, at: now)
            }
        case .off(let cause, let since):
            self.stepOff(host, cause, since: since, at: now)
        case .starting(let round, let since, let deadline):
            self.stepStart(host, round: round, since: since, deadline: deadline, at: now)
        case .failedToStart(let since):
            if let witness = self.signOfLife(host, since: since) { self.seenUp(host, witness, at: now) }
        }
    }

    // MARK: When it may be started

    /// Whether enough feeds of `host` hang on UPSes that have had mains for the stable time.
    func isStable(_ host: Int, at now: Moment) -> Bool {
        self.enoughUPSes(of: host) { self.isStable(ups: $0, at: now) }
    }

    func isStable(ups: Int, at now: Moment) -> Bool {
        let view = self.upses[ups]
        guard view.isOnMains, !view.isSilent else { return false }
        return view.memory.mainsSince.map { now - $0 >= self.settings.stable } ?? true
    }

    /// Whether everything holds that must hold before something is started.
    private func mayStart(_ host: Int, at now: Moment) -> Bool {
        self.consumers[host].memory.forced == nil && self.isStable(host, at: now)
            && self.missing(for: host).isEmpty
            && self.enoughUPSes(of: host) { ups in
                self.upses[ups].isOnMains && self.upses[ups].memory.forced == nil
                    && self.missingEnergy(of: ups, at: now) == nil
            }
    }

    /// What `host` needs and what is not up. What looks as if it went down by itself is not, long before that is believed.
    func missing(for host: Int) -> [Int] {
        self.graph.nodes[host].needs.filter { self.consumers[$0].phase != .running || self.looksDown($0) }
    }

    /// What a UPS lacks to stop everything in order once more, should the mains fail again at once; nil for nothing.
    func missingEnergy(of ups: Int, at now: Moment) -> EnergyGate? {
        let estimate = self.estimate(ups, at: now)
        guard let charge = estimate.charge else { return nil }
        if let needed = self.settings.restartCharge { return charge >= needed ? nil : .charge(charge, needed: needed) }
        let low = Percent(estimate.cutOff.value + self.rack.upses[ups].lowMargin.value)
        guard charge > low else { return .charge(charge, needed: low) }
        guard let energy = estimate.energy, let load = self.fullLoad(of: ups), let lasts = energy.lasts(at: load) else {
            return nil
        }
        let longest = self.chainTimes(self.typicalStop).max() ?? .zero
        let needed = longest * self.settings.margin
        return lasts >= needed ? nil : .time(lasts, needed: needed)
    }

    /// What hangs on a UPS when everything is up, nil where the configuration does not say.
    private func fullLoad(of ups: Int) -> Watts? {
        var sum = Watts.zero
        for host in self.consumers.indices where self.graph.nodes[host].upses.contains(ups) {
            guard let watts = self.rack.consumers[host].watts else { return nil }
            // The whole of a dual-corded host: the other UPS may be the one that dies.
            sum = sum + watts
        }
        return sum.value > 0 ? sum : nil
    }

    // MARK: Off

    private mutating func stepOff(_ host: Int, _ cause: OffCause, since: Moment, at now: Moment) {
        if let sign = self.signOfLife(host, since: since) {
            return cause == .unasked ? self.seenUp(host, sign, at: now) : self.welcome(host, sign, at: now)
        }
        if cause == .unasked { return }
        let isBack = self.isSeenPowered(host) && self.consumers[host].onBatterySince == nil
        if cause == .lostPower, isBack, self.rack.consumers[host].isHost {
            self.watchBoot(host, at: now)
        } else {
            self.startWhenItsTurn(host, at: now)
        }
    }

    /// Something that is to come back shows life: it is up, or on its way there. A machine that boots draws power long before
    /// anything can use it.
    mutating func welcome(_ host: Int, _ sign: StartWitness, at now: Moment) {
        if sign == .outletWatts { self.watchBoot(host, at: now) } else { self.seenUp(host, sign, at: now) }
    }

    /// Power that came back boots a machine that was not asked to stop: it is given its time before anything is switched.
    mutating func watchBoot(_ host: Int, at now: Moment) {
        self.consumers[host].memory.start = nil
        self.enter(
            .starting(round: 1, since: now, deadline: now + self.rack.consumers[host].start.timeout), host,
            because: .powerIsBack)
    }

    /// What shows that something which was off is running again without our doing.
    func signOfLife(_ host: Int, since: Moment) -> StartWitness? {
        guard self.isPowered(host) else { return nil }
        let view = self.consumers[host]
        guard self.rack.consumers[host].isHost else { return self.proofOfPower(host) }
        if view.hasLoggedIn(since: since) { return .login }
        if view.hasAnswered(since: since + Self.unreachableFor) { return .reachable }
        return self.isDown(host, since: since) == false ? .outletWatts : nil
    }

    /// What proves that a load is up.
    func proofOfPower(_ load: Int) -> StartWitness? {
        !self.isSwitching(load) && self.isSeenPowered(load) ? .outletOn : nil
    }

    /// Whether enough feeds of `host` are known to live. An outlet that was not read since the daemon was started counts as
    /// on elsewhere; here that would take what was cut for something that is up.
    private func isSeenPowered(_ host: Int) -> Bool {
        let live = self.graph.nodes[host].cables.count { cable in
            self.isLive(cable) && (cable.outlet.map { self.outlets[$0].position == .on } ?? true)
        }
        return live >= self.rack.consumers[host].requires
    }

    private mutating func startWhenItsTurn(_ host: Int, at now: Moment) {
        guard !self.isSwitching(host), self.firstMethod(host, from: 0) != nil, self.mayStart(host, at: now),
            !(self.isPowered(host) && self.mayBeBack(host, at: now))
        else { return }
        self.start(host, round: 1, at: now)
    }

    func isSwitching(_ host: Int) -> Bool {
        self.graph.nodes[host].outlets.contains { self.outlets[$0].task != nil }
    }

    mutating func seenUp(
        _ host: Int, _ witness: StartWitness, level: PolicyRecord.Level = .notice, at now: Moment
    ) {
        if case .starting(1, let since, _) = self.consumers[host].phase, self.rack.consumers[host].isHost {
            self.consumers[host].memory.startTimes.add(now - since)
        }
        self.consumers[host].memory.told = nil
        self.consumers[host].memory.start = nil
        self.consumers[host].isFromOutage = false
        self.enter(.running, host, because: .seenUp(witness), level: level)
    }

    // MARK: Down by its own doing

    /// A running host that logged out and draws no more than a machine that is off was shut down by a person.
    ///
    /// Whatever went down in an outage is part of the outage, whoever shut it down: it is started again afterwards.
    private mutating func noticeWentDown(_ host: Int, at now: Moment) {
        guard self.rack.consumers[host].isHost else { return }
        let isDown = self.consumers[host].clients == 0 ? self.isDown(host, since: nil) : false
        if isDown == false, !self.consumers[host].memory.hasDrawn { self.consumers[host].memory.hasDrawn = true }
        if isDown == false { self.consumers[host].isFromOutage = false }
        guard self.looksDown(host) else {
            if self.consumers[host].quietSince != nil { self.consumers[host].quietSince = nil }
            return
        }
        let since = self.consumers[host].quietSince ?? now
        self.consumers[host].quietSince = since
        guard now - since >= Self.believeDown else { return }
        self.consumers[host].quietSince = nil
        if self.consumers[host].onBatterySince != nil {
            self.consumers[host].memory.told = now
            self.enter(.stopped(.outletWatts, since: now), host, because: .wentDownInOutage)
        } else if self.consumers[host].isFromOutage {
            self.enter(.off(.lostPower, since: now), host, because: .lostPower, level: .alarm)
        } else {
            self.enter(.off(.unasked, since: now), host, because: .wentDown)
        }
    }

    /// Whether a host has no client and draws no more than a machine that is off, after it has drawn more.
    private func looksDown(_ host: Int) -> Bool {
        self.consumers[host].clients == 0 && self.consumers[host].memory.hasDrawn
            && self.isDown(host, since: nil) == true
    }
}

/// What a UPS lacks before anything is started on it.
enum EnergyGate: Hashable, Sendable {
    /// Its charge is not above what is needed.
    case charge(Percent, needed: Percent)
    /// At full load it would not last for one full stop.
    case time(Duration, needed: Duration)
}
