import PowerCore

extension Simulation {
    /// Lets what was planned happen.
    mutating func take(_ action: ScriptedStep.Action) {
        self.scriptedDone += 1
        switch action {
        case .mains(let upses, let isOn):
            for ups in upses { self.switchMains(of: ups, isOn) }
        case .fault(let index, let isOver):
            let fault = self.plan.faults[index]
            self.record(.fault(fault, isOver: isOver))
            self.take(fault.kind, isOver ? -1 : 1)
        }
    }

    /// One fault more or less of a kind.
    private mutating func take(_ kind: SimulationFault.Kind, _ change: Int) {
        switch kind {
        case .hostHangs(let host): self.change(host) { $0.hangs += change }
        case .hostStaysOff(let host): self.change(host) { $0.staysOff += change }
        case .hostBootsLate(let host): self.change(host) { $0.bootsLate += change }
        case .clientMissing(let host): self.loseClient(of: host, change)
        case .upsSilent(let ups): self.silenceUPS(ups, change)
        case .upsDies(let ups):
            guard let ups = self.topology.upses[ups] else { return }
            self.upses[ups].advance(to: self.now)
            self.upses[ups].deaths += change
            self.isPowerStale = true
        case .pduSilent(let pdu):
            guard let pdu = self.topology.pdus[pdu] else { return }
            self.pdus[pdu].silences += change
            self.isPowerStale = true
        case .outletSticks(let outlet):
            guard let outlet = self.topology.outletIndex[outlet] else { return }
            self.outlets[outlet].sticks += change
        case .mainsFlicker: break
        case .daemonCrash: change > 0 ? self.loseDaemon() : self.restartDaemon()
        }
    }

    private mutating func change(_ host: HostID, _ body: (inout SimulatedMachine) -> Void) {
        guard let index = self.topology.consumers[host] else { return }
        body(&self.machines[index])
    }

    private mutating func switchMains(of ups: Int, _ isOn: Bool) {
        self.upses[ups].advance(to: self.now)
        let had = self.upses[ups].hasMains
        self.upses[ups].cuts += isOn ? -1 : 1
        guard self.upses[ups].hasMains != had else { return }
        self.upses[ups].mainsChanged()
        if !isOn { self.result.counts.cuts += 1 }
        self.record(.mains(self.plan.rack.upses[ups].id, isOn: isOn))
        self.isPowerStale = true
    }

    private mutating func silenceUPS(_ ups: DeviceID, _ change: Int) {
        guard let ups = self.topology.upses[ups] else { return }
        self.upses[ups].silences += change
        if self.upses[ups].silences == 0 {
            self.upses[ups].silentSince = nil
            self.upses[ups].told = nil
        } else if self.upses[ups].silentSince == nil {
            self.upses[ups].silentSince = self.now
            self.queue.add(.upsStale(ups), at: self.now + Self.staleAfter)
        }
    }
}
