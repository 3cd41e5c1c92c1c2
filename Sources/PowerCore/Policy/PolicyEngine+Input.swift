extension PolicyEngine {
    /// Takes note of what happened, without drawing any conclusion yet; what is about no part of the rack says nothing.
    mutating func take(_ input: PolicyInput, at now: Moment) {
        switch input {
        case .upsReported(let id, let condition):
            self.withUPS(id) { engine, ups in
                for reason in engine.upses[ups].take(condition, of: id, at: now) {
                    engine.record(reason.level, id, reason)
                }
            }
        case .upsSilent(let id):
            self.withUPS(id) { $0.takeSilence(ofUPS: $1) }
        case .outletReported(let outlet, let position, let power):
            self.takeOutlet(outlet, position, power, at: now)
        case .pduSilent(let pdu):
            self.takeSilence(ofPDU: pdu)
        case .clientLoggedIn(let host):
            self.withConsumer(host) { $0.takeLogin(of: $1, at: now) }
        case .clientLoggedOut(let host, let remaining):
            self.withConsumer(host) { $0.takeLogout(of: $1, remaining: remaining, at: now) }
        case .upsForced(let id, let actor):
            self.withUPS(id) { engine, ups in
                engine.upses[ups].memory.forced = actor
                engine.upses[ups].memory.forcedSince = now
                engine.record(.warning, id, .forced(by: actor))
            }
        case .hostForced(let id, let actor):
            self.withConsumer(id) { engine, host in
                if engine.mayRun(host) { engine.consumers[host].memory.forced = actor }
                engine.record(.warning, id, .forced(by: actor))
            }
        case .outletAnswered(let outlet, let position, let answer):
            self.takeAnswer(outlet, position, answer, at: now)
        case .stopAnswered(let host, let way, let answer):
            self.withConsumer(host) { $0.takeAnswer(of: $1, way, answer, at: now) }
        case .startAnswered(let host, let method, let answer):
            self.withConsumer(host) { $0.takeAnswer(of: $1, method, answer, at: now) }
        case .hostProbed(let host, let answers):
            self.withConsumer(host) { $0.takeProbe(of: $1, answers, at: now) }
        case .deadlineReached:
            self.wakeAsked = nil
        }
    }

    private mutating func withUPS(_ id: DeviceID, _ body: (inout PolicyEngine, Int) -> Void) {
        if let ups = self.graph.ups(id) { body(&self, ups) }
    }

    private mutating func withConsumer(_ id: HostID, _ body: (inout PolicyEngine, Int) -> Void) {
        if let host = self.graph.consumer(id) { body(&self, host) }
    }

    private mutating func takeSilence(ofUPS ups: Int) {
        guard !self.upses[ups].isSilent, self.upses[ups].memory.heard != nil else { return }
        self.upses[ups].isSilent = true
        let id = self.rack.upses[ups].id
        self.record(.warning, id, .upsSilent(id, last: self.upses[ups].condition.supply))
    }

    private mutating func takeOutlet(_ id: OutletID, _ position: OutletPosition?, _ power: Watts?, at now: Moment) {
        guard let outlet = self.graph.learn(id) else { return }
        if outlet == self.outlets.count { self.outlets.append(OutletView()) }
        self.outlets[outlet].position = position
        self.outlets[outlet].power = power
        self.outlets[outlet].measured = now
        self.outlets[outlet].isOld = false
    }

    private mutating func takeSilence(ofPDU id: DeviceID) {
        guard let pdu = self.graph.pdu(id) else { return }
        let its = self.graph.socketsOfPDU[pdu]
        guard its.contains(where: { !self.outlets[$0].isOld }) else { return }
        for outlet in its { self.outlets[outlet].isOld = true }
        self.record(.warning, id, .pduSilent(id))
    }

    private mutating func takeLogin(of host: Int, at now: Moment) {
        self.consumers[host].clients += 1
        self.consumers[host].lastLogin = now
        if !self.consumers[host].memory.hasClient { self.consumers[host].memory.hasClient = true }
    }

    /// A logout says "going down" of a host that was told to; of any other it says nothing (a restart of `upsmon`).
    private mutating func takeLogout(of host: Int, remaining: Int, at now: Moment) {
        self.consumers[host].clients = remaining
        guard remaining == 0, case .asked(_, let deadline) = self.consumers[host].phase else { return }
        self.enter(.stopping(since: now, deadline: deadline), host, because: .loggedOut)
    }

    private mutating func takeProbe(of host: Int, _ answers: Bool, at now: Moment) {
        guard answers else {
            if self.consumers[host].silentSince == nil { self.consumers[host].silentSince = now }
            return
        }
        self.consumers[host].lastAnswer = now
        self.consumers[host].silentSince = nil
        if !self.consumers[host].memory.hasAnswered { self.consumers[host].memory.hasAnswered = true }
    }
}

extension PolicyReason {
    /// How much a person should care about news of a device.
    fileprivate var level: PolicyRecord.Level {
        switch self {
        case .mainsLost, .outputCut, .upsSilent: .warning
        default: .notice
        }
    }
}
