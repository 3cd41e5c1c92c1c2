extension PolicyEngine {
    // MARK: What is derived from the graph

    /// Whether a cable is not switched off and its UPS gives power. An outlet never read counts as on.
    func isLive(_ cable: RackGraph.Cable) -> Bool {
        guard let ups = cable.ups, self.upses[ups].isLive else { return false }
        return cable.outlet.map { self.outlets[$0].position != .off } ?? true
    }

    func liveCount(_ host: Int, where holds: (UPSView) -> Bool = { _ in true }) -> Int {
        self.graph.nodes[host].cables.count { cable in
            self.isLive(cable) && (cable.ups.map { holds(self.upses[$0]) } ?? false)
        }
    }

    /// Whether enough feeds of `host` live.
    func isPowered(_ host: Int) -> Bool {
        self.liveCount(host) >= self.rack.consumers[host].requires
    }

    /// Whether `host` would stay powered if any one of its UPSes died.
    func isRedundant(_ host: Int) -> Bool {
        let live = self.graph.nodes[host].cables.filter(self.isLive)
        return self.graph.nodes[host].upses.allSatisfy { ups in
            live.count { $0.ups != ups } >= self.rack.consumers[host].requires
        }
    }

    /// Whether enough live feeds of `host` hang on a UPS for which `holds` says yes.
    func enoughFeeds(of host: Int, where holds: (UPSView) -> Bool) -> Bool {
        self.liveCount(host, where: holds) >= self.rack.consumers[host].requires
    }

    /// As ``enoughFeeds(of:where:)``, but outlets that are off count too: they are about to be switched on.
    func enoughUPSes(of host: Int, where holds: (Int) -> Bool) -> Bool {
        let good = self.graph.nodes[host].cables.count { $0.ups.map(holds) ?? false }
        return good >= self.rack.consumers[host].requires
    }

    func mayRun(_ host: Int) -> Bool {
        self.consumers[host].phase.mayRun
    }

    /// Whether enough feeds of `host` live; false for a name the rack does not have.
    public func isPowered(_ host: HostID) -> Bool {
        self.graph.consumer(host).map { self.isPowered($0) } ?? false
    }

    /// Whether `host` would stay powered if any one of its UPSes died; false for a name the rack does not have.
    public func isRedundant(_ host: HostID) -> Bool {
        self.graph.consumer(host).map { self.isRedundant($0) } ?? false
    }

    // MARK: Following the power

    /// Brings up to date since when each host is on battery, and notices those whose power has ended.
    mutating func derivePower(at now: Moment) {
        for ups in self.upses.indices { self.followSilent(ups, at: now) }
        for host in self.consumers.indices {
            self.settleFirstSight(of: host, at: now)
            let isOnBattery = !self.isOnMains(host)
            if isOnBattery != (self.consumers[host].onBatterySince != nil) {
                self.consumers[host].memory.battery.follow(
                    isOnBattery: isOnBattery, at: now, stable: self.settings.stable)
            }
            if !self.isPowered(host) { self.losePower(host, at: now) }
        }
        self.followTightness()
    }

    /// Whether mains feed `host`. What has no power is judged by the UPSes alone: its outlets are off because they were cut.
    private func isOnMains(_ host: Int) -> Bool {
        self.isPowered(host)
            ? self.enoughFeeds(of: host) { $0.isOnMains } : self.enoughUPSes(of: host) { self.upses[$0].isOnMains }
    }

    /// A UPS that fell silent on battery is reckoned down; at the modelled end its output counts as cut.
    private mutating func followSilent(_ ups: Int, at now: Moment) {
        guard self.lookingUntil == nil, self.upses[ups].isSilent, self.upses[ups].condition.supply == .battery,
            self.estimate(ups, at: now).runtime == .zero
        else { return }
        self.upses[ups].memory.condition.supply = .off
        self.outlook = nil
        self.record(.alarm, self.rack.upses[ups].id, .outputCut(self.rack.upses[ups].id))
    }

    private mutating func losePower(_ host: Int, at now: Moment) {
        guard self.lookingUntil == nil, self.consumers[host].isSeen, self.mayRun(host) else { return }
        if case .starting = self.consumers[host].phase { return }
        let consumer = self.rack.consumers[host]
        // With every outlet on it would have power: then somebody switched it off, and it is not ours to start. But what was
        // told to stop would have gone down anyway, and what was cut or is being cycled is to come back.
        let hasEnergy = self.enoughUPSes(of: host) { self.upses[$0].isLive }
        let isOurs =
            self.consumers[host].isFromOutage || self.consumers[host].memory.told != nil
            || self.consumers[host].memory.isCut
            || self.graph.nodes[host].outlets.contains { self.outlets[$0].task?.steps.last == .on }
        self.enter(
            .off(hasEnergy && !isOurs ? .unasked : .lostPower, since: now), host, because: .lostPower,
            level: consumer.isHost ? .alarm : .warning)
    }

    /// Settles from the first readings whether a host was off before anything happened.
    ///
    /// What is off while its UPSes are on battery counts as stopped for that outage, by a daemon without a journal before
    /// it was restarted or by the battery itself: it is started again. What is off on mains is its owner's business.
    private mutating func settleFirstSight(of host: Int, at now: Moment) {
        guard !self.consumers[host].isSeen else { return }
        let node = self.graph.nodes[host]
        guard !node.outlets.contains(where: { self.outlets[$0].isOld }),
            node.upses.allSatisfy({ self.upses[$0].memory.heard != nil })
        else { return }
        self.consumers[host].isSeen = true
        guard self.consumers[host].phase == .running, self.consumers[host].clients == 0, self.resumed == nil,
            node.cables.allSatisfy({ $0.outlet != nil })
        else { return }
        let isDark = !node.outlets.isEmpty && node.outlets.allSatisfy { self.outlets[$0].position == .off }
        guard isDark || self.isDown(host, since: nil) == true else { return }
        let isOutage = !self.enoughUPSes(of: host) { self.upses[$0].isOnMains }
        self.consumers[host].memory.phase = .off(isOutage ? .cut : .unasked, since: now)
    }

    /// What the watts of a host's outlets prove: true, it is off; false, it is not; nil, they prove nothing.
    ///
    /// Only readings after `moment` count, and only where every live feed is a measured outlet.
    func isDown(_ host: Int, since moment: Moment?) -> Bool? {
        guard let plan = self.stopPlan(host) else { return nil }
        var sum = Watts.zero
        for cable in self.graph.nodes[host].cables where self.isLive(cable) {
            guard let outlet = cable.outlet, let power = self.outlets[outlet].power(since: moment ?? .beforeAll) else {
                return nil
            }
            sum = sum + power
        }
        return sum < plan.offBelow
    }

    // MARK: A UPS that could not carry everything

    /// Warns, long before an outage, of a UPS that could not carry what moves to it when another one dies.
    private mutating func followTightness() {
        for ups in self.upses.indices where self.upses[ups].condition.supply == .mains {
            guard let rated = self.rack.upses[ups].rated, let sum = self.wholeLoad(of: ups) else { continue }
            let isTight = sum > rated
            guard isTight != self.upses[ups].isTight else { continue }
            self.upses[ups].isTight = isTight
            let id = self.rack.upses[ups].id
            if isTight { self.record(.warning, id, .tight(id, sum, rated: rated)) }
        }
    }

    /// What would hang on a UPS if it were the only one, nil where it is the only one of all that hangs on it.
    private func wholeLoad(of ups: Int) -> Watts? {
        var sum = Watts.zero
        var isShared = false
        for host in self.consumers.indices where self.graph.nodes[host].upses.contains(ups) && self.mayRun(host) {
            if self.graph.nodes[host].upses.count > 1 { isShared = true }
            guard let watts = self.wholeWatts(host) else { continue }
            sum = sum + watts
        }
        return isShared ? sum : nil
    }

    /// What a host draws over all of its feeds: measured where that is possible, else what the configuration says.
    func wholeWatts(_ host: Int) -> Watts? {
        var sum = Watts.zero
        for cable in self.graph.nodes[host].cables where self.isLive(cable) {
            guard let outlet = cable.outlet, !self.outlets[outlet].isOld, let power = self.outlets[outlet].power else {
                return self.rack.consumers[host].watts
            }
            sum = sum + power
        }
        return sum
    }
}

extension Moment {
    /// Earlier than everything that is measured.
    static let beforeAll = Moment(sinceOrigin: .seconds(-1_000_000_000))
}
