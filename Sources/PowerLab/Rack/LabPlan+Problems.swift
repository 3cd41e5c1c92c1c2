import PowerCore

extension LabPlan {
    /// The most outlets that a PDU of the lab may have; the largest real ones have 48.
    public static let outletLimit = 64

    /// What is wrong with the plan, a sentence each; empty when it can be built.
    public var problems: [String] { self.nameProblems + self.outletProblems + self.feedProblems }

    /// All names in the plan share one name space, so that a command can name any of them.
    private var nameProblems: [String] {
        let names =
            self.sources.map(\.name) + self.upses.map(\.id.name) + self.pdus.map(\.id.name)
            + self.hosts.map(\.id.name) + self.loads.map(\.id.name)
        var seen: Set<String> = []
        var problems: [String] = []
        for name in names where !seen.insert(name).inserted {
            problems.append("the name \(name) is given twice")
        }
        return problems
    }

    private var outletProblems: [String] {
        self.pdus.flatMap { pdu in
            var problems: [String] = []
            if !(1...Self.outletLimit).contains(pdu.outletCount) {
                problems.append("\(pdu.id) has \(pdu.outletCount) outlets, possible are 1 to \(Self.outletLimit)")
            }
            if !self.has(ups: pdu.feed) { problems.append("\(pdu.id) hangs on \(pdu.feed), which is no UPS") }
            return problems
        }
    }

    private var feedProblems: [String] {
        let feeds = self.hosts.map { ($0.id, $0.feeds) } + self.loads.map { ($0.id, $0.feeds) }
        let unknown = feeds.flatMap { id, feeds in
            feeds.filter { !self.has($0) }.map { "\(id) hangs on \($0), which is not there" }
        }
        let unfed = feeds.filter { $0.1.isEmpty }.map { "\($0.0) hangs on nothing" }
        let greedy = self.hosts.filter { $0.requires < 1 || $0.requires > max(1, $0.feeds.count) }
        return unknown + unfed + greedy.map { "\($0.id) requires \($0.requires) of \($0.feeds.count) feeds" }
    }

    private func has(ups id: DeviceID) -> Bool { self.upses.contains { $0.id == id } }

    private func has(_ feed: Feed) -> Bool {
        switch feed {
        case .ups(let id): self.has(ups: id)
        case .outlet(let outlet):
            self.pdus.contains { $0.id == outlet.pdu && (1...max(1, $0.outletCount)).contains(outlet.number) }
        }
    }
}
