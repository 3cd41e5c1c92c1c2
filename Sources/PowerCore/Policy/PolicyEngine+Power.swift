extension PolicyEngine {
    // MARK: What is derived from the graph

    /// The UPS a feed hangs on in the end.
    func ups(of feed: Feed) -> DeviceID? {
        switch feed {
        case .ups(let ups): ups
        case .outlet(let outlet): self.feedOfPDU[outlet.pdu]
        }
    }

    /// Whether a feed is not switched off and its UPS gives power. An outlet never read counts as on.
    func isLive(_ feed: Feed) -> Bool {
        guard let ups = self.ups(of: feed), self.upses[ups]?.isLive == true else { return false }
        guard case .outlet(let outlet) = feed else { return true }
        return self.outlets[outlet]?.position != .off
    }

    func liveFeeds(of host: HostID) -> [Feed] {
        self.consumers[host]?.rack.feeds.filter(self.isLive) ?? []
    }

    /// Whether enough feeds of `host` live.
    public func isPowered(_ host: HostID) -> Bool {
        self.liveFeeds(of: host).count >= self.consumers[host]?.rack.requires ?? 1
    }

    /// Whether `host` would stay powered if any one of its feeds died.
    public func isRedundant(_ host: HostID) -> Bool {
        let upses = Set(self.liveFeeds(of: host).compactMap(self.ups))
        return upses.count > self.consumers[host]?.rack.requires ?? 1
    }

    /// Whether enough live feeds of `host` hang on a UPS for which `holds` says yes.
    func enoughFeeds(of host: HostID, where holds: (UPSView) -> Bool) -> Bool {
        let good = self.liveFeeds(of: host).filter { self.ups(of: $0).flatMap { self.upses[$0] }.map(holds) ?? false }
        return good.count >= self.consumers[host]?.rack.requires ?? 1
    }

    // MARK: Energy

    /// What is left in the battery of `ups` at `now`, in our own figures; nil for a name the rack does not have.
    public func estimate(of ups: DeviceID, at now: Moment) -> BatteryEstimate? {
        if let outlook, outlook.moment == now { return outlook.estimates[ups] }
        guard let view = self.upses[ups] else { return nil }
        return view.estimate(
            at: now, outlets: self.measuredWatts(behind: ups), configured: self.configuredWatts(behind: ups))
    }

    /// The sum of all outlets behind `ups`, nil unless every one that is on is measured and nothing else hangs on it.
    private func measuredWatts(behind ups: DeviceID) -> Watts? {
        guard !self.rack.consumers.contains(where: { $0.feeds.contains(.ups(ups)) }) else { return nil }
        var sum = Watts.zero
        for (outlet, view) in self.outlets where self.feedOfPDU[outlet.pdu] == ups && view.position != .off {
            guard !view.isOld, let power = view.power else { return nil }
            sum = sum + power
        }
        return sum.value > 0 ? sum : nil
    }

    /// What the configuration says of the consumers behind `ups`, nil where it says nothing of one of them.
    private func configuredWatts(behind ups: DeviceID) -> Watts? {
        var sum = Watts.zero
        for consumer in self.rack.consumers where self.mayRun(consumer.id) {
            let live = self.liveFeeds(of: consumer.id)
            let here = live.filter { self.ups(of: $0) == ups }
            guard !here.isEmpty else { continue }
            guard let watts = consumer.watts else { return nil }
            sum = sum + Watts(watts.value * Double(here.count) / Double(live.count))
        }
        return sum.value > 0 ? sum : nil
    }

    func mayRun(_ host: HostID) -> Bool {
        self.consumers[host]?.phase.mayRun ?? false
    }

    /// Looks ahead: how long each UPS lasts, with loads moving to the UPSes that remain.
    func forecast(at now: Moment) -> PowerForecast {
        if let outlook, outlook.moment == now { return outlook.forecast }
        return self.makeForecast(at: now)
    }

    /// Reckons once what the decisions of one moment are made of.
    func makeOutlook(at now: Moment) -> PowerOutlook {
        var estimates: [DeviceID: BatteryEstimate] = [:]
        for ups in self.rack.upses.map(\.id) { estimates[ups] = self.estimate(of: ups, at: now) }
        return PowerOutlook(moment: now, estimates: estimates, forecast: self.makeForecast(at: now))
    }

    private func makeForecast(at now: Moment) -> PowerForecast {
        let batteries = self.rack.upses.map { ups -> PowerForecast.Battery in
            guard let view = self.upses[ups.id], let estimate = self.estimate(of: ups.id, at: now) else {
                return PowerForecast.Battery(id: ups.id, runtime: nil, load: nil, isLive: false)
            }
            return PowerForecast.Battery(
                id: ups.id, runtime: view.isOnMains ? nil : estimate.runtime, load: estimate.load, isLive: view.isLive)
        }
        return PowerForecast(batteries: batteries, shares: self.rack.consumers.compactMap(self.share))
    }

    /// What a dual-corded consumer draws from each of its UPSes, as measured or in equal parts of what is configured.
    private func share(of consumer: Consumer) -> PowerForecast.Share? {
        let live = self.liveFeeds(of: consumer.id)
        guard live.count > 1 else { return nil }
        var watts: [DeviceID: Watts] = [:]
        for feed in live {
            guard let ups = self.ups(of: feed) else { continue }
            watts[ups, default: 0] = watts[ups, default: 0] + self.watts(of: feed, consumer, among: live.count)
        }
        return PowerForecast.Share(watts: watts)
    }

    private func watts(of feed: Feed, _ consumer: Consumer, among count: Int) -> Watts {
        if case .outlet(let outlet) = feed, let power = self.outlets[outlet]?.power { return power }
        return Watts((consumer.watts?.value ?? 0) / Double(count))
    }

    /// The time until fewer of a host's feeds live than it requires; nil while no end is known.
    public func timeLeft(of host: HostID, at now: Moment) -> Duration? {
        self.timeLeft(of: host, self.forecast(at: now))
    }

    func timeLeft(of host: HostID, _ forecast: PowerForecast) -> Duration? {
        guard let consumer = self.consumers[host]?.rack else { return nil }
        let ends = consumer.feeds.map { feed -> Duration? in
            guard self.isLive(feed), let ups = self.ups(of: feed) else { return .zero }
            return forecast.end(of: ups)
        }
        // The feeds that end last come first; no end counts as later than every end.
        let sorted = ends.sorted { first, second in
            guard let first else { return second != nil }
            return second.map { first > $0 } ?? false
        }
        guard sorted.indices.contains(consumer.requires - 1) else { return .zero }
        return sorted[consumer.requires - 1]
    }

    /// The charge a host lives on: that of the best feeds, counted until as many are reached as it requires.
    func charge(of host: HostID, at now: Moment) -> Percent? {
        guard let consumer = self.consumers[host]?.rack else { return nil }
        let charges = self.liveFeeds(of: host).compactMap { self.ups(of: $0) }
            .compactMap { self.estimate(of: $0, at: now)?.charge }.sorted(by: >)
        return charges.indices.contains(consumer.requires - 1) ? charges[consumer.requires - 1] : nil
    }

    /// Whether the battery of `ups` is low: it says so, or its charge is within the margin above the cut-off.
    ///
    /// An EcoFlow never says so (River 3 Plus, every firmware seen): the rule is ours.
    public func isLow(_ ups: DeviceID, at now: Moment) -> Bool {
        guard let view = self.upses[ups], view.condition.supply == .battery else { return false }
        guard let estimate = self.estimate(of: ups, at: now), let charge = estimate.charge else {
            return view.condition.saysLow
        }
        return view.condition.saysLow || charge.value <= estimate.cutOff.value + view.rack.lowMargin.value
    }

    // MARK: Following the power

    /// Brings up to date since when each host is on battery, and notices those whose power has ended.
    mutating func derivePower(at now: Moment) {
        for ups in self.rack.upses.map(\.id) { self.followSilent(ups, at: now) }
        for host in self.order {
            self.settleFirstSight(of: host, at: now)
            // What has no power is judged by the UPSes alone: its outlets are off because they were cut.
            let onMains =
                self.isPowered(host)
                ? self.enoughFeeds(of: host) { $0.isOnMains } : self.enoughUPSes(of: host) { $0.isOnMains }
            if onMains {
                self.consumers[host]?.onBatterySince = nil
            } else if self.consumers[host]?.onBatterySince == nil {
                self.consumers[host]?.onBatterySince = now
            }
            if !self.isPowered(host) { self.losePower(host, at: now) }
        }
    }

    /// A UPS that fell silent on battery is reckoned down; at the modelled end its output counts as cut.
    private mutating func followSilent(_ ups: DeviceID, at now: Moment) {
        guard let view = self.upses[ups], view.isSilent, view.condition.supply == .battery,
            let estimate = self.estimate(of: ups, at: now), estimate.runtime == .zero
        else { return }
        self.upses[ups]?.condition.supply = .off
        self.outlook = nil
        self.record(.alarm, ups, .outputCut(ups))
    }

    private mutating func losePower(_ host: HostID, at now: Moment) {
        guard let view = self.consumers[host], view.isSeen, view.phase.mayRun else { return }
        if case .starting = view.phase { return }
        let consumer = view.rack
        // With every outlet on it would have power: then somebody switched it off, and it is not ours to start.
        let hasEnergy = consumer.feeds.count { self.ups(of: $0).flatMap { self.upses[$0] }?.isLive == true }
        let cause: OffCause = hasEnergy >= consumer.requires ? .unasked : .lostPower
        self.enter(.off(cause, since: now), host, because: .lostPower, level: consumer.isHost ? .alarm : .warning)
    }

    /// Settles from the first readings whether a host was off before anything happened.
    ///
    /// What is off while its UPSes are on battery counts as stopped for that outage, by this daemon before it was
    /// restarted or by the battery itself: it is started again. What is off on mains is its owner's business.
    private mutating func settleFirstSight(of host: HostID, at now: Moment) {
        guard let view = self.consumers[host], !view.isSeen else { return }
        let outlets = view.rack.outlets.compactMap { self.outlets[$0] }
        let upses = view.rack.feeds.compactMap(self.ups).compactMap { self.upses[$0] }
        guard !outlets.contains(where: \.isOld), upses.allSatisfy({ $0.heard != nil }) else { return }
        self.consumers[host]?.isSeen = true
        guard view.phase == .running, view.clients == 0, view.rack.feeds.count == outlets.count else { return }
        let isDark = !outlets.isEmpty && outlets.allSatisfy { $0.position == .off }
        guard isDark || self.isDown(host, since: nil) == true else { return }
        let isOutage = !self.enoughUPSes(of: host) { $0.isOnMains }
        let cause: OffCause = isOutage ? (isDark ? .cut : .lostPower) : .unasked
        self.consumers[host]?.phase = .off(cause, since: now)
    }

    /// What the watts of a host's outlets prove: true, it is off; false, it is not; nil, they prove nothing.
    ///
    /// Only readings after `moment` count, and only where every live feed is a measured outlet.
    func isDown(_ host: HostID, since moment: Moment?) -> Bool? {
        guard let view = self.consumers[host], view.rack.isHost else { return nil }
        var sum = Watts.zero
        for feed in self.liveFeeds(of: host) {
            guard case .outlet(let outlet) = feed,
                let power = self.outlets[outlet]?.power(since: moment ?? .beforeAll)
            else { return nil }
            sum = sum + power
        }
        return sum < view.offBelow
    }
}

extension Moment {
    /// Earlier than everything that is measured.
    static let beforeAll = Moment(sinceOrigin: .seconds(-1_000_000_000))
}
