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
