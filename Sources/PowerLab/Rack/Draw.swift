import PowerCore

/// What is drawn from every outlet and UPS while nothing changes.
struct Draw {
    private var upses: [DeviceID: Watts] = [:]
    private var outlets: [OutletID: Watts] = [:]
    private let feeds: [DeviceID: DeviceID]

    /// Adds up what hosts and loads draw; each shares it evenly among its feeds that live.
    init(_ plan: LabPlan, hosts: [EmulatedHost], isLive: (Feed) -> Bool) {
        self.feeds = Dictionary(plan.pdus.map { ($0.id, $0.feed) }, uniquingKeysWith: { first, _ in first })
        for host in hosts { self.add(host.watts, to: host.plan.feeds.filter(isLive)) }
        for load in plan.loads { self.add(load.watts, to: load.feeds.filter(isLive)) }
    }

    /// What is drawn from a UPS, its PDUs' outlets included.
    func ofUPS(_ id: DeviceID) -> Watts { self.upses[id, default: .zero] }

    /// What is drawn from an outlet.
    func ofOutlet(_ id: OutletID) -> Watts { self.outlets[id, default: .zero] }

    private mutating func add(_ watts: Watts, to feeds: [Feed]) {
        let share = Watts(watts.value / Double(max(1, feeds.count)))
        for feed in feeds {
            switch feed {
            case .ups(let id): self.upses[id, default: .zero] = self.ofUPS(id) + share
            case .outlet(let outlet):
                self.outlets[outlet, default: .zero] = self.ofOutlet(outlet) + share
                if let ups = self.feeds[outlet.pdu] { self.upses[ups, default: .zero] = self.ofUPS(ups) + share }
            }
        }
    }
}
