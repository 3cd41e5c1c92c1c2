/// What the engine remembers of one UPS.
struct UPSView: Hashable, Sendable {
    var rack: RackUPS
    /// What it said last.
    var condition = UPSCondition(supply: .unknown)
    /// When it said that.
    var heard: Moment?
    /// Whether it has said nothing for too long.
    var isSilent = false
    /// Since when it is without mains, without a break; nil while it has mains.
    var onBatterySince: Moment?
    /// Since when it has had mains without a break.
    var mainsSince: Moment?
    /// Who forced a shutdown of everything on it, until that is done.
    var forced: Actor?
    /// When that was.
    var forcedSince: Moment?

    /// Whether its output gives power, as far as is known. A UPS never heard counts as healthy, as with NUT.
    var isLive: Bool { self.condition.supply != .off }

    /// Whether mains feed its output, as far as is known.
    var isOnMains: Bool { self.condition.supply == .mains || self.condition.supply == .unknown }

    init(rack: RackUPS) {
        self.rack = rack
    }

    /// Takes a report in, and says what is new about it.
    mutating func take(_ report: UPSCondition, at now: Moment) -> [PolicyReason] {
        let before = self.condition.supply
        var news: [PolicyReason] = self.isSilent ? [.upsHeard(self.rack.id)] : []
        self.condition = report
        // A status that says neither mains nor battery proves nothing: what was known before still holds.
        if report.supply == .unknown { self.condition.supply = before }
        self.heard = now
        self.isSilent = false
        switch report.supply {
        case .mains:
            if self.mainsSince == nil { self.mainsSince = now }
            self.onBatterySince = nil
            if before == .battery || before == .off { news.append(.mainsRestored(self.rack.id)) }
        case .battery, .off:
            self.mainsSince = nil
            if self.onBatterySince == nil { self.onBatterySince = now }
            if before != report.supply {
                news.append(report.supply == .off ? .outputCut(self.rack.id) : .mainsLost(self.rack.id))
            }
        case .unknown:
            break
        }
        return news
    }

    /// What is left in the battery at `now`.
    func estimate(at now: Moment, outlets: Watts?, configured: Watts?) -> BatteryEstimate {
        BatteryEstimate(
            ups: self.rack, condition: self.condition, elapsed: self.heard.map { max(.zero, now - $0) } ?? .zero,
            isSilent: self.isSilent, outlets: outlets, configured: configured)
    }
}
