extension PolicyEngine {
    /// What is left in the battery of `ups` at `now`, in our own figures; nil for a name the rack does not have.
    public func estimate(of ups: DeviceID, at now: Moment) -> BatteryEstimate? {
        self.graph.ups(ups).map { self.estimate($0, at: now) }
    }

    func estimate(_ ups: Int, at now: Moment) -> BatteryEstimate {
        if let outlook, outlook.moment == now { return outlook.estimates[ups] }
        return self.upses[ups].estimate(
            of: self.rack.upses[ups], at: now, outlets: self.measuredWatts(behind: ups),
            configured: self.sharedWatts(behind: ups) { self.rack.consumers[$0].watts },
            typical: self.sharedWatts(behind: ups) { self.consumers[$0].memory.watts })
    }

    /// The sum of all outlets behind `ups`, nil unless every one that is on is measured and nothing else hangs on it.
    func measuredWatts(behind ups: Int) -> Watts? {
        guard !self.graph.nodes.contains(where: { $0.cables.contains { $0.ups == ups && $0.outlet == nil } }) else {
            return nil
        }
        var sum = Watts.zero
        for (socket, view) in zip(self.graph.sockets, self.outlets) where socket.ups == ups && view.position != .off {
            guard !view.isOld, let power = view.power else { return nil }
            sum = sum + power
        }
        return sum.value > 0 ? sum : nil
    }

    /// What running consumers draw from `ups` as far as `watts` knows them, nil where it does not know one of them.
    private func sharedWatts(behind ups: Int, _ watts: (Int) -> Watts?) -> Watts? {
        var sum = Watts.zero
        for host in self.consumers.indices where self.mayRun(host) {
            let live = self.graph.nodes[host].cables.filter(self.isLive)
            let here = live.count { $0.ups == ups }
            guard here > 0 else { continue }
            guard let whole = watts(host) else { return nil }
            sum = sum + Watts(whole.value * Double(here) / Double(live.count))
        }
        return sum.value > 0 ? sum : nil
    }

    // MARK: Looking ahead

    /// Reckons once what the decisions of one moment are made of.
    mutating func lookAhead(at now: Moment) -> PowerOutlook {
        if let outlook, outlook.moment == now { return outlook }
        let outlook = self.makeOutlook(at: now)
        self.outlook = outlook
        return outlook
    }

    func makeOutlook(at now: Moment) -> PowerOutlook {
        if let outlook, outlook.moment == now { return outlook }
        let estimates = self.upses.indices.map { self.estimate($0, at: now) }
        let batteries = zip(self.upses, estimates).map { view, estimate in
            PowerForecast.Battery(
                runtime: view.isOnMains ? nil : estimate.runtime, load: estimate.load, isLive: view.isLive)
        }
        let shares = self.consumers.indices.compactMap(self.share)
        return PowerOutlook(
            moment: now, estimates: estimates, forecast: PowerForecast(batteries: batteries, shares: shares),
            stopTimes: self.stopTimes())
    }

    /// What a dual-corded consumer draws from each of its UPSes, as measured or in equal parts of what is configured.
    private func share(of host: Int) -> [PowerForecast.Draw]? {
        guard self.graph.nodes[host].upses.count > 1 else { return nil }
        let live = self.graph.nodes[host].cables.filter(self.isLive)
        guard live.count > 1 else { return nil }
        return self.graph.nodes[host].upses.compactMap { ups in
            let here = live.filter { $0.ups == ups }
            let watts = here.reduce(Watts.zero) { $0 + self.watts(of: $1, host, among: live.count) }
            return here.isEmpty ? nil : PowerForecast.Draw(ups: ups, watts: watts)
        }
    }

    private func watts(of cable: RackGraph.Cable, _ host: Int, among count: Int) -> Watts {
        if let outlet = cable.outlet, let power = self.outlets[outlet].power { return power }
        return Watts((self.rack.consumers[host].watts?.value ?? 0) / Double(count))
    }

    /// The time until fewer of a host's feeds live than it requires; nil while no end is known.
    public func timeLeft(of host: HostID, at now: Moment) -> Duration? {
        self.graph.consumer(host).flatMap { self.timeLeft($0, self.makeOutlook(at: now)) }
    }

    func timeLeft(_ host: Int, _ outlook: PowerOutlook) -> Duration? {
        let requires = self.rack.consumers[host].requires
        // The feeds that end last come first; no end counts as later than every end.
        let ends = self.graph.nodes[host].cables.map { cable -> Duration? in
            guard self.isLive(cable), let ups = cable.ups else { return .zero }
            return outlook.forecast.ends[ups]
        }.sorted { first, second in
            guard let first else { return second != nil }
            return second.map { first > $0 } ?? false
        }
        return ends.indices.contains(requires - 1) ? ends[requires - 1] : .zero
    }

    /// The charge a host lives on: that of the best feeds, counted until as many are reached as it requires.
    func charge(_ host: Int, _ outlook: PowerOutlook) -> Percent? {
        let charges = self.graph.nodes[host].cables.filter(self.isLive).compactMap(\.ups)
            .compactMap { outlook.estimates[$0].charge }.sorted(by: >)
        let index = self.rack.consumers[host].requires - 1
        return charges.indices.contains(index) ? charges[index] : nil
    }

    /// Whether the battery of `ups` counts as low, by its own word or by ours; false for a name the rack does not have.
    public func isLow(_ ups: DeviceID, at now: Moment) -> Bool {
        self.graph.ups(ups).map { self.isLow($0, at: now) } ?? false
    }

    func isLow(_ ups: Int, at now: Moment) -> Bool {
        guard self.upses[ups].condition.supply == .battery else { return false }
        return self.estimate(ups, at: now).isLow(self.rack.upses[ups], self.upses[ups].condition)
    }

    // MARK: How long stopping takes

    /// How long it takes to stop `host` and, before it, everything that is stopped before it and is still up.
    ///
    /// Learnt times where there are enough, the configured time-outs until then.
    public func timeToStop(_ host: HostID) -> Duration {
        self.graph.consumer(host).map { self.stopTimes()[$0] } ?? .zero
    }

    func stopTimes() -> [Duration] {
        self.chainTimes { host in
            guard self.mayRun(host) else { return .zero }
            return self.typicalStop(host)
        }
    }

    /// How long `host` alone takes to stop, as a rule.
    func typicalStop(_ host: Int) -> Duration {
        guard let plan = self.stopPlan(host) else { return .zero }
        return self.consumers[host].memory.stopTimes.expected(or: plan.timeout)
    }

    /// The longest chain up to each host and load, with `time` for each of its links.
    func chainTimes(_ time: (Int) -> Duration) -> [Duration] {
        var times = Array(repeating: Duration.zero, count: self.consumers.count)
        for host in self.graph.stopOrder {
            let before = self.graph.nodes[host].stopsAfter.lazy.map { times[$0] }.max() ?? .zero
            times[host] = before + time(host)
        }
        return times
    }
}
