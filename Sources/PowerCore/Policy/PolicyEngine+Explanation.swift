extension PolicyEngine {
    /// What stands with `host` and what comes next, in sentences; empty for a name the rack does not have.
    ///
    /// The figures are those the engine decides by, at `now`.
    public func explanation(of host: HostID, at now: Moment) -> [String] {
        guard let view = self.consumers[host] else { return [] }
        return [self.phaseSentence(view, at: now), self.powerSentence(view)] + self.deafSentence(view)
            + self.outlook(view, at: now)
    }

    /// A host that nobody listens for can only be cut when its time has run out.
    private func deafSentence(_ view: ConsumerView) -> [String] {
        guard view.rack.isHost, view.phase.mayRun, view.clients == 0 else { return [] }
        if case .starting = view.phase { return [] }
        if case .stopping = view.phase { return [] }
        return ["No NUT client is logged in for it: nobody would hear that it is to stop."]
    }

    private func phaseSentence(_ view: ConsumerView, at now: Moment) -> String {
        let name = view.rack.id
        switch view.phase {
        case .running:
            guard let since = view.onBatterySince else { return "\(name) runs, and nothing is intended with it." }
            return "\(name) runs on battery for \((now - since).inWords)."
        case .waiting(_, let why):
            let first = (self.dependents[name] ?? []).filter(self.mayRun).map(\.name)
            let turn = first.isEmpty ? "its turn comes next" : "first stop \(first.joined(separator: ", "))"
            return "\(name) is to stop: \(why.sentence); \(turn)."
        case .asked(let since, let deadline):
            return "\(name) was told to stop \((now - since).inWords) ago; its client has not left yet. "
                + "It counts as stopped by timeout in \((deadline - now).inWords)."
        case .stopping(let since, let deadline):
            return "\(name) is going down: its client left \((now - since).inWords) ago. "
                + "Without a proof that it is down, its time runs out in \((deadline - now).inWords)."
        case .stopped(let witness, let since):
            return "\(name) is down for \((now - since).inWords): \(witness.sentence)."
        case .off(let cause, let since):
            return "\(name) is off for \((now - since).inWords): \(cause.sentence)."
        case .starting(let round, let since, let deadline):
            return "\(name) is being started for \((now - since).inWords), attempt \(round) of \(Self.startRounds); "
                + "it must be seen up within \((deadline - now).inWords)."
        case .failedToStart:
            return "\(name) did not come up in \(Self.startRounds) attempts; a person must look."
        }
    }

    private func powerSentence(_ view: ConsumerView) -> String {
        let feeds = view.rack.feeds.map { feed -> String in
            let ups = self.ups(of: feed)
            let supply =
                ups.flatMap { self.upses[$0] }.map { $0.isSilent ? "silent" : $0.condition.supply.word } ?? "unknown"
            let behind = ups.map { feed == .ups($0) ? supply : "\($0) \(supply)" } ?? supply
            return "\(feed) (\(self.isLive(feed) ? behind : "\(behind), no power"))"
        }
        let redundancy = self.isRedundant(view.rack.id) ? "redundant" : "not redundant"
        return "It is fed by \(feeds.joined(separator: " and ")), needs \(view.rack.requires), \(redundancy)."
    }

    /// What will happen if nothing changes.
    private func outlook(_ view: ConsumerView, at now: Moment) -> [String] {
        switch view.phase {
        case .running, .waiting:
            guard view.onBatterySince != nil else { return [] }
            return self.energySentences(view, at: now) + self.triggerSentences(view, at: now)
        case .stopped, .off(.cut, _), .off(.lostPower, _):
            return [self.startSentence(view, at: now)]
        case .asked, .stopping, .off, .starting, .failedToStart:
            return []
        }
    }

    private func energySentences(_ view: ConsumerView, at now: Moment) -> [String] {
        Set(self.liveFeeds(of: view.rack.id).compactMap(self.ups)).sorted().compactMap { ups in
            guard let estimate = self.estimate(of: ups, at: now) else { return nil }
            let energy = estimate.energy?.inWords ?? "an unknown energy"
            let load = estimate.load?.inWords ?? "an unknown load"
            let time = estimate.runtime.map { " = \($0.inWords)" } ?? ""
            return "\(ups) has \(energy) above its cut-off (\(estimate.cutOff.inWords)) at \(load)\(time)."
        }
    }

    private func triggerSentences(_ view: ConsumerView, at now: Moment) -> [String] {
        guard case .running = view.phase, let since = view.onBatterySince else { return [] }
        let host = view.rack.id
        return self.triggers(of: view).compactMap { trigger in
            switch trigger {
            case .onBattery(let limit):
                return "It stops in \((limit - (now - since)).inWords): after \(limit.inWords) on battery."
            case .charge(let limit):
                guard let charge = self.charge(of: host, at: now) else { return nil }
                return "It stops when the charge, now \(charge.inWords), falls to \(limit.inWords)."
            case .runtime(let limit):
                guard let left = self.timeLeft(of: host, at: now) else { return nil }
                return
                    "It stops in \((left - limit).inWords): when \(limit.inWords) of \(left.inWords) of power are left."
            case .lastSafeMoment:
                let needed = self.timeToStop(host) * self.settings.margin
                guard let left = self.timeLeft(of: host, at: now) else { return nil }
                return "It stops in \((left - needed).inWords) at the latest: \(left.inWords) of power are left, and "
                    + "stopping in order may take \(needed.inWords)."
            }
        }
    }

    private func startSentence(_ view: ConsumerView, at now: Moment) -> String {
        guard self.canStart(view) else {
            return "Nothing here can start it: it counts as up when its client logs in."
        }
        guard self.isStable(view.rack.id, at: now) else {
            return "It is started when its mains have been back for \(self.settings.stable.inWords)."
        }
        let missing = view.rack.needs.filter { self.consumers[$0]?.phase != .running }.map(\.name)
        guard missing.isEmpty else {
            return "It is started when \(missing.joined(separator: " and ")) \(missing.count == 1 ? "is" : "are") up."
        }
        guard self.mayStart(view.rack.id, at: now) else {
            return "It is started when its batteries hold the energy for one more full stop."
        }
        return "Its start turn has come."
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
