extension PolicyEngine {
    /// What stands with `host` and what comes next, in sentences; empty for a name the rack does not have.
    ///
    /// The figures are those the engine decides by, at `now`.
    public func explanation(of host: HostID, at now: Moment) -> [String] {
        self.graph.consumer(host).map { self.explanation(of: $0, self.makeOutlook(at: now), at: now) } ?? []
    }

    func explanation(of host: Int, _ outlook: PowerOutlook, at now: Moment) -> [String] {
        let first = [self.phaseSentence(host, at: now), self.powerSentence(host)]
        return first + self.deafSentence(host) + self.lookingSentence(at: now) + self.next(host, outlook, at: now)
    }

    /// A host that nobody listens for can only be cut when its time has run out.
    private func deafSentence(_ host: Int) -> [String] {
        let view = self.consumers[host]
        guard let plan = self.stopPlan(host), plan.ways.allSatisfy({ $0 == .nut }), view.phase.mayRun, view.clients == 0
        else { return [] }
        if case .starting = view.phase { return [] }
        if case .stopping = view.phase { return [] }
        return ["No NUT client is logged in for it: nobody would hear that it is to stop."]
    }

    private func lookingSentence(at now: Moment) -> [String] {
        guard let end = self.lookingUntil else { return [] }
        return [
            "The daemon was restarted and looks at the rack first: nothing is begun for "
                + "\(max(.zero, end - now).inWords) at most."
        ]
    }

    // MARK: What is

    private func phaseSentence(_ host: Int, at now: Moment) -> String {
        let view = self.consumers[host]
        let name = self.name(host)
        switch view.phase {
        case .running:
            guard let since = view.onBatterySince else { return "\(name) runs, and nothing is intended with it." }
            return "\(name) runs on battery for \((now - since).inWords)\(self.earlierCuts(host, since, at: now))."
        case .waiting(_, let why):
            let first = self.graph.nodes[host].stopsAfter.filter(self.mayRun).map { self.name($0).name }
            let turn = first.isEmpty ? "its turn comes next" : "first stop \(first.joined(separator: ", "))"
            return "\(name) is to stop: \(why.sentence); \(turn)."
        case .asked(let since, let deadline):
            return "\(name) was told to stop \((now - since).inWords) ago\(self.askWords(host)); it has not begun yet. "
                + "It counts as stopped by timeout in \((deadline - now).inWords)."
        case .stopping(let since, let deadline):
            return "\(name) is going down for \((now - since).inWords). "
                + "Without a proof that it is down, its time runs out in \((deadline - now).inWords)."
        case .stopped(let witness, let since):
            return "\(name) is down for \((now - since).inWords): \(witness.sentence)."
        case .off(let cause, let since):
            return "\(name) is off for \((now - since).inWords): \(cause.sentence)."
        case .starting(let round, let since, let deadline):
            return "\(name) is being started for \((now - since).inWords)\(self.startWords(host)), attempt \(round) of "
                + "\(Self.startRounds); it must be seen up within \((deadline - now).inWords)."
        case .failedToStart(let since):
            return "\(name) did not come up in \(Self.startRounds) attempts, the last of which ended "
                + "\((now - since).inWords) ago; a person must look."
        }
    }

    /// Cuts that came shortly before count as well.
    private func earlierCuts(_ host: Int, _ since: Moment, at now: Moment) -> String {
        let counted = self.consumers[host].memory.battery.counted(at: now)
        return counted > now - since ? ", which counts as \(counted.inWords) with the cuts before it" : ""
    }

    private func askWords(_ host: Int) -> String {
        guard let plan = self.stopPlan(host), plan.ways != [.nut], let attempt = self.consumers[host].memory.ask,
            plan.ways.indices.contains(attempt.index)
        else { return "" }
        return ", at present by \(plan.ways[attempt.index].inWords)"
    }

    private func startWords(_ host: Int) -> String {
        let methods = self.rack.consumers[host].start.methods
        guard let attempt = self.consumers[host].memory.start, methods.indices.contains(attempt.index) else {
            return self.rack.consumers[host].isHost ? ", by itself since its power is back" : ""
        }
        return methods == [.outlet] ? "" : ", at present by \(methods[attempt.index].inWords)"
    }

