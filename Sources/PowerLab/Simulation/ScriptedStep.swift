import PowerCore

/// One thing that a plan lets happen at a moment that is known beforehand, by index.
struct ScriptedStep {
    /// What happens.
    enum Action {
        case mains([Int], isOn: Bool)
        case fault(Int, isOver: Bool)
    }

    var at: Duration
    var action: Action

    /// Everything the plan says, in the order of time.
    static func steps(of plan: SimulationPlan, _ topology: SimulationTopology) -> [ScriptedStep] {
        var steps: [ScriptedStep] = []
        for cut in plan.cuts { steps += Self.steps(of: cut, topology) }
        for (index, fault) in plan.faults.enumerated() {
            steps.append(ScriptedStep(at: fault.from, action: .fault(index, isOver: false)))
            switch fault.kind {
            case .mainsFlicker(let upses):
                for round in 0..<SimulationFault.flickers {
                    let from = fault.from + (SimulationFault.flickerCut + SimulationFault.flickerPause) * round
                    let cut = SimulationPlan.Cut(of: upses, from: from, to: from + SimulationFault.flickerCut)
                    steps += Self.steps(of: cut, topology)
                }
            case .daemonCrash:
                let to = fault.to ?? fault.from + SimulationFault.restartDelay
                steps.append(ScriptedStep(at: to, action: .fault(index, isOver: true)))
            default:
                if let to = fault.to { steps.append(ScriptedStep(at: to, action: .fault(index, isOver: true))) }
            }
        }
        return steps
    }

    private static func steps(of cut: SimulationPlan.Cut, _ topology: SimulationTopology) -> [ScriptedStep] {
        let upses = cut.upses.isEmpty ? topology.upses.values.sorted() : cut.upses.compactMap { topology.upses[$0] }
        let off = ScriptedStep(at: cut.from, action: .mains(upses, isOn: false))
        return [off] + (cut.to.map { [ScriptedStep(at: $0, action: .mains(upses, isOn: true))] } ?? [])
    }
}

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
        if !isOn {
            self.upses[ups].loadAtCut = self.upses[ups].load
            self.result.counts.cuts += 1
        }
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
