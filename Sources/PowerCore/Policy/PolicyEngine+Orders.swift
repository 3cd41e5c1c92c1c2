extension PolicyEngine {
    /// Takes or refuses what a person or program asks of an outlet.
    ///
    /// All interlocks stand here and in ``refusal(of:at:force:)``; they hold for whoever asks. When the order is taken,
    /// its number comes back in ``PolicyAction/answer(order:_:)``.
    public mutating func order(
        _ order: OutletOrder, _ outlet: OutletID, by actor: Actor, force: String? = nil, at now: Moment
    ) -> Result<(number: Int, actions: [PolicyAction]), OrderRefusal> {
        if let refusal = self.refusal(of: order, at: outlet, force: force) { return .failure(refusal) }
        guard let index = self.graph.learn(outlet) else { return .failure(Self.noSuchPDU(outlet)) }
        if index == self.outlets.count { self.outlets.append(OutletView()) }
        self.outlook = nil
        let number = self.nextOrder
        self.nextOrder += 1
        self.record(.notice, outlet, .ordered(order, by: actor))
        self.begin(
            order.steps, at: index, because: .ordered(order, by: actor), order: number, isForced: force != nil, now)
        return .success((number, self.decide(at: now)))
    }

    /// Why `order` must not be carried out, or nil.
    ///
    /// `force` is the name of what the outlet feeds, typed out: it lifts the protection and the interlock of that host.
    public func refusal(of order: OutletOrder, at outlet: OutletID, force: String? = nil) -> OrderRefusal? {
        guard self.graph.pdu(outlet.pdu) != nil else { return Self.noSuchPDU(outlet) }
        // An outlet that was never heard of feeds nothing that is known.
        guard let index = self.graph.socket(outlet) else { return nil }
        if let task = self.outlets[index].task {
            return OrderRefusal("outlet \(outlet) is being switched already: \(task.reason.sentence)")
        }
        guard order != .on else { return nil }
        for host in self.graph.sockets[index].feeds where force != self.name(host).name {
            if let refusal = self.refusal(at: index, feeding: host) { return refusal }
        }
        return nil
    }

    /// Why a host must not be stopped and started again as a drill now, or nil.
    public func refusal(ofDrill id: HostID) -> OrderRefusal? {
        guard let host = self.graph.consumer(id), self.rack.consumers[host].isHost else {
            return OrderRefusal("there is no host called \(id)")
        }
        if host == self.graph.manager { return OrderRefusal("\(id) is the machine this daemon runs on") }
        if self.lookingUntil != nil { return OrderRefusal("the daemon has just been restarted; try again in a moment") }
        // What needs it is stopped first, and must come back as well.
        for other in [host] + self.allStoppedBefore(host) {
            let (name, view) = (self.name(other), self.consumers[other])
            guard view.phase == .running || other != host && !view.phase.mayRun else {
                return OrderRefusal("\(name) is \(view.phase.word), not running")
            }
            if view.onBatterySince != nil { return OrderRefusal("\(name) lives on battery now") }
            if self.firstMethod(other, from: 0) == nil { return OrderRefusal("nothing here could start \(name) again") }
        }
        return nil
    }

    private func allStoppedBefore(_ host: Int) -> [Int] {
        var found: [Int] = []
        var open = [host]
        while let next = open.popLast() {
            for other in self.graph.nodes[next].stopsAfter where !found.contains(other) {
                found.append(other)
                open.append(other)
            }
        }
        return found
    }

    private static func noSuchPDU(_ outlet: OutletID) -> OrderRefusal {
        OrderRefusal("there is no PDU called \(outlet.pdu)")
    }

    func refusal(at outlet: Int, feeding host: Int) -> OrderRefusal? {
        let (id, name, phase) = (self.graph.sockets[outlet].id, self.name(host), self.consumers[host].phase)
        let consumer = self.rack.consumers[host]
        if consumer.isProtected { return OrderRefusal("outlet \(id) feeds \(name), which is protected") }
        guard consumer.isHost, phase.mayRun else { return nil }
        let others = self.graph.nodes[host].cables.count { cable in
            cable.outlet != outlet && self.isLive(cable) && self.isKnown(cable)
        }
        if others < consumer.requires {
            return OrderRefusal("outlet \(id) is the last live feed of \(name), which is \(phase.word)")
        }
        let isPartnerInFlight = self.graph.nodes[host].outlets.contains { $0 != outlet && self.outlets[$0].task != nil }
        return isPartnerInFlight ? OrderRefusal("another feed of \(name) is being switched") : nil
    }

    /// Whether what is said of a feed is fresh: what a silent PDU or UPS said last proves no power.
    private func isKnown(_ cable: RackGraph.Cable) -> Bool {
        if let outlet = cable.outlet, self.outlets[outlet].isOld { return false }
        guard let ups = cable.ups else { return false }
        return self.upses[ups].memory.heard != nil && !self.upses[ups].isSilent
    }
}

extension OutletOrder {
    /// The positions an outlet goes through.
    var steps: [OutletPosition] {
        switch self {
        case .on: [.on]
        case .off: [.off]
        case .cycle: [.off, .on]
        }
    }
}
