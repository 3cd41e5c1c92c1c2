import PowerCore

/// A small deterministic source of chance (SplitMix64), so that a storm that failed can be had again.
struct Chance {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    mutating func next() -> UInt64 {
        self.state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(self.next() % UInt64(limit)) }

    mutating func isTrue(oneIn count: Int) -> Bool { self.below(count) == 0 }
}

/// A rack with physics simple enough to be sure of, in steps of a second, with an engine at the wheel.
struct StormWorld {
    enum Machine: Equatable {
        case off
        case booting(until: Int)
        case running
        case stopping(until: Int)
    }

    struct Battery {
        var charge: Double
        var hasMains = true
        let capacity: Double
        var isDead: Bool { !self.hasMains && self.charge <= 11 }
    }

    let rack: Rack
    var engine: PolicyEngine
    var chance: Chance
    var second = 0
    var batteries: [DeviceID: Battery]
    var positions: [OutletID: OutletPosition] = [:]
    var machines: [HostID: Machine] = [:]
    /// When a host that was told to stop begins to.
    var reacts: [HostID: Int] = [:]
    var hangs: Set<HostID> = []
    var wake: Moment?
    /// Outlets that do not move just now.
    var stuck: [OutletID: Int] = [:]
    var answers: [(at: Int, OutletID, OutletPosition)] = []
    /// What must never happen and did.
    var sins: [String] = []
    var stops = 0
    var crashes = 0
    var lastMainsChange = 0

    var now: Moment { Moment(sinceOrigin: .seconds(self.second)) }

    init(rack: Rack, settings: PolicySettings, seed: UInt64) {
        self.rack = rack
        self.engine = PolicyEngine(rack: rack, settings: settings)
        self.chance = Chance(seed: seed)
        self.batteries = Dictionary(
            uniqueKeysWithValues: rack.upses.map { ($0.id, Battery(charge: 100, capacity: $0.capacity?.value ?? 286)) })
        for consumer in rack.consumers {
            for outlet in consumer.outlets { self.positions[outlet] = .on }
            if consumer.isHost { self.machines[consumer.id] = .running }
        }
        self.report()
        for host in self.machines.keys.sorted() { self.tell(.clientLoggedIn(host)) }
    }

    // MARK: Physics

    func upsOf(_ feed: Feed) -> DeviceID? {
        switch feed {
        case .ups(let ups): ups
        case .outlet(let outlet): self.rack.pdus.first { $0.id == outlet.pdu }?.feed
        }
    }

    func hasPower(_ feed: Feed) -> Bool {
        guard let ups = self.upsOf(feed), let battery = self.batteries[ups], !battery.isDead else { return false }
        if case .outlet(let outlet) = feed { return self.positions[outlet] == .on }
        return true
    }

    func isPowered(_ consumer: Consumer) -> Bool {
        consumer.feeds.count { self.hasPower($0) } >= consumer.requires
    }

    func watts(_ consumer: Consumer) -> Double {
        guard self.isPowered(consumer) else { return 0 }
        guard consumer.isHost else { return consumer.watts?.value ?? 10 }
        return self.machines[consumer.id] == .off ? 2 : consumer.watts?.value ?? 60
    }

    func watts(of outlet: OutletID) -> Double {
        guard self.positions[outlet] == .on, self.hasPower(.outlet(outlet)) else { return 0 }
        return self.rack.consumers.filter { $0.outlets.contains(outlet) }.reduce(0) { sum, consumer in
            sum + self.watts(consumer) / Double(max(1, consumer.feeds.count { self.hasPower($0) }))
        }
    }

    func load(of ups: DeviceID) -> Double {
        self.positions.keys.filter { self.upsOf(.outlet($0)) == ups }.reduce(0) { $0 + self.watts(of: $1) }
    }

    // MARK: A second

    mutating func step() {
        self.second += 1
        self.drain()
        for (outlet, position) in self.answers.filter({ $0.at <= self.second }).map({ ($0.1, $0.2) }) {
            self.answer(outlet, position)
        }
        self.answers.removeAll { $0.at <= self.second }
        for consumer in self.rack.consumers where consumer.isHost { self.live(consumer) }
        if self.second % 4 == 0 { self.report() }
        for _ in 0..<100 {
            guard let wake, wake <= self.now else { break }
            self.wake = nil
            self.tell(.deadlineReached)
        }
    }

