import PowerCore

/// A rack with physics simple enough to be sure of, the real policy engine at the wheel, and a clock that jumps.
///
/// Everything is a value and nothing waits: the world goes from one thing that happens to the next (the engine's
/// wake-up, a percent of charge, a machine that has booted, an outlet that has moved, a fault that was planned), so that
/// a quiet month costs nothing. It knows what truly is; the engine is told only what devices and clients would tell.
public struct Simulation: Sendable {
    /// How long the rack runs quietly before the scenario begins, so that the engine knows it.
    static let leadIn = Duration.seconds(60)
    /// After so many things that happened a simulation is broken off: a season has some thousand.
    static let mostEvents = 5_000_000
    /// So many findings are kept with their moment; all are counted.
    static let mostFindings = 1000
    /// How long after everything has come back the world is watched for what may still follow, beside the stable time.
    static let watchAfterCalm = Duration.seconds(60)

    let plan: SimulationPlan
    let topology: SimulationTopology
    let script: [ScriptedStep]
    var now = Moment.origin
    var queue = EventQueue()
    var chance: Chance
    var upses: [SimulatedUPS]
    var pdus: [SimulatedPDU]
    var outlets: [SimulatedOutlet]
    var machines: [SimulatedMachine]
    var daemon: SimulatedDaemon
    var result = SimulationResult()
    /// How many of the planned steps have been taken.
    var scriptedDone = 0
    /// Whether something changed that power flows by.
    var isPowerStale = false
    /// Whether power that ends now was taken by an outlet.
    var isCutting = false
    private var calmSince: Moment?

    /// Prepares to play `plan`.
    public init(_ plan: SimulationPlan) {
        self.plan = plan
        self.topology = SimulationTopology(plan.rack)
        self.script = ScriptedStep.steps(of: plan, self.topology)
        self.chance = Chance(seed: plan.seed)
        self.upses = plan.rack.upses.map {
            SimulatedUPS($0, charge: plan.charges[$0.id] ?? 100, chargingTime: plan.chargingTime, at: .origin)
        }
        self.pdus = plan.rack.pdus.map { _ in SimulatedPDU() }
        self.outlets = self.topology.outlets.map { _ in SimulatedOutlet() }
        self.machines = plan.rack.consumers.map { SimulatedMachine($0, plan.machines[$0.id]) }
        self.daemon = SimulatedDaemon(PolicyEngine(rack: plan.rack, settings: plan.settings))
    }

    /// Plays it to its end, and says what came of it.
    public mutating func play() -> SimulationResult {
        self.begin()
        var count = 0
        while let next = self.queue.next, next <= self.end, let (at, task) = self.queue.take() {
            self.now = at
            self.happen(task)
            self.settle()
            self.watchForCalm()
            count += 1
            guard count < Self.mostEvents else {
                self.result.isCutShort = true
                break
            }
        }
        let isPlayedOut = self.queue.next != nil || self.plan.length != nil
        if isPlayedOut, !self.result.isCutShort { self.now = max(self.now, self.end) }
        self.judgeEnd()
        self.result.length = self.elapsed
        return self.result
    }

    /// The time since the beginning of the scenario.
    var elapsed: Duration { self.now - .origin - Self.leadIn }

    /// When it ends, as far as is known now.
    private var end: Moment {
        let planned = self.plan.length ?? self.plan.lastMoment + SimulationPlan.longestRecovery
        let last = Moment.origin + Self.leadIn + planned
        guard self.plan.length == nil, let calmSince else { return last }
        return min(last, calmSince + self.plan.settings.stable + Self.watchAfterCalm)
    }

    private mutating func begin() {
        for (index, step) in self.script.enumerated() {
            self.queue.add(.scripted(index), at: .origin + Self.leadIn + step.at)
        }
        self.settlePower()
        self.greetDaemon()
        for index in self.machines.indices where self.machines[index].isHost { self.logIn(index) }
    }

    /// Lets one thing happen.
    private mutating func happen(_ task: EventQueue.Task) {
        switch task {
        case .scripted(let index): self.take(self.script[index].action)
        case .wake: self.wakeDaemon()
        case .upsStep(let ups): self.stepBattery(ups)
        case .upsStale(let ups): self.missUPS(ups)
        case .pduStale(let pdu): self.missPDU(pdu)
        case .machine(let machine): self.stepMachine(machine)
        case .clientLost(let machine): self.missClient(machine)
        case .probe(let machine): self.probe(machine)
        case .way(let machine): self.answerWay(machine)
        case .outlet(let outlet): self.stepOutlet(outlet)
        case .outletReport(let outlet): self.readOutlet(outlet)
        }
    }

    /// Lets power flow anew where that is needed, and UPSes tell what has changed.
    mutating func settle() {
        if self.isPowerStale { self.settlePower() }
        self.tellUPSes()
    }

    /// A rack in which everything is as it was at the beginning needs not be watched for long.
    private mutating func watchForCalm() {
        guard self.plan.length == nil, self.scriptedDone == self.script.count, self.isCalm else {
            self.calmSince = nil
            return
        }
        self.calmSince = self.calmSince ?? self.now
    }

    private var isCalm: Bool {
        self.daemon.isUp && self.upses.allSatisfy { $0.hasMains && $0.isLive }
            && self.machines.allSatisfy { machine in
                guard machine.isHost else { return machine.isPowered }
                return machine.state == .running && !machine.isTold && (machine.isConnected || machine.isDeaf > 0)
            } && self.outlets.allSatisfy { $0.orders.isEmpty }
    }

    /// Writes down what happened, where that is wanted.
    mutating func record(_ kind: SimulationEvent.Kind) {
        guard self.plan.isRecorded else { return }
        self.result.events.append(SimulationEvent(at: self.elapsed, kind))
    }

    /// Writes down what should not be.
    mutating func find(_ finding: SimulationFinding) {
        self.result.counts.add(finding)
        guard self.result.findings.count < Self.mostFindings else { return }
        self.result.findings.append(SimulationResult.Finding(at: self.elapsed, finding: finding))
        self.record(.found(finding))
    }
}