    private func powerSentence(_ host: Int) -> String {
        let consumer = self.rack.consumers[host]
        let feeds = zip(consumer.feeds, self.graph.nodes[host].cables).map { feed, cable -> String in
            let view = cable.ups.map { self.upses[$0] }
            let supply = view.map { $0.isSilent ? "silent" : $0.condition.supply.word } ?? "unknown"
            let ups = cable.ups.map { self.rack.upses[$0].id }
            let behind = ups.map { feed == .ups($0) ? supply : "\($0) \(supply)" } ?? supply
            return "\(feed) (\(self.isLive(cable) ? behind : "\(behind), no power"))"
        }
        let redundancy = self.isRedundant(host) ? "redundant" : "not redundant"
        return "It is fed by \(feeds.joined(separator: " and ")), needs \(consumer.requires), \(redundancy)."
    }

    // MARK: What comes next

    /// What will happen if nothing changes.
    private func next(_ host: Int, _ outlook: PowerOutlook, at now: Moment) -> [String] {
        switch self.consumers[host].phase {
        case .running, .waiting:
            guard self.consumers[host].onBatterySince != nil else { return [] }
            return self.energySentences(host, outlook) + self.triggerSentences(host, outlook, at: now)
                + self.lowSentence(host, outlook)
        case .asked, .stopping:
            return self.witnessSentence(host)
        case .stopped, .off(.cut, _), .off(.lostPower, _):
            return self.cutSentence(host, at: now) + [self.startSentence(host, at: now)]
        case .off(.unasked, _), .starting, .failedToStart:
            return []
        }
    }

    private func energySentences(_ host: Int, _ outlook: PowerOutlook) -> [String] {
        let live = self.graph.nodes[host].upses.filter { ups in
            self.graph.nodes[host].cables.contains { $0.ups == ups && self.isLive($0) }
        }
        return live.map { ups in
            let estimate = outlook.estimates[ups]
            let energy = estimate.energy?.inWords ?? "an unknown energy"
            let load = estimate.load?.inWords ?? "an unknown load"
            let known = estimate.load == nil ? "" : " \(estimate.source.inWords)"
            let time = estimate.runtime.map { " = \($0.inWords), \(Self.trust(estimate))" } ?? ""
            return "\(self.rack.upses[ups].id) has \(energy) above its cut-off (\(estimate.cutOff.inWords)) at "
                + "\(load)\(known)\(time)."
        }
    }

    /// How far a runtime can be relied upon, and why not further.
    private static func trust(_ estimate: BatteryEstimate) -> String {
        let doubts = estimate.doubts.map(\.inWords).joined(separator: ", ")
        return doubts.isEmpty ? estimate.confidence.inWords : "\(estimate.confidence.inWords): \(doubts)"
    }

    private func triggerSentences(_ host: Int, _ outlook: PowerOutlook, at now: Moment) -> [String] {
        guard self.consumers[host].phase == .running else { return [] }
        let counted = self.consumers[host].memory.battery.counted(at: now)
        return self.triggers(of: host).compactMap { self.sentence(for: $0, host, counted, outlook) }
    }

    private func sentence(
        for trigger: Trigger, _ host: Int, _ counted: Duration, _ outlook: PowerOutlook
    ) -> String? {
        // No trigger counts before a cut has outlasted the debounce.
        let earliest = max(.zero, self.settings.debounce - counted)
        switch trigger {
        case .onBattery(let limit):
            return "It stops in \(max(limit - counted, earliest).inWords): after \(limit.inWords) on battery."
        case .charge(let limit):
            guard let charge = self.charge(host, outlook) else { return nil }
            return "It stops when the charge, now \(charge.inWords), falls to \(limit.inWords)."
        case .runtime(let limit):
            guard let left = self.timeLeft(host, outlook) else { return nil }
            return
                "It stops in \(max(left - limit, earliest).inWords): when \(limit.inWords) of \(left.inWords) of power "
                + "are left."
        case .lastSafeMoment:
            let needed = outlook.stopTimes[host] * self.settings.margin
            guard let left = self.timeLeft(host, outlook) else { return nil }
            return
                "It stops in \(max(left - needed, earliest).inWords) at the latest: \(left.inWords) of power are left, "
                + "and stopping in order may take \(needed.inWords)."
        }
    }

