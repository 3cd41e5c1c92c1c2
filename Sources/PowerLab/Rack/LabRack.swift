public import PowerCore

// PowerLab knows devices, batteries and hosts as they are, with every way in which they mislead or fail. It refuses to
// know what anybody makes of that: no variable or status of a UPS, no policy. Time comes from a timekeeper alone.

/// A whole rack: mains, UPSes, PDUs, hosts and loads, with the physics between them.
///
/// Devices are reached through ``source(for:)`` and ``outlets(of:)`` as real ones are. ``run()`` lets time pass as the
/// timekeeper says; a test on a hand-moved clock calls ``advance(to:)`` instead, and gets the same every time.
///
/// The rack's own state changes at steps of ``defaultStep`` and, to the moment, when a relay moves or a host's state
/// ends. A UPS whose battery ends does so at the end of a step.
public actor LabRack {
    /// What is in the rack and how it is wired.
    public nonisolated let plan: LabPlan
    /// What happens, in order, for one listener; the newest ``eventLimit`` wait for a slow one.
    public nonisolated let events: AsyncStream<LabEvent>

    /// The longest time between two looks at the physics; a device that tells a change by itself is no later.
    public static let defaultStep: Duration = .milliseconds(250)
    /// Some minutes of a large rack that starts and stops all at once.
    public static let eventLimit = 4096

    nonisolated let ports: [DeviceID: EmulatedUPSPort]
    nonisolated let pdus: [DeviceID: EmulatedPDU]
    /// The time line the rack lives on.
    public nonisolated let timekeeper: any Timekeeper
    private nonisolated let continuation: AsyncStream<LabEvent>.Continuation
    private let step: Duration

    /// Until when everything has happened.
    public private(set) var moment: Moment
    /// How much faster than time the batteries empty and fill.
    public internal(set) var speed = 1.0
    var deadSources: Set<DeviceID> = []
    /// UPSes whose own mains plug is out.
    var deadInputs: Set<DeviceID> = []
    var hosts: [EmulatedHost]
    private var deadOutputs: Set<DeviceID> = []
    private var deadLoads: Set<HostID> = []

    /// Builds the rack with everything powered, or says everything that is wrong with the plan.
    public init(
        _ plan: LabPlan, timekeeper: any Timekeeper, step: Duration = LabRack.defaultStep
    ) throws(LabPlanError) {
        let problems = plan.problems
        guard problems.isEmpty else { throw LabPlanError(problems: problems) }
        self.plan = plan
        self.timekeeper = timekeeper
        self.step = max(.milliseconds(1), step)
        self.moment = timekeeper.now
        self.ports = Self.makePorts(plan, timekeeper)
        self.pdus = Dictionary(
            uniqueKeysWithValues: plan.pdus.map {
                ($0.id, EmulatedPDU($0.id, outletCount: $0.outletCount, timekeeper: timekeeper))
            })
        self.hosts = plan.hosts.map { EmulatedHost($0) }
        (self.events, self.continuation) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingNewest(Self.eventLimit))
        for host in self.hosts where host.isLoggedIn {
            self.continuation.yield(LabEvent(.clientLoggedIn(host.plan.id), at: timekeeper.now))
        }
        let draw = Draw(plan, hosts: self.hosts, isLive: { _ in true })
        Self.measure(plan, self.pdus, draw, isLive: { _ in true })
    }

    deinit {
        self.continuation.finish()
    }

    // MARK: What the daemon sees

    /// Where the UPS called `id` is plugged in; nil where there is none.
    public nonisolated func source(for id: DeviceID) -> (any HIDDeviceSource)? { self.ports[id] }

    /// The PDU called `id`; nil where there is none.
    public nonisolated func outlets(of id: DeviceID) -> (any OutletController)? { self.pdus[id] }

    /// Shows a host what its virtual UPS says, and how many real clients are logged in there for it.
    ///
    /// A host that is not in the rack sees nothing.
    public func show(_ host: HostID, forcedShutdown: Bool, realClients: Int) {
        let now = self.catchUp()
        guard let index = self.hosts.firstIndex(where: { $0.plan.id == host }) else { return }
        let changes = self.hosts[index].show(forcedShutdown: forcedShutdown, realClients: realClients, at: now)
        self.report(changes, of: host)
        self.takeStep(to: now)
    }

    // MARK: Time

    /// Lets time pass until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            let now = self.catchUp()
            do { try await self.timekeeper.sleep(until: now + self.step) } catch { return }
        }
    }

    /// Lets everything happen until `target`; what lies behind is not undone.
    public func advance(to target: Moment) {
        while self.moment < target || self.nextMoment.map({ $0 <= target }) == true {
            let next = min(self.moment + self.step, target, self.nextMoment ?? target)
            self.takeStep(to: max(next, self.moment))
        }
    }

    /// Lets everything happen until now, and says when that is.
    @discardableResult
    func catchUp() -> Moment {
        self.advance(to: self.timekeeper.now)
        return self.moment
    }

    /// Lets everything happen until `next`, taking what is drawn now as drawn all the while.
    func takeStep(to next: Moment) {
        let elapsed = (next - self.moment) * self.speed
        let draw = Draw(self.plan, hosts: self.hosts, isLive: self.isLive)
        self.moment = next
        for ups in self.plan.upses {
            let hasMains = self.hasMains(ups)
            self.ports[ups.id]?.update { $0.advance(by: elapsed, load: draw.ofUPS(ups.id), mains: hasMains) }
        }
        self.moveRelays()
        for index in self.hosts.indices {
            let changes = self.hosts[index].advance(to: next)
            self.report(changes, of: self.hosts[index].plan.id)
        }
        self.settlePower()
    }

    /// The next moment at which something happens by itself.
    private var nextMoment: Moment? {
        let relays = self.pdus.values.compactMap(\.nextMove).min()
        let hosts = self.hosts.compactMap(\.nextMoment).min()
        return [relays, hosts].compactMap(\.self).min()
    }

    private func moveRelays() {
        for pdu in self.plan.pdus {
            for move in self.pdus[pdu.id]?.takeMoves(until: self.moment) ?? [] {
                self.emit(.outletMoved(OutletID(pdu.id, move.outlet), move.position))
            }
        }
    }

    // MARK: Power

    /// Whether mains reaches a UPS.
    func hasMains(_ ups: LabUPSPlan) -> Bool {
        !self.deadSources.contains(ups.source) && !self.deadInputs.contains(ups.id)
    }

    /// Whether a feed gives power.
    func isLive(_ feed: Feed) -> Bool {
        switch feed {
        case .ups(let id): return !self.deadOutputs.contains(id)
        case .outlet(let outlet):
            guard let pdu = self.plan.pdus.first(where: { $0.id == outlet.pdu }), self.isLive(.ups(pdu.feed)),
                let positions = self.pdus[outlet.pdu]?.positions, positions.indices.contains(outlet.number - 1)
            else { return false }
            return positions[outlet.number - 1] == .on
        }
    }

    private func settlePower() {
        for ups in self.plan.upses {
            let isLive = self.ports[ups.id]?.ups.battery.isOutputLive == true
            guard isLive == self.deadOutputs.contains(ups.id) else { continue }
            if isLive { self.deadOutputs.remove(ups.id) } else { self.deadOutputs.insert(ups.id) }
            self.emit(.output(ups.id, isLive: isLive))
        }
        for index in self.hosts.indices {
            let plan = self.hosts[index].plan
            let isPowered = plan.feeds.count(where: self.isLive) >= plan.requires
            self.report(self.hosts[index].power(isPowered, at: self.moment), of: plan.id)
        }
        for load in self.plan.loads {
            let isPowered = load.feeds.contains(where: self.isLive)
            guard isPowered == self.deadLoads.contains(load.id) else { continue }
            if isPowered { self.deadLoads.remove(load.id) } else { self.deadLoads.insert(load.id) }
            self.emit(.loadPowered(load.id, isPowered))
        }
        let draw = Draw(self.plan, hosts: self.hosts, isLive: self.isLive)
        Self.measure(self.plan, self.pdus, draw, isLive: self.isLive)
    }

    private static func measure(
        _ plan: LabPlan, _ pdus: [DeviceID: EmulatedPDU], _ draw: Draw, isLive: (Feed) -> Bool
    ) {
        for pdu in plan.pdus {
            let watts = (1...max(1, pdu.outletCount)).map { draw.ofOutlet(OutletID(pdu.id, $0)) }
            pdus[pdu.id]?.measure(watts, isPowered: isLive(.ups(pdu.feed)))
        }
    }

    // MARK: Events

    func emit(_ kind: LabEvent.Kind) {
        self.continuation.yield(LabEvent(kind, at: self.moment))
    }

    func report(_ changes: [HostChange], of host: HostID) {
        for change in changes { self.emit(LabEvent.Kind(change, of: host)) }
    }

    private static func makePorts(
        _ plan: LabPlan, _ timekeeper: any Timekeeper
    ) -> [DeviceID: EmulatedUPSPort] {
        var ports: [DeviceID: EmulatedUPSPort] = [:]
        for (index, planned) in plan.upses.enumerated() {
            let traits = planned.model.traits(planned.firmware)
            var ups = EmulatedUPS(
                traits, serial: planned.serial ?? traits.serial(number: index + 1), charge: planned.charge)
            ups.battery.dischargeLimit = planned.dischargeLimit
            ports[planned.id] = EmulatedUPSPort(
                planned.id, ups: ups, portPath: "1-\(index + 1)", isSilent: planned.isSilent,
                timekeeper: timekeeper)
        }
        return ports
    }
}
