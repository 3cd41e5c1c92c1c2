import PowerCore

extension Simulation {
    /// The least time until the engine is called again of its own accord: an engine that wants to be called at once,
    /// again and again, must not stop the clock.
    private static let leastWake = Duration.milliseconds(1)

    /// Tells the engine something, and does what it says.
    mutating func tell(_ input: PolicyInput) {
        guard self.daemon.isUp else { return }
        self.result.counts.calls += 1
        for action in self.daemon.engine.handle(input, at: self.now) { self.perform(action) }
    }

    /// Calls the engine where it asked for it.
    mutating func wakeDaemon() {
        guard self.daemon.wakeAt == self.now else { return }
        self.daemon.wakeAt = nil
        self.tell(.deadlineReached)
    }

    private mutating func perform(_ action: PolicyAction) {
        switch action {
        case .announceShutdown(let host, _): self.showForced(host)
        case .withdrawShutdown(let host): self.withdrawForced(host)
        case .journal(let entries):
            for entry in entries { self.daemon.memory.take(entry) }
        case .stop(let host, let way): self.order(host) { $0.way = (way, nil) }
        case .start(let host, let method):
            if let machine = self.topology.consumers[host] { self.judgeStart(of: machine) }
            self.order(host) { $0.way = (nil, method) }
        case .turn(let outlet, let position, let reason): self.order(outlet, position, reason)
        // A PDU on paper has no cycle of its own; nothing in a simulation asks for one.
        case .cycle: break
        // What has reached the PDU goes on there.
        case .abandon: break
        case .answer: break
        case .record(let record):
            self.note(record)
            self.record(.decided(record))
        case .wake(let moment):
            let at = max(moment, self.now + Self.leastWake)
            self.daemon.wakeAt = at
            self.queue.add(.wake, at: at)
        case .cancelWake: self.daemon.wakeAt = nil
        }
    }

    /// FSD is shown on the virtual UPS of a host.
    private mutating func showForced(_ host: HostID) {
        guard let machine = self.topology.consumers[host] else { return }
        if self.machines[machine].isTold { self.find(.toldTwice(host)) }
        self.machines[machine].isTold = true
        self.judgeOrder(to: machine)
        self.planProbes(of: machine)
        if self.machines[machine].isConnected { self.planNoticing(machine) }
    }

    private mutating func withdrawForced(_ host: HostID) {
        guard let machine = self.topology.consumers[host] else { return }
        self.machines[machine].isTold = false
        if self.machines[machine].step == .notices { self.machines[machine].forgetStep() }
    }

    /// A program is run for a host, or a packet sent.
    private mutating func order(_ host: HostID, _ change: (inout SimulatedMachine) -> Void) {
        guard let machine = self.topology.consumers[host] else { return }
        change(&self.machines[machine])
        if self.machines[machine].way.stop != nil, !self.machines[machine].isTold { self.judgeOrder(to: machine) }
        self.machines[machine].wayAt = self.now + Self.wayTime
        self.queue.add(.way(machine), at: self.now + Self.wayTime)
    }

    // MARK: A crash

    /// The daemon is gone: nobody shows FSD, and clients on battery lose their patience.
    mutating func loseDaemon() {
        self.daemon.absences += 1
        guard self.daemon.absences == 1 else { return }
        self.record(.daemon(isUp: false))
        self.daemon.wakeAt = nil
        for machine in self.machines.indices {
            let isWaiting = self.machines[machine].isConnected && self.machines[machine].state == .running
            self.machines[machine].isTold = false
            self.machines[machine].isConnected = false
            self.machines[machine].clients = 0
            self.machines[machine].lostAt = nil
            self.machines[machine].hadPlan = false
            guard isWaiting else { continue }
            self.machines[machine].forgetStep()
            if self.machines[machine].isOnBattery { self.plan(.losesPatience, machine, in: Self.clientPatience) }
        }
    }

    /// The daemon is started again; devices are found at once, clients come back one after the other.
    mutating func restartDaemon() {
        self.daemon.absences = max(0, self.daemon.absences - 1)
        guard self.daemon.isUp else { return }
        self.daemon.epoch += 1
        self.daemon.engine = self.restart()
        self.record(.daemon(isUp: true))
        self.greetDaemon()
        for machine in self.machines.indices where self.machines[machine].state == .running {
            self.plan(.logsIn, machine, in: self.chance.time(Self.noticing))
        }
        self.isPowerStale = true
    }

    /// An engine after a crash, with what the one before it had asked to be kept.
    private func restart() -> PolicyEngine {
        PolicyEngine(
            rack: self.plan.rack, settings: self.plan.settings, memory: self.daemon.memory, at: self.now)
    }

    /// Everything that can be heard is heard for the first time.
    mutating func greetDaemon() {
        guard self.daemon.isUp else { return }
        for machine in self.machines.indices where self.machines[machine].isHost {
            self.machines[machine].isTold = self.daemon.engine.phase(of: self.machines[machine].id)?.isTold ?? false
        }
        self.tellUPSes(all: true)
        for outlet in self.outlets.indices { self.tellOutlet(outlet) }
        for machine in self.machines.indices where self.machines[machine].isProbed { self.probe(machine) }
    }
}
