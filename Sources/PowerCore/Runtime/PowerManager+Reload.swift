extension PowerManager {
    /// Goes on with another configuration, or says why that must not be now.
    ///
    /// What is in both keeps all that is known of it, so that no client is told for a moment that a device which stays
    /// is not there: a `restarted` one shows its last values until they are stale or its new driver says something.
    /// `controls` and `controllers` are those of the added and restarted devices.
    public func adopt(
        _ new: Configuration, restarted: Set<DeviceID>, controls: [DeviceID: any UPSControl],
        controllers: [DeviceID: any OutletController]
    ) throws(OrderRefusal) {
        try self.mayAdopt(new, restarted: restarted)
        self.configuration = new
        self.upses = self.states(of: new.upses)
        self.pdus = self.states(of: new.pdus)
        // What is shown holds names and values of the configuration, too.
        self.shown = [:]
        self.shownPDUs = [:]
        self.controls = self.controls.filter { self.upses[$0.key] != nil }.merging(controls) { $1 }
        self.controllers = self.controllers.filter { self.pdus[$0.key] != nil }.merging(controllers) { $1 }
        self.lastFailure = self.lastFailure.filter { self.upses[$0.key] != nil || self.pdus[$0.key] != nil }
        self.perform(self.engine.take(new.rack, new.policy, at: self.wiring.timekeeper.now))
        self.followProbes()
        self.pinSnapshot()
        // The alarm is set anew when the queue comes round.
        self.post(.wake)
    }

    /// Says why another configuration must not be adopted now, where that is so.
    public func mayAdopt(_ new: Configuration, restarted: Set<DeviceID>) throws(OrderRefusal) {
        if let refusal = self.engine.refusal(ofTaking: new.rack, new.policy) { throw refusal }
        if let pdu = restarted.sorted().first(where: self.engine.isSwitching) {
            throw OrderRefusal("an outlet of \(pdu) is being switched; try again when that is done")
        }
    }

    private func states(of upses: [Configuration.UPS]) -> [DeviceID: UPSState] {
        let states = upses.map { ups in
            var state = self.upses[ups.rack.id] ?? UPSState(ups)
            state.follow(ups)
            return (ups.rack.id, state)
        }
        return Dictionary(states, uniquingKeysWith: { first, _ in first })
    }

    private func states(of pdus: [Configuration.PDU]) -> [DeviceID: PDUState] {
        let states = pdus.map { pdu in
            var state = self.pdus[pdu.rack.id] ?? PDUState(pdu)
            state.follow(pdu)
            return (pdu.rack.id, state)
        }
        return Dictionary(states, uniquingKeysWith: { first, _ in first })
    }
}

extension UPSState {
    init(_ ups: Configuration.UPS) {
        self.init(rack: ups.rack, staleAfter: ups.staleAfter, overrides: ups.overrides)
    }

    /// Takes over what the configuration says now, and keeps what the device has said.
    mutating func follow(_ ups: Configuration.UPS) {
        (self.rack, self.staleAfter, self.overrides) = (ups.rack, ups.staleAfter, ups.overrides)
    }
}

extension PDUState {
    init(_ pdu: Configuration.PDU) {
        self.init(rack: pdu.rack, staleAfter: pdu.staleAfter)
    }

    /// Takes over what the configuration says now, and keeps what the device has said.
    mutating func follow(_ pdu: Configuration.PDU) {
        (self.rack, self.staleAfter) = (pdu.rack, pdu.staleAfter)
    }
}
