import PowerCore
import PowerLab

/// What is to be simulated, as it was written: on the command line, or in a scenario file.
struct Scenario: Equatable {
    /// Where the rack comes from.
    enum RackSource: Equatable {
        /// The demo rack.
        case demo
        /// A configuration file.
        case file(String)
    }

    /// The mains that fail.
    struct Outage: Equatable {
        /// When.
        var stretch: ScenarioWords.Stretch
        /// At which UPSes; all where none is named.
        var upses: [String]
    }

    /// Where the rack comes from; nil where nothing was said.
    var rack: RackSource?
    /// The outages.
    var outages: [Outage] = []
    /// The charges that batteries begin with, by name; the key nil stands for all others.
    var charges: [String?: Percent] = [:]
    /// What goes wrong.
    var faults: [ScenarioWords.Fault] = []
    /// How long is played; nil: until all is calm.
    var length: Duration?
    /// What chance is made of.
    var seed: UInt64 = 1
    /// With how much time left a host was stopped needlessly; nil: the simulator's own figure.
    var needlessAbove: Duration?

    /// The plan for a rack; fails where a name is none of the rack's.
    func plan(for configuration: Configuration) throws(ScenarioWords.Failure) -> SimulationPlan {
        var plan = SimulationPlan(configuration)
        let names = RackNames(configuration.rack)
        for (name, charge) in self.charges {
            guard let name else { continue }
            plan.charges[try names.ups(name)] = charge
        }
        if let charge = self.charges[nil] {
            for ups in configuration.rack.upses where plan.charges[ups.id] == nil { plan.charges[ups.id] = charge }
        }
        for outage in self.outages {
            var upses: [DeviceID] = []
            for name in outage.upses { upses.append(try names.ups(name)) }
            plan.cuts.append(SimulationPlan.Cut(of: upses, from: outage.stretch.from, to: outage.stretch.to))
        }
        for fault in self.faults {
            plan.faults.append(
                SimulationFault(try names.kind(of: fault), from: fault.stretch.from, to: fault.stretch.to))
        }
        plan.length = self.length
        plan.seed = self.seed
        if let needlessAbove { plan.needlessAbove = needlessAbove }
        return plan
    }
}
