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

/// The names of a rack, for faults to be about.
private struct RackNames {
    let rack: Rack

    init(_ rack: Rack) {
        self.rack = rack
    }

    func ups(_ name: String) throws(ScenarioWords.Failure) -> DeviceID {
        let names = self.rack.upses.map(\.id.name)
        guard names.contains(name) else { throw Self.unknown(name, "UPS", names) }
        return DeviceID(name)
    }

    private func host(_ name: String) throws(ScenarioWords.Failure) -> HostID {
        let names = self.rack.consumers.filter(\.isHost).map(\.id.name)
        guard names.contains(name) else { throw Self.unknown(name, "host", names) }
        return HostID(name)
    }

    private func outlet(_ name: String) throws(ScenarioWords.Failure) -> OutletID {
        let names = self.rack.consumers.flatMap(\.outlets).map(\.description)
        guard let outlet = OutletID(parsing: name), names.contains(name) else {
            throw Self.unknown(name, "outlet that feeds something", names)
        }
        return outlet
    }

    /// What a fault is about, and what it is.
    func kind(of fault: ScenarioWords.Fault) throws(ScenarioWords.Failure) -> SimulationFault.Kind {
        let name = fault.subject ?? ""
        switch fault.word {
        case .hangs: return .hostHangs(try self.host(name))
        case .staysOff: return .hostStaysOff(try self.host(name))
        case .bootsLate: return .hostBootsLate(try self.host(name))
        case .deaf: return .clientMissing(try self.host(name))
        case .dies: return .upsDies(try self.ups(name))
        case .sticks: return .outletSticks(try self.outlet(name))
        case .silent:
            let pdus = self.rack.pdus.map(\.id.name)
            if pdus.contains(name) { return .pduSilent(DeviceID(name)) }
            guard let ups = try? self.ups(name) else {
                throw Self.unknown(name, "UPS or PDU", self.rack.upses.map(\.id.name) + pdus)
            }
            return .upsSilent(ups)
        case .flickers: return .mainsFlicker(name.isEmpty || name == "mains" ? [] : [try self.ups(name)])
        case .crash:
            guard name.isEmpty || name == "daemon" else { throw Self.unknown(name, "daemon", ["daemon"]) }
            return .daemonCrash
        }
    }

    private static func unknown(_ name: String, _ what: String, _ names: [String]) -> ScenarioWords.Failure {
        guard !name.isEmpty else {
            return ScenarioWords.Failure(sentence: "a name is missing in front of it, as in \(names.first ?? "x")=WORD")
        }
        let nearest = Spelling.nearest(to: name, among: names)
        let hint = nearest.isEmpty ? "there are \(names.joined(separator: ", "))" : "did you mean \(nearest[0])?"
        return ScenarioWords.Failure(sentence: "the rack has no \(what) '\(name)'; \(hint)")
    }
}