    /// A battery that is low stops a host whatever its triggers say.
    private func lowSentence(_ host: Int, _ outlook: PowerOutlook) -> [String] {
        guard self.consumers[host].phase == .running else { return [] }
        let limits = self.graph.nodes[host].upses.filter { self.upses[$0].condition.supply == .battery }.map { ups in
            let low = Percent(outlook.estimates[ups].cutOff.value + self.rack.upses[ups].lowMargin.value)
            return "\(self.rack.upses[ups].id) at \(low.inWords)"
        }
        guard !limits.isEmpty else { return [] }
        return [
            "Whatever comes first, it stops when its battery is low: \(limits.joined(separator: " and ")), "
                + "or with less than \(BatteryEstimate.lowRuntime.inWords) left."
        ]
    }

    /// What would prove that it is down.
    private func witnessSentence(_ host: Int) -> [String] {
        guard let plan = self.stopPlan(host) else { return [] }
        if self.isDown(host, since: nil) != nil {
            return ["It counts as down when its outlets draw less than \(plan.offBelow.inWords)."]
        }
        let off = "\(self.timeToBeOff(host, plan).inWords) after its client has logged out"
        guard self.rack.consumers[host].isProbed else { return ["It counts as down \(off)."] }
        return ["It counts as down when it has not answered for \(Self.unreachableFor.inWords), or \(off)."]
    }

    /// When its outlets are cut, where they still have power.
    private func cutSentence(_ host: Int, at now: Moment) -> [String] {
        let live = self.graph.nodes[host].outlets.filter { self.outlets[$0].position != .off }
        guard case .stopped(_, let since) = self.consumers[host].phase, !live.isEmpty else { return [] }
        guard live.allSatisfy(self.mayBeCut) else { return ["Its outlets are not cut: they are protected or shared."] }
        let rest = self.settings.settle - (now - since)
        return ["Its outlets are cut \(rest > .zero ? "in \(rest.inWords)" : "now")."]
    }

    private func startSentence(_ host: Int, at now: Moment) -> String {
        guard self.firstMethod(host, from: 0) != nil else {
            return "Nothing here can start it: it counts as up when its client logs in."
        }
        guard self.isStable(host, at: now) else {
            return "It is started when its mains have been back for \(self.settings.stable.inWords)."
        }
        let missing = self.missing(for: host).map { self.name($0).name }
        guard missing.isEmpty else {
            return "It is started when \(missing.joined(separator: " and ")) \(missing.count == 1 ? "is" : "are") up."
        }
        let lacking = self.graph.nodes[host].upses.compactMap { ups in
            self.missingEnergy(of: ups, at: now).map { "\(self.rack.upses[ups].id) \($0.inWords)" }
        }
        let enough = self.enoughUPSes(of: host) { self.missingEnergy(of: $0, at: now) == nil }
        guard enough else {
            return "It is started when its batteries hold the energy for one more full stop: "
                + lacking.joined(separator: "; ") + "."
        }
        return "Its start turn has come."
    }
}

extension EnergyGate {
    /// What is there and what is needed.
    var inWords: String {
        switch self {
        case .charge(let charge, let needed): "is at \(charge.inWords), \(needed.inWords) are needed"
        case .time(let lasts, let needed): "would last \(lasts.inWords) at full load, \(needed.inWords) are needed"
        }
    }
}

extension OffCause {
    /// The cause as a sentence without a full stop.
    public var sentence: String {
        switch self {
        case .cut: "its outlets were cut after it had stopped"
        case .lostPower: "its power ended while it may have been running"
        case .unasked: "nobody asked it to, so it is left alone"
        }
    }
}

extension UPSCondition.Supply {
    /// The supply for people.
    public var word: String {
        switch self {
        case .unknown: "not heard yet"
        case .mains: "on mains"
        case .battery: "on battery"
        case .off: "output cut"
        }
    }
}
