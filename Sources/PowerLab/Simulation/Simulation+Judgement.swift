import PowerCore

extension Simulation {
    // MARK: What the engine says

    /// Takes from the engine's own words what it is judged by.
    mutating func note(_ record: PolicyRecord) {
        if let machine = self.topology.consumers[HostID(record.subject)] { self.readAgain(machine) }
        switch record.reason {
        case .onBattery, .charge, .runtime, .lastSafeMoment, .batteryLow, .needs, .forced:
            self.change(record.subject) { $0.why = record.reason }
        case .stopped(.timeout):
            self.result.counts.stoppedByTimeout += 1
            self.change(record.subject) { $0.isWrittenOff = true }
        case .startTurn(let round):
            self.change(record.subject) { $0.round = round }
        case .seenUp:
            self.change(record.subject) {
                $0.isWrittenOff = false
                $0.round = 1
            }
        default: break
        }
    }

    /// A PDU is read again and again; only a reading from after a decision can prove anything about it, changed or not.
    private mutating func readAgain(_ machine: Int) {
        for case .outlet(let outlet) in self.topology.sockets[machine] { self.planReading(of: outlet) }
    }

    private mutating func change(_ host: String, _ body: (inout SimulatedMachine) -> Void) {
        guard let machine = self.topology.consumers[HostID(host)] else { return }
        body(&self.machines[machine])
    }

    // MARK: Rules

    /// Invariant 2: told only after everything that needs it has stopped, or has run out of its time.
    mutating func judgeOrder(to machine: Int) {
        self.foresee(machine)
        for other in self.topology.dependents[machine]
        where self.machines[other].isHost && self.machines[other].state != .off && !self.machines[other].isWrittenOff {
            self.find(.toldBefore(self.machines[machine].id, self.machines[other].id))
        }
    }

    /// Invariant 2, the other way: started only after everything it needs is up.
    mutating func judgeStart(of machine: Int) {
        guard !self.machines[machine].isPowered else { return }
        for needed in self.topology.needs[machine] {
            let other = self.machines[needed]
            if other.isHost ? other.state != .running : !other.isPowered {
                self.find(.startedBefore(self.machines[machine].id, self.machines[needed].id))
            }
        }
    }

    /// Invariant 1: the last live feed of a host that is up is cut by nobody, unless its time has run out.
    mutating func judgeCut(of outlet: Int) {
        guard self.isLive(.outlet(outlet)) else { return }
        for machine in self.topology.outlets[outlet].feeds {
            let its = self.machines[machine]
            guard its.isHost, its.state != .off, self.liveFeeds(of: machine) <= its.requires else { continue }
            if !its.isWrittenOff, its.round == 1 { self.find(.cutWhileUp(self.topology.outlets[outlet].id, its.id)) }
        }
    }

    // MARK: Losses

    /// Invariant 3: power that ends under a running host. One whose outlet was cut is judged there.
    mutating func judgeLoss(of machine: Int) {
        let its = self.machines[machine]
        guard !self.isCutting, its.isUp else { return }
        let isBroken = self.topology.sockets[machine].contains { self.upses[self.topology.ups(of: $0)].deaths > 0 }
        self.find(.lostPower(its.id, couldBeAvoided: its.hadPlan && !its.isHung && its.isDeaf == 0 && !isBroken))
    }

    /// Notes for every host on battery whether there is a plan to stop it in time.
    ///
    /// What a plan is stands at ``SimulationFinding/lostPower(_:couldBeAvoided:)``.
    mutating func judgePlans() {
        guard self.daemon.isUp, self.machines.contains(where: { $0.isHost && $0.isOnBattery && !$0.hadPlan && $0.isUp })
        else { return }
        let ends = self.trueEnds()
        var chain = Array(repeating: 0.0, count: self.machines.count)
        for machine in self.topology.stopOrder {
            let before = self.topology.dependents[machine].map { chain[$0] }.max() ?? 0
            chain[machine] = before + self.timeToStop(machine)
            let its = self.machines[machine]
            guard its.isHost, its.isOnBattery, its.isUp else { continue }
            let needed = chain[machine] + self.plan.settings.debounce.inSeconds
            if self.timeLeft(of: machine, ends) >= needed { self.machines[machine].hadPlan = true }
        }
    }

