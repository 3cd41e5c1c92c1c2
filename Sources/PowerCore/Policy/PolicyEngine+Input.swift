extension PolicyEngine {
    /// Takes note of what happened, without drawing any conclusion yet.
    mutating func take(_ input: PolicyInput, at now: Moment) {
        switch input {
        case .upsReported(let ups, let condition):
            for reason in self.upses[ups]?.take(condition, at: now) ?? [] { self.record(reason.level, ups, reason) }
        case .upsSilent(let ups):
            guard let view = self.upses[ups], !view.isSilent, view.heard != nil else { return }
            self.upses[ups]?.isSilent = true
            self.record(.warning, ups, .upsSilent(ups, last: view.condition.supply))
        case .outletReported(let outlet, let position, let power):
            self.takeOutlet(outlet, position, power, at: now)
        case .pduSilent(let pdu):
            self.takeSilence(of: pdu)
        case .clientLoggedIn(let host):
            self.consumers[host]?.clients += 1
            self.consumers[host]?.lastLogin = now
        case .clientLoggedOut(let host, let remaining):
            self.takeLogout(of: host, remaining: remaining, at: now)
        case .upsForced(let ups, let actor):
            guard self.upses[ups] != nil else { return }
            self.upses[ups]?.forced = actor
            self.upses[ups]?.forcedSince = now
            self.record(.warning, ups, .forced(by: actor))
        case .hostForced(let host, let actor):
            guard self.consumers[host] != nil else { return }
            self.consumers[host]?.forced = actor
            self.record(.warning, host, .forced(by: actor))
        case .outletAnswered(let outlet, let position, let answer):
            self.takeAnswer(outlet, position, answer, at: now)
        case .stopAnswered, .startAnswered, .hostProbed:
            break
        case .deadlineReached:
            self.wakeAsked = nil
        }
    }

    private mutating func takeOutlet(_ outlet: OutletID, _ position: OutletPosition?, _ power: Watts?, at now: Moment) {
        self.outlets[outlet, default: OutletView()].position = position
        self.outlets[outlet]?.power = power
        self.outlets[outlet]?.measured = now
        self.outlets[outlet]?.isOld = false
    }

    private mutating func takeSilence(of pdu: DeviceID) {
        let its = self.outlets.keys.filter { $0.pdu == pdu }
        guard its.contains(where: { self.outlets[$0]?.isOld == false }) else { return }
        for outlet in its { self.outlets[outlet]?.isOld = true }
        self.record(.warning, pdu, .pduSilent(pdu))
    }

    /// A logout says "going down" of a host that was told to; of any other it says nothing (a restart of `upsmon`).
    private mutating func takeLogout(of host: HostID, remaining: Int, at now: Moment) {
        self.consumers[host]?.clients = remaining
        guard remaining == 0, case .asked(_, let deadline) = self.consumers[host]?.phase else { return }
        self.enter(.stopping(since: now, deadline: deadline), host, because: .loggedOut)
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
