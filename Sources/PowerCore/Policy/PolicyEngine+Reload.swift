extension PolicyEngine {
    /// Why another rack or other settings must not be taken now, as a sentence that names what is going on; or nil.
    ///
    /// What is on its way down or being started is followed by the rules it began with: a need taken out in the middle
    /// of a shutdown could cut something that still runs.
    public func refusal(ofTaking rack: Rack, _ settings: PolicySettings) -> OrderRefusal? {
        guard rack != self.rack || settings != self.settings else { return nil }
        if let host = self.consumers.indices.first(where: { self.consumers[$0].phase.isGoingDown }) {
            let word = self.consumers[host].phase.word
            return OrderRefusal("a shutdown is in progress: \(self.name(host)) is \(word); try again when it is over")
        }
        let changed = self.consumers.indices.filter { self.isMoved($0, in: rack) }
        if let host = changed.first(where: self.isInBetween) {
            let word = self.consumers[host].phase.word
            return OrderRefusal(
                "\(self.name(host)) is \(word), and cannot be removed or fed otherwise now; try again later")
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
        self.graph.pdu(pdu).map { self.graph.socketsOfPDU[$0].contains { self.outlets[$0].task != nil } } ?? false
    }

    /// Goes on with another rack or other settings, and says what to do about it.
    ///
    /// What is in both racks keeps all that is known of it: phases, clients, forced shutdowns, orders in flight. The
    /// caller has asked ``refusal(ofTaking:_:)``.
    public mutating func take(_ rack: Rack, _ settings: PolicySettings, at now: Moment) -> [PolicyAction] {
        var next = PolicyEngine(rack: rack, settings: settings)
        for (index, ups) in rack.upses.enumerated() {
            if let old = self.graph.ups(ups.id) { next.upses[index] = self.upses[old] }
        }
        for (index, consumer) in rack.consumers.enumerated() {
            guard let old = self.graph.consumer(consumer.id), self.rack.consumers[old].isHost == consumer.isHost else {
                continue
            }
            next.consumers[index] = self.consumers[old].fitting(consumer)
            next.written[index] = self.written[old]
        }
        for (index, pdu) in rack.pdus.enumerated() {
            next.lastSwitched[index] = self.graph.pdu(pdu.id).flatMap { self.lastSwitched[$0] }
        }
        for (socket, view) in zip(self.graph.sockets, self.outlets) {
            guard let index = next.graph.learn(socket.id) else { continue }
            if index == next.outlets.count { next.outlets.append(OutletView()) }
            next.outlets[index] = view
        }
        next.nextOrder = self.nextOrder
        next.hostOrders = self.hostOrders
        next.wakeAsked = self.wakeAsked
        (next.lookingUntil, next.resumed) = (self.lookingUntil, self.resumed)
        self = next
        return self.decide(at: now)
    }

    /// Whether the outlets of `host` are about to be switched.
    private func isInBetween(_ host: Int) -> Bool {
        guard self.firstMethod(host, from: 0) != nil else { return false }
        switch self.consumers[host].phase {
        case .stopped, .starting: return true
        case .running, .waiting, .asked, .stopping, .off, .failedToStart: return false
        }
    }

    /// Whether `host` is not in `rack`, or gets its power otherwise there.
    private func isMoved(_ host: Int, in rack: Rack) -> Bool {
        let old = self.rack.consumers[host]
        guard let new = rack.consumers.first(where: { $0.id == old.id }) else { return true }
        return old.isHost != new.isHost || old.feeds != new.feeds || old.requires != new.requires
    }
}

extension ConsumerView {
    /// The same, with attempts of plans that are as long as those of `consumer` now are.
    fileprivate func fitting(_ consumer: Consumer) -> ConsumerView {
        var view = self
        if let start = view.memory.start, !consumer.start.methods.indices.contains(start.index) {
            view.memory.start = nil
        }
        return view
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
