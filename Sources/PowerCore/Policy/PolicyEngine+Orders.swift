extension PolicyEngine {
    /// Takes or refuses what a person or program asks of an outlet.
    ///
    /// All interlocks stand here and in ``refusal(of:at:force:)``; they hold for whoever asks. When the order is taken,
    /// its number comes back in ``PolicyAction/answer(order:_:)``.
    public mutating func order(
        _ order: OutletOrder, _ outlet: OutletID, by actor: Actor, options: OutletOptions = OutletOptions(),
        at now: Moment
    ) -> Result<(number: Int, actions: [PolicyAction]), OrderRefusal> {
        if let refusal = self.refusal(of: order, at: outlet, force: options.force) { return .failure(refusal) }
        guard let index = self.graph.learn(outlet) else { return .failure(Self.noSuchPDU(outlet)) }
        if index == self.outlets.count { self.outlets.append(OutletView()) }
        self.outlook = nil
        let number = self.nextOrder
        self.nextOrder += 1
        self.record(.notice, outlet, .ordered(order, by: actor))
        var task = self.task(order, by: actor, options, number: number, at: now)
        task.isNative = order == .cycle && (options.isNative || self.feedsItsWay(index))
        if task.isNative { task.steps = [.on] }
        self.begin(task, at: index)
        return .success((number, self.decide(at: now)))
    }

    /// Takes or refuses what a person or program asks of all outlets that feed a host or load, together.
    ///
    /// In a cycle all are off, and have been for the time off, before one goes on.
    public mutating func order(
        _ order: OutletOrder, allOf host: HostID, by actor: Actor, options: OutletOptions = OutletOptions(),
        at now: Moment
    ) -> Result<(number: Int, actions: [PolicyAction]), OrderRefusal> {
        if let refusal = self.refusal(of: order, allOf: host, force: options.force) { return .failure(refusal) }
        let outlets = self.graph.consumer(host).map { self.graph.nodes[$0].outlets } ?? []
        self.outlook = nil
        let number = self.nextOrder
        self.nextOrder += 1
        self.record(.notice, host, .ordered(order, by: actor))
        self.hostOrders[number] = HostOrder(feeds: outlets.count)
        for outlet in outlets {
            var task = self.task(order, by: actor, options, number: number, at: now)
            task.isJoined = true
            self.begin(task, at: outlet)
        }
        return .success((number, self.decide(at: now)))
    }

    private func task(
        _ order: OutletOrder, by actor: Actor, _ options: OutletOptions, number: Int, at now: Moment
    ) -> OutletView.Task {
        var task = OutletView.Task(
            steps: order.steps, notBefore: now + options.delay, reason: .ordered(order, by: actor), order: number)
        task.force = options.force
        task.isDelayed = options.delay > .zero
        task.offTime = options.offTime ?? Self.cyclePause
        return task
    }

    /// Whether orders to the outlet's PDU travel through what the outlet feeds.
    public func feedsItsWay(_ outlet: OutletID) -> Bool {
        self.graph.socket(outlet).map { self.feedsItsWay($0) } ?? false
    }

    /// Whether orders to the PDU travel through what the outlet feeds: once it is off, nobody could switch it on again.
    func feedsItsWay(_ outlet: Int) -> Bool {
        guard let pdu = self.rack.pdus.first(where: { $0.id == self.graph.sockets[outlet].id.pdu }) else {
            return false
        }
        return self.graph.sockets[outlet].feeds.contains { pdu.via.contains(self.name($0)) }
    }

    /// Why `order` must not be given to all outlets of a host or load, or nil.
    public func refusal(of order: OutletOrder, allOf id: HostID, force: String? = nil) -> OrderRefusal? {
        guard let host = self.graph.consumer(id) else {
            return OrderRefusal("there is no host or load called \(id)", .notFound)
        }
        let outlets = self.graph.nodes[host].outlets
        guard !outlets.isEmpty else { return OrderRefusal("no outlet feeds \(id)", .notFound) }
        if let busy = outlets.first(where: { self.outlets[$0].task != nil }) { return self.isBusy(busy) }
        guard order != .on else { return nil }
        let consumer = self.rack.consumers[host]
        if force != id.name {
            if consumer.isProtected { return OrderRefusal("\(id) is protected", .interlock) }
            if consumer.isHost, self.consumers[host].phase.mayRun {
                return OrderRefusal("\(id) is \(self.consumers[host].phase.word); stop it first", .interlock)
            }
        }
        if order == .cycle, let way = outlets.first(where: self.feedsItsWay) {
            let outlet = self.graph.sockets[way].id
            return OrderRefusal(
                "outlet \(outlet) feeds the way to \(outlet.pdu); cycle the outlets of \(id) one by one", .interlock)
        }
        return outlets.lazy.compactMap { self.refusal(of: order, at: $0, force: force, beside: host) }.first
    }

    /// Why nothing else may be done with an outlet now, or nil.
    public func refusal(ofTouching outlet: OutletID) -> OrderRefusal? {
        self.graph.socket(outlet).flatMap { self.isBusy($0) }
    }

    private func isBusy(_ outlet: Int) -> OrderRefusal? {
        self.outlets[outlet].task.map { task in
            OrderRefusal(
                "outlet \(self.graph.sockets[outlet].id) is being switched already: \(task.reason.sentence)",
                .interlock)
        }
    }

    /// Why what else hangs on an outlet stands in the way, or nil.
    private func refusal(
        of order: OutletOrder, at outlet: Int, force: String?, beside known: Int? = nil
    ) -> OrderRefusal? {
        if order == .off, force == nil, self.feedsItsWay(outlet) {
            let id = self.graph.sockets[outlet].id
            return OrderRefusal(
                "outlet \(id) feeds the way to \(id.pdu): nobody could switch it on again", .interlock)
        }
        let feeds = self.graph.sockets[outlet].feeds.filter { $0 != known && force != self.name($0).name }
        return feeds.lazy.compactMap { self.refusal(at: outlet, feeding: $0) }.first
    }

    /// Why `order` must not be carried out, or nil.
    ///
    /// `force` is the name of what the outlet feeds, typed out: it lifts the protection and the interlock of that host.
    public func refusal(of order: OutletOrder, at outlet: OutletID, force: String? = nil) -> OrderRefusal? {
        guard self.graph.pdu(outlet.pdu) != nil else { return Self.noSuchPDU(outlet) }
        // An outlet that was never heard of feeds nothing that is known.
        guard let index = self.graph.socket(outlet) else { return nil }
        if let refusal = self.isBusy(index) { return refusal }
        return order == .on ? nil : self.refusal(of: order, at: index, force: force)
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
        OrderRefusal("there is no PDU called \(outlet.pdu)", .notFound)
    }

    func refusal(at outlet: Int, feeding host: Int) -> OrderRefusal? {
        let (id, name, phase) = (self.graph.sockets[outlet].id, self.name(host), self.consumers[host].phase)
        let consumer = self.rack.consumers[host]
        if consumer.isProtected { return OrderRefusal("outlet \(id) feeds \(name), which is protected", .interlock) }
        guard consumer.isHost, phase.mayRun else { return nil }
        let others = self.graph.nodes[host].cables.count { cable in
            cable.outlet != outlet && self.isLive(cable) && self.isKnown(cable)
        }
        if others < consumer.requires {
            return OrderRefusal(
                "outlet \(id) is the last live feed of \(name), which is \(phase.word)", .interlock)
        }
        let isPartnerInFlight = self.graph.nodes[host].outlets.contains { $0 != outlet && self.outlets[$0].task != nil }
        return isPartnerInFlight ? OrderRefusal("another feed of \(name) is being switched", .interlock) : nil
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