    /// How long one machine alone takes to be stopped and seen to be, in seconds.
    private func timeToStop(_ machine: Int) -> Double {
        let its = self.machines[machine]
        guard its.isHost, its.state != .off, !its.isWrittenOff else { return 0 }
        guard its.hangs == 0, its.isDeaf == 0 else { return its.timeout.inSeconds }
        // What boots hears nothing before it has booted.
        let boot = its.state == .booting ? its.bootTime : .zero
        let isMeasured = self.topology.sockets[machine].allSatisfy { socket in
            guard case .outlet(let outlet) = socket else { return false }
            return self.answers(self.topology.outlets[outlet].pdu)
        }
        let off = isMeasured ? its.stopTime + Self.pollInterval : max(its.stopTime, its.offAfterLogout)
        return (boot + Self.noticing.upperBound + off).inSeconds
    }

    /// When the output of each UPS ends, in seconds from now, if nothing is switched any more.
    private func trueEnds() -> [Double] {
        var ends = self.upses.map { $0.isLive ? Double.infinity : 0 }
        var left = self.upses.map(\.usable)
        var elapsed = 0.0
        for _ in self.upses {
            let loads = self.loads { ends[$0] > elapsed }
            var next = (ups: -1, time: Double.infinity)
            for ups in self.upses.indices where ends[ups] == .infinity && !self.upses[ups].hasMains && loads[ups] > 0 {
                let time = left[ups] / loads[ups] * 3600
                if time < next.time { next = (ups, time) }
            }
            guard next.ups >= 0 else { break }
            for ups in self.upses.indices where !self.upses[ups].hasMains { left[ups] -= loads[ups] * next.time / 3600 }
            elapsed += next.time
            ends[next.ups] = elapsed
        }
        return ends
    }

    /// What each UPS would carry if only these gave power.
    private func loads(where isLive: (Int) -> Bool) -> [Double] {
        var loads = Array(repeating: 0.0, count: self.upses.count)
        for machine in self.machines.indices {
            let live = self.topology.sockets[machine].filter { self.isLive($0) && isLive(self.topology.ups(of: $0)) }
            guard !live.isEmpty else { continue }
            for socket in live {
                loads[self.topology.ups(of: socket)] += self.machines[machine].draw / Double(live.count)
            }
        }
        return loads
    }

    /// How long as many feeds live as a machine requires, when its UPSes end so.
    private func timeLeft(of machine: Int, _ ends: [Double]) -> Double {
        let sorted = self.topology.sockets[machine].map { self.isLive($0) ? ends[self.topology.ups(of: $0)] : 0 }
            .sorted(by: >)
        let place = self.machines[machine].requires - 1
        return sorted.indices.contains(place) ? sorted[place] : 0
    }

    // MARK: In vain

    /// A host that was told to stop lives on mains again: whether the batteries would have lasted all the same.
    mutating func judgeNeed(of machine: Int) {
        let its = self.machines[machine]
        self.machines[machine].wouldEnd = nil
        guard its.isHost, let end = its.wouldEnd, end - self.now >= self.plan.needlessAbove else { return }
        self.find(.stoppedNeedlessly(its.id, left: end - self.now, why: its.why))
    }

    /// Notes until when a host that is told to stop would have had power if nothing were stopped.
    private mutating func foresee(_ machine: Int) {
        guard self.machines[machine].isOnBattery else { return }
        for ups in self.upses.indices { self.upses[ups].advance(to: self.now) }
        let seconds = self.timeLeft(of: machine, self.trueEnds())
        // What draws nothing lasts for ever; a year is as good.
        self.machines[machine].wouldEnd = self.now + .seconds(min(seconds, 365 * 86_400).rounded())
    }

    // MARK: The end

    /// Invariant 4: what was up before is up again, where the mains are back.
    mutating func judgeEnd() {
        for machine in self.machines.indices where !self.machines[machine].isOnBattery {
            let its = self.machines[machine]
            let isUp = its.isHost ? its.state == .running : its.isPowered
            if !isUp { self.find(.leftOff(its.id, self.daemon.engine.phase(of: its.id))) }
        }
    }
}
