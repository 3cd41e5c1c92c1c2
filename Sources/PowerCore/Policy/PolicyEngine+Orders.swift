extension PolicyEngine {
    /// Takes or refuses what a person or program asks of an outlet.
    ///
    /// All interlocks stand here and in ``refusal(of:at:force:)``; they hold for whoever asks. When the order is taken,
    /// its number comes back in ``PolicyAction/answer(order:_:)``.
    public mutating func order(
        _ order: OutletOrder, _ outlet: OutletID, by actor: Actor, force: String? = nil, at now: Moment
    ) -> Result<(number: Int, actions: [PolicyAction]), OrderRefusal> {
        if let refusal = self.refusal(of: order, at: outlet, force: force) { return .failure(refusal) }
        self.outlook = nil
        let number = self.nextOrder
        self.nextOrder += 1
        self.record(.notice, outlet, .ordered(order, by: actor))
        self.begin(order.steps, at: outlet, because: .ordered(order, by: actor), order: number, now)
        return .success((number, self.decide(at: now)))
    }

    /// Why `order` must not be carried out, or nil.
    ///
    /// `force` is the name of what the outlet feeds, typed out: it lifts the protection and the interlock of that host.
    public func refusal(of order: OutletOrder, at outlet: OutletID, force: String? = nil) -> OrderRefusal? {
        guard self.feedOfPDU[outlet.pdu] != nil else { return OrderRefusal("there is no PDU called \(outlet.pdu)") }
        if let task = self.outlets[outlet]?.task {
            return OrderRefusal("outlet \(outlet) is being switched already: \(task.reason.sentence)")
        }
        guard order != .on else { return nil }
        for host in self.fedBy[outlet] ?? [] where force != host.name {
            if let refusal = self.refusal(of: order, at: outlet, feeding: host) { return refusal }
        }
        return nil
    }

    private func refusal(of order: OutletOrder, at outlet: OutletID, feeding host: HostID) -> OrderRefusal? {
        guard let view = self.consumers[host] else { return nil }
        if view.rack.isProtected {
            return OrderRefusal("outlet \(outlet) feeds \(host), which is protected")
        }
        guard view.rack.isHost, view.phase.mayRun else { return nil }
        let others = self.liveFeeds(of: host).count { $0 != .outlet(outlet) && self.isKnown($0) }
        if others < view.rack.requires {
            return OrderRefusal("outlet \(outlet) is the last live feed of \(host), which is \(view.phase.word)")
        }
        let isPartnerInFlight = view.rack.outlets.contains { $0 != outlet && self.outlets[$0]?.task != nil }
        return isPartnerInFlight ? OrderRefusal("another feed of \(host) is being switched") : nil
    }
}

extension PolicyEngine {
    /// Whether what is said of a feed is fresh: what a silent PDU or UPS said last proves no power.
    private func isKnown(_ feed: Feed) -> Bool {
        if case .outlet(let outlet) = feed, self.outlets[outlet]?.isOld != false { return false }
        guard let view = self.ups(of: feed).flatMap({ self.upses[$0] }) else { return false }
        return view.heard != nil && !view.isSilent
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
