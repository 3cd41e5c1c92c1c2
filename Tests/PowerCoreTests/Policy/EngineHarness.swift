import PowerCore

/// A rack, an engine and a hand-moved clock, with the words tests speak in.
struct EngineHarness {
    var engine: PolicyEngine
    var now = Moment.origin
    /// Every order given since the last look, in order, the records apart.
    var orders: [PolicyAction] = []
    var records: [PolicyRecord] = []
    var wake: Moment?
    /// What the journal comes to.
    var memory = PolicyMemory()

    init(_ rack: Rack, _ settings: PolicySettings = PolicySettings()) {
        self.engine = PolicyEngine(rack: rack, settings: settings)
    }

    /// Hands the input in and notes what is ordered; outlets do not obey by themselves.
    mutating func tell(_ input: PolicyInput) {
        self.note(self.engine.handle(input, at: self.now))
    }

    mutating func note(_ actions: [PolicyAction]) {
        for action in actions {
            switch action {
            case .record(let record): self.records.append(record)
            case .wake(let moment): self.wake = moment
            case .cancelWake: self.wake = nil
            case .journal(let entries): for entry in entries { self.memory.take(entry) }
            default: self.orders.append(action)
            }
        }
    }

    /// Ends the engine without a word, and goes on with a new one that knows the journal alone.
    mutating func crash() {
        let (rack, settings) = (self.engine.rack, self.engine.settings)
        self.engine = PolicyEngine(rack: rack, settings: settings, memory: self.memory, at: self.now)
        self.orders = []
        self.wake = nil
        self.tell(.deadlineReached)
    }

    /// Moves the clock, waking the engine whenever it asked for it.
    mutating func pass(_ time: Duration, obeying: Bool = false) {
        let end = self.now + time
        // An engine that wants to be called more than ten times a second of its own accord is broken.
        for _ in 0..<Int(time.inSeconds * 10 + 100) {
            if obeying { self.obey() }
            guard let wake, wake <= end else { break }
            self.now = max(self.now, wake)
            self.wake = nil
            self.tell(.deadlineReached)
        }
        self.now = end
        if obeying { self.obey() }
    }

    /// Lets every outlet do what it was told, at once.
    mutating func obey() {
        for _ in 0..<100 {
            let turns = self.orders.compactMap {
                if case .turn(let outlet, let to, _) = $0 { (outlet, to) } else { nil }
            }
            guard !turns.isEmpty else { return }
            self.orders.removeAll { if case .turn = $0 { true } else { false } }
            for (outlet, position) in turns {
                self.turned.append("\(outlet) \(position.rawValue)")
                self.tell(.outletReported(outlet, position: position, power: position == .off ? 0 : 3))
                self.tell(.outletAnswered(outlet, position, .verified))
            }
        }
    }

    /// What outlets did, in order.
    var turned: [String] = []

    mutating func looked() -> [String] {
        defer { self.orders = [] }
        return self.orders.map(\.inShort)
    }

    func phase(_ host: HostID) -> String { self.engine.phase(of: host)?.word ?? "?" }

    mutating func mains(_ ups: DeviceID, charge: Percent = 100) {
        self.tell(.upsReported(ups, UPSCondition(supply: .mains, charge: charge, cutOff: 11)))
    }

    mutating func battery(_ ups: DeviceID, charge: Percent, load: Watts? = 100) {
        self.tell(.upsReported(ups, UPSCondition(supply: .battery, charge: charge, cutOff: 11, load: load)))
    }

    /// All outlets on, drawing `watts` each.
    mutating func outletsOn(_ outlets: [OutletID], watts: Watts) {
        for outlet in outlets { self.tell(.outletReported(outlet, position: .on, power: watts)) }
    }
}

extension PolicyAction {
    var inShort: String {
        switch self {
        case .announceShutdown(let host, _): "tell \(host)"
        case .withdrawShutdown(let host): "untell \(host)"
        case .turn(let outlet, let position, _): "\(outlet) \(position.rawValue)"
        case .cycle(let outlet, _, _): "\(outlet) cycle"
        case .abandon(let outlet): "\(outlet) given up"
        case .answer(let order, let outcome): "answer \(order) \(outcome)"
        case .stop(let host, let way): "stop \(host) by \(way.rawValue)"
        case .start(let host, let method): "start \(host) by \(method.rawValue)"
        case .record, .wake, .cancelWake, .journal: ""
        }
    }
}

let river: DeviceID = "river"
let delta: DeviceID = "delta"
let rackA: DeviceID = "rack-a"
let rackB: DeviceID = "rack-b"

extension Rack {
    /// One UPS, one PDU, a database behind a storage behind a switch.
    static let single = Rack(
        upses: [RackUPS(id: river, capacity: 286, rated: 600)], pdus: [RackPDU(id: rackA, feed: river)],
        consumers: [
            Consumer(
                id: "pve", kind: .host(StopPlan(timeout: .seconds(240))), tier: "cluster",
                feeds: [.outlet(OutletID(rackA, 1))], needs: ["storage"], watts: 60),
            Consumer(
                id: "storage", kind: .host(StopPlan(timeout: .seconds(300))), tier: "core",
                feeds: [.outlet(OutletID(rackA, 2))], needs: ["switch"], watts: 40),
            Consumer(id: "switch", kind: .load, tier: "core", feeds: [.outlet(OutletID(rackA, 3))], watts: 10),
        ], tiers: ["cluster", "core"])

    static let singleOutlets = [1, 2, 3].map { OutletID(rackA, $0) }

    /// Two UPSes; `dual` hangs on both, `left` on river alone, `right` on delta alone.
    static let pair = Rack(
        upses: [RackUPS(id: river, source: "a", capacity: 286), RackUPS(id: delta, source: "b", capacity: 1024)],
        pdus: [RackPDU(id: rackA, feed: river), RackPDU(id: rackB, feed: delta)],
        consumers: [
            Consumer(
                id: "dual", kind: .host(StopPlan(timeout: .seconds(120))), tier: "core",
                feeds: [.outlet(OutletID(rackA, 1)), .outlet(OutletID(rackB, 1))], watts: 100),
            Consumer(
                id: "left", kind: .host(StopPlan(timeout: .seconds(120))), tier: "core",
                feeds: [.outlet(OutletID(rackA, 2))], watts: 50),
            Consumer(
                id: "right", kind: .host(StopPlan(timeout: .seconds(120))), tier: "core",
                feeds: [.outlet(OutletID(rackB, 2))], watts: 50),
        ], tiers: ["core"])

    static let pairOutlets = [OutletID(rackA, 1), OutletID(rackA, 2), OutletID(rackB, 1), OutletID(rackB, 2)]
}
