import PowerCore

/// Why the lab did not do what a command asked, in a sentence.
public struct LabRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence, with what is possible.
    public var reason: String

    /// Makes a refusal.
    public init(_ reason: String) {
        self.reason = reason
    }

    /// The sentence.
    public var description: String { self.reason }
}

extension LabRack {
    /// Carries out a command at once, and says in a few words what is different now.
    @discardableResult
    public func execute(_ command: LabCommand) throws(LabRefusal) -> String {
        let now = self.catchUp()
        let said = try self.carryOut(command, at: now)
        self.takeStep(to: now)
        return said
    }

    private func carryOut(_ command: LabCommand, at now: Moment) throws(LabRefusal) -> String {
        switch command {
        case .mainsOff(let id): return try self.setMains(id, isOn: false)
        case .mainsOn(let id): return try self.setMains(id, isOn: true)
        case .unplug(let id):
            try self.withDevice(id, ups: { $0.unplug() }, pdu: { $0.setFault(.unreachable) })
            return "\(id) unplugged"
        case .plug(let id):
            try self.withDevice(id, ups: { $0.plug() }, pdu: { $0.setFault(nil) })
            return "\(id) plugged in"
        case .stall(let id, nil):
            try self.withDevice(id, ups: { $0.inject(DeviceFault(.stall)) }, pdu: { $0.setFault(.refuses) })
            return "\(id) stalls every request"
        case .stall(let id, let times): return try self.spoil(id, .stall, times, "stalls")
        case .garbage(let id, let times): return try self.spoil(id, .garbage, times, "answers with noise to")
        case .short(let id, let times): return try self.spoil(id, .short, times, "answers with one byte to")
        case .nak(let id, let times): return try self.spoil(id, .nak, times, "leaves without an answer")
        case .absurd(let id, let times):
            let port = try self.port(id)
            port.inject(DeviceFault(.absurdDescriptor, count: times))
            return "\(id) gives an absurd descriptor when it is opened"
        case .slow(let id, let delay):
            try self.withDevice(
                id, ups: { $0.inject(DeviceFault(.slow(delay))) }, pdu: { $0.setFault(.slow(delay)) })
            return "\(id) answers later by \(delay)"
        case .heal(let name): return try self.heal(name, at: now)
        case .setCharge(let id, let charge):
            try self.port(id).update { $0.battery.setCharge(charge) }
            return "\(id) holds \(charge.value.short) %"
        case .setLimit(let id, let limit):
            try self.port(id).update { $0.battery.dischargeLimit = limit }
            return "\(id) ends its output at \(limit.value.short) + 1 %"
        case .stick, .lag, .deny, .lock, .call, .restart: return try self.spoilOutlets(command)
        case .hang(let id):
            let index = try self.index(ofHost: id)
            self.hosts[index].hang()
            return "\(id) never finishes stopping"
        case .setSpeed(let factor):
            self.speed = factor
            return "batteries \(factor.short) times as fast as time"
        case .status: return self.snapshot().text
        }
    }

    // MARK: Mains

    private func setMains(_ id: DeviceID?, isOn: Bool) throws(LabRefusal) -> String {
        if let id, self.ports[id] != nil {
            if isOn { self.deadInputs.remove(id) } else { self.deadInputs.insert(id) }
            let source = self.plan.upses.first { $0.id == id }?.source
            let isStillDark = isOn && source.map { self.deadSources.contains($0) } == true
            return "mains \(isOn ? "on" : "off") at \(id)\(isStillDark ? ", but its circuit is off" : "")"
        }
        guard let id else {
            for source in self.plan.sources { self.setSource(source, isOn: isOn) }
            if isOn { self.deadInputs = [] }
            return "mains \(isOn ? "on" : "off")"
        }
        guard self.plan.sources.contains(id) else {
            let known = self.plan.sources + self.plan.upses.map(\.id)
            throw LabRefusal("no circuit or UPS is called \(id); there are \(Self.list(known))")
        }
        self.setSource(id, isOn: isOn)
        return "mains \(isOn ? "on" : "off") at \(id)"
    }

    private func setSource(_ id: DeviceID, isOn: Bool) {
        guard isOn == self.deadSources.contains(id) else { return }
        if isOn { self.deadSources.remove(id) } else { self.deadSources.insert(id) }
        self.emit(.mains(id, isOn: isOn))
    }

    // MARK: Faults

    private func spoil(
        _ id: DeviceID, _ kind: DeviceFault.Kind, _ times: Int?, _ what: String
    ) throws(LabRefusal) -> String {
        let port = try self.port(id)
        port.inject(DeviceFault(kind, count: times))
        return "\(id) \(what) \(times.map { "the next \($0) requests" } ?? "every request")"
    }

    private func heal(_ name: String, at now: Moment) throws(LabRefusal) -> String {
        if let index = self.hosts.firstIndex(where: { $0.plan.id.name == name }) {
            self.hosts[index].heal(at: now)
        } else if let port = self.ports[DeviceID(name)] {
            port.heal()
        } else if let pdu = self.pdus[DeviceID(name)] {
            pdu.heal()
        } else {
            let hosts = self.hosts.map(\.plan.id.name)
            let names = self.plan.upses.map(\.id.name) + self.plan.pdus.map(\.id.name) + hosts
            throw LabRefusal("no UPS, PDU or host is called \(name); there are \(Self.list(names))")
        }
        return "\(name) is well"
    }

    // MARK: Finding

    private func withDevice(
        _ id: DeviceID, ups: (EmulatedUPSPort) -> Void, pdu: (EmulatedPDU) -> Void
    ) throws(LabRefusal) {
        if let port = self.ports[id] { return ups(port) }
        if let found = self.pdus[id] { return pdu(found) }
        let known = self.plan.upses.map(\.id) + self.plan.pdus.map(\.id)
        throw LabRefusal("no UPS or PDU is called \(id); there are \(Self.list(known))")
    }

    private func port(_ id: DeviceID) throws(LabRefusal) -> EmulatedUPSPort {
        guard let port = self.ports[id] else {
            throw LabRefusal("no UPS is called \(id); there are \(Self.list(self.plan.upses.map(\.id)))")
        }
        return port
    }

    private func index(ofHost id: HostID) throws(LabRefusal) -> Int {
        guard let index = self.hosts.firstIndex(where: { $0.plan.id == id }) else {
            throw LabRefusal("no host is called \(id); there are \(Self.list(self.hosts.map(\.plan.id)))")
        }
        return index
    }

    static func list(_ names: [some CustomStringConvertible]) -> String {
        names.map(\.description).joined(separator: ", ")
    }
}
