/// What the power graph means for one host or load at one moment: what its virtual UPS shows.
public struct HostView: Hashable, Sendable {
    /// The host or load.
    public var id: HostID
    /// Where it stands.
    public var phase: HostPhase
    /// The tier it is shed with.
    public var tier: String
    /// Whether it lives on battery.
    public var isOnBattery: Bool
    /// Whether any one feed may die without harm.
    public var isRedundant: Bool
    /// The charge it lives on.
    public var charge: Percent?
    /// The time until its power ends, nil while no end is known.
    public var timeLeft: Duration?
    /// How it is fed.
    public var feeds: [Feed]
    /// What it needs.
    public var needs: [HostID]
    /// What stands with it and what comes next, in sentences.
    public var explanation: [String]

    /// The words of `ups.status` on its virtual UPS.
    ///
    /// Never `LB`: a stock secondary that sees it goes down by itself after 15 s, turn or no turn. Never `ALARM`,
    /// `BYPASS`, `CAL` or `OFF`: newer ones go down after one failed poll.
    public var status: String {
        (self.phase.isTold ? "FSD " : "") + (self.isOnBattery ? "OB DISCHRG" : "OL")
    }
}

extension PolicyEngine {
    /// What every host and load of the rack looks like at `now`, in the order of the configuration.
    public func hostViews(at now: Moment) -> [HostView] {
        let forecast = self.forecast(at: now)
        return self.order.compactMap { host in
            guard let view = self.consumers[host] else { return nil }
            return HostView(
                id: host, phase: view.phase, tier: view.rack.tier, isOnBattery: view.onBatterySince != nil,
                isRedundant: self.isRedundant(host), charge: self.charge(of: host, at: now),
                timeLeft: self.timeLeft(of: host, forecast), feeds: view.rack.feeds, needs: view.rack.needs,
                explanation: self.explanation(of: host, at: now))
        }
    }

    /// Whether a client has forced a shutdown of `ups` that is not over yet: its `ups.status` shows FSD.
    public func isForced(_ ups: DeviceID) -> Bool {
        self.upses[ups]?.forced != nil
    }

    /// What an outlet feeds, by name.
    public func fed(by outlet: OutletID) -> [HostID] {
        self.fedBy[outlet] ?? []
    }
}
