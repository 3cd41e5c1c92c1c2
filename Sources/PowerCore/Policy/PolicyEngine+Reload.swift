extension PolicyEngine {
    /// Why another rack or other settings must not be taken now, as a sentence that names what is going on; or nil.
    ///
    /// What is on its way down or being started is followed by the rules it began with: a need taken out in the middle
    /// of a shutdown could cut something that still runs.
    public func refusal(ofTaking rack: Rack, _ settings: PolicySettings) -> OrderRefusal? {
        guard rack != self.rack || settings != self.settings else { return nil }
        if let host = self.order.first(where: { self.consumers[$0]?.phase.isGoingDown == true }) {
            let word = self.consumers[host]?.phase.word ?? ""
            return OrderRefusal("a shutdown is in progress: \(host) is \(word); try again when it is over")
        }
        let changed = self.order.filter { self.isMoved($0, in: rack) }
        if let host = changed.first(where: self.isInBetween) {
            let word = self.consumers[host]?.phase.word ?? ""
            return OrderRefusal("\(host) is \(word), and cannot be removed or fed otherwise now; try again later")
        }
        let upses = Set(rack.upses.map(\.id))
        if let forced = self.rack.upses.map(\.id).first(where: { self.isForced($0) && !upses.contains($0) }) {
            return OrderRefusal("a shutdown of \(forced) is forced, so that it cannot be removed; try again later")
        }
        let pdus = Set(rack.pdus.map(\.id))
        let switching = self.rack.pdus.map(\.id).first { self.isSwitching($0) && !pdus.contains($0) }
        return switching.map { OrderRefusal("an outlet of \($0) is being switched; try again when that is done") }
    }

    /// Whether an outlet of `pdu` has an order in flight.
    public func isSwitching(_ pdu: DeviceID) -> Bool {
        self.outlets.contains { $0.key.pdu == pdu && $0.value.task != nil }
    }

    /// Goes on with another rack or other settings, and says what to do about it.
    ///
    /// What is in both racks keeps all that is known of it: phases, clients, forced shutdowns, orders in flight. The
    /// caller has asked ``refusal(ofTaking:_:)``.
    public mutating func take(_ rack: Rack, _ settings: PolicySettings, at now: Moment) -> [PolicyAction] {
        var next = PolicyEngine(rack: rack, settings: settings)
        for ups in rack.upses {
            guard var view = self.upses[ups.id] else { continue }
            view.rack = ups
            next.upses[ups.id] = view
        }
        for consumer in rack.consumers {
            guard var view = self.consumers[consumer.id], view.rack.isHost == consumer.isHost else { continue }
            view.rack = consumer
            next.consumers[consumer.id] = view
        }
        let pdus = Set(rack.pdus.map(\.id))
        for (outlet, view) in self.outlets where pdus.contains(outlet.pdu) { next.outlets[outlet] = view }
        next.lastSwitched = self.lastSwitched.filter { pdus.contains($0.key) }
        next.nextOrder = self.nextOrder
        next.wakeAsked = self.wakeAsked
        self = next
        return self.decide(at: now)
    }

    /// Whether the outlets of `host` are about to be switched.
    private func isInBetween(_ host: HostID) -> Bool {
        guard let view = self.consumers[host], self.canStart(view) else { return false }
        switch view.phase {
        case .stopped, .starting: return true
        case .running, .waiting, .asked, .stopping, .off, .failedToStart: return false
        }
    }

    /// Whether `host` is not in `rack`, or gets its power otherwise there.
    private func isMoved(_ host: HostID, in rack: Rack) -> Bool {
        guard let old = self.consumers[host]?.rack, let new = rack.consumers.first(where: { $0.id == host }) else {
            return true
        }
        return old.isHost != new.isHost || old.feeds != new.feeds || old.requires != new.requires
    }
}

extension HostPhase {
    /// Whether it is meant to stop and is not known to be down.
    fileprivate var isGoingDown: Bool {
        switch self {
        case .waiting, .asked, .stopping: true
        case .running, .stopped, .off, .starting, .failedToStart: false
        }
    }
}
