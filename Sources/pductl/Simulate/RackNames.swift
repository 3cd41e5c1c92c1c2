import PowerCore
import PowerLab

/// The names of a rack, for faults to be about.
struct RackNames {
    private let rack: Rack

    /// Takes the names of `rack`.
    init(_ rack: Rack) {
        self.rack = rack
    }

    /// The UPS of this name.
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