    private mutating func drain() {
        for ups in self.batteries.keys.sorted() {
            guard let battery = self.batteries[ups] else { continue }
            let used = self.load(of: ups) / 3600 / 0.88 / battery.capacity * 100
            let gained = 300.0 / 3600 / battery.capacity * 100
            self.batteries[ups]?.charge = min(100, max(0, battery.charge + (battery.hasMains ? gained : -used)))
        }
    }

    private mutating func answer(_ outlet: OutletID, _ position: OutletPosition) {
        if self.stuck[outlet, default: 0] > self.second {
            return self.tell(.outletAnswered(outlet, position, .notVerified))
        }
        if position == .off { self.judgeCut(outlet) }
        self.positions[outlet] = position
        self.tell(.outletReported(outlet, position: position, power: Watts(self.watts(of: outlet))))
        self.tell(.outletAnswered(outlet, position, .verified))
    }

    /// Invariant 1: the last live feed of a running host is cut by nobody, but when its time has run out.
    private mutating func judgeCut(_ outlet: OutletID) {
        for consumer in self.rack.consumers where consumer.isHost && consumer.outlets.contains(outlet) {
            let live = consumer.feeds.count { self.hasPower($0) }
            guard self.machines[consumer.id] != .off, self.hasPower(.outlet(outlet)), live <= consumer.requires else {
                continue
            }
            let isByTimeout = self.hangs.contains(consumer.id)
            if !isByTimeout { self.sins.append("\(self.second): outlet \(outlet) cut while \(consumer.id) runs") }
        }
    }

    private mutating func live(_ consumer: Consumer) {
        let host = consumer.id
        guard self.isPowered(consumer) else {
            if self.machines[host] != .off {
                if self.machines[host] == .running { self.crashes += 1 }
                if self.machines[host] == .running { self.tell(.clientLoggedOut(host, remaining: 0)) }
                self.machines[host] = .off
                self.hangs.remove(host)
                self.reacts[host] = nil
            }
            self.dark.insert(host)
            return
        }
        // Power that comes back after it was away boots a machine; power that stayed does not.
        if self.dark.remove(host) != nil { self.machines[host] = .booting(until: self.second + 20) }
        switch self.machines[host] {
        case .booting(let until) where self.second >= until:
            self.machines[host] = .running
            self.tell(.clientLoggedIn(host))
        case .running:
            self.obey(host)
        case .stopping(let until) where self.second >= until && !self.hangs.contains(host):
            self.machines[host] = .off
        default: break
        }
    }

    var dark: Set<HostID> = []

    private mutating func obey(_ host: HostID) {
        guard self.engine.phase(of: host)?.isTold == true else { return self.reacts[host] = nil }
        let at = self.reacts[host] ?? self.second + 1 + self.chance.below(5)
        self.reacts[host] = at
        guard self.second >= at else { return }
        self.reacts[host] = nil
        self.stops += 1
        self.judgeStop(host)
        if self.chance.isTrue(oneIn: 40) { self.hangs.insert(host) }
        self.machines[host] = .stopping(until: self.second + 5 + self.chance.below(40))
        self.tell(.clientLoggedOut(host, remaining: 0))
    }

    /// Invariant 2: asked only after everything that needs it has stopped.
    private mutating func judgeStop(_ host: HostID) {
        for other in self.rack.consumers where other.isHost && other.needs.contains(host) {
            let isDown = self.machines[other.id] == .off || self.hangs.contains(other.id)
            if !isDown { self.sins.append("\(self.second): \(host) stops while \(other.id), which needs it, is up") }
        }
    }

    // MARK: The engine's ears and hands

    mutating func report() {
        for ups in self.rack.upses.map(\.id) {
            guard let battery = self.batteries[ups] else { continue }
            let supply: UPSCondition.Supply = battery.hasMains ? .mains : battery.isDead ? .off : .battery
            self.tell(.upsReported(ups, UPSCondition(supply: supply, charge: Percent(battery.charge), cutOff: 11)))
        }
        for outlet in self.positions.keys.sorted()
        where self.upsOf(.outlet(outlet)).map({ self.batteries[$0]?.isDead == false }) == true {
            self.tell(
                .outletReported(outlet, position: self.positions[outlet], power: Watts(self.watts(of: outlet))))
        }
    }

    mutating func tell(_ input: PolicyInput) {
        for action in self.engine.handle(input, at: self.now) {
            switch action {
            case .wake(let moment): self.wake = moment
            case .cancelWake: self.wake = nil
            case .turn(let outlet, let position, _): self.answers.append((self.second + 1, outlet, position))
            case .announceShutdown, .withdrawShutdown, .answer, .record, .journal, .stop, .start: break
            }
        }
    }
}
