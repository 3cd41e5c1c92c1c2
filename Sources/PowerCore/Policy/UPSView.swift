/// What the engine knows of one UPS.
struct UPSView: Hashable, Sendable {
    /// What must survive a restart.
    var memory = UPSMemory()
    /// What of it was written last.
    var written = UPSMemory()
    /// What it said since its mains failed.
    var history = BatteryHistory()
    /// Whether it has said nothing for too long, or nothing since the daemon was restarted.
    var isSilent = false
    /// Whether more hangs on it than it can carry, should the other one die.
    var isTight = false

    /// What it said last.
    var condition: UPSCondition { self.memory.condition }

    /// Whether its output gives power, as far as is known. A UPS never heard counts as healthy, as with NUT.
    var isLive: Bool { self.condition.supply != .off }

    /// Whether mains feed its output, as far as is known.
    var isOnMains: Bool { self.condition.supply == .mains || self.condition.supply == .unknown }

    /// Takes a report in, and says what is new about it.
    mutating func take(_ report: UPSCondition, of ups: DeviceID, at now: Moment) -> [PolicyReason] {
        let before = self.condition.supply
        var news: [PolicyReason] = self.isSilent ? [.upsHeard(ups)] : []
        self.memory.condition = report
        // A status that says neither mains nor battery proves nothing: what was known before still holds.
        if report.supply == .unknown { self.memory.condition.supply = before }
        self.memory.heard = now
        self.isSilent = false
        switch report.supply {
        case .mains:
            if self.memory.mainsSince == nil { self.memory.mainsSince = now }
            if before == .battery || before == .off { news.append(.mainsRestored(ups)) }
        case .battery, .off:
            self.memory.mainsSince = nil
            if before != report.supply { news.append(report.supply == .off ? .outputCut(ups) : .mainsLost(ups)) }
        case .unknown:
            break
        }
        return news
    }

    /// Takes in what the charge did since the mains failed; `outlets` is the measured sum behind the UPS.
    mutating func learn(outlets: Watts?, at now: Moment) {
        guard let discharge = self.history.take(self.condition, outlets: outlets, at: now) else { return }
        _ = self.memory.learnt.take(discharge)
    }

    /// What is left in the battery at `now`.
    func estimate(
        of ups: RackUPS, at now: Moment, outlets: Watts?, configured: Watts?, typical: Watts?
    ) -> BatteryEstimate {
        BatteryEstimate(
            ups: ups, condition: self.condition, elapsed: self.memory.heard.map { max(.zero, now - $0) } ?? .zero,
            isSilent: self.isSilent, outlets: outlets, configured: configured, typical: typical, history: self.history,
            learnt: self.memory.learnt)
    }
}
