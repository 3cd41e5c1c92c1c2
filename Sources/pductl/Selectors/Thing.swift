import PowerCore

/// Something on a server that a command can be about.
enum Thing: Equatable {
    case outlet(OutletPicture)
    case pdu(DevicePicture)
    /// A group of the configuration, with its outlets.
    case group(String, [OutletPicture])
    /// A host or load, with the outlets that feed it; only a host has a device.
    case consumer(String, device: DevicePicture?, feeds: [OutletPicture])
    case ups(DevicePicture)

    /// What kind of thing it is.
    var kind: Kind {
        switch self {
        case .outlet: .outlet
        case .pdu: .pdu
        case .group: .group
        case .consumer: .host
        case .ups: .ups
        }
    }

    /// The name, as it may be typed behind its kind.
    var name: String {
        switch self {
        case .outlet(let outlet): "\(outlet.id)"
        case .pdu(let device), .ups(let device): device.name
        case .group(let name, _), .consumer(let name, _, _): name
        }
    }

    /// Its device; an outlet and a group have none of their own.
    var device: DevicePicture? {
        switch self {
        case .pdu(let device), .ups(let device): device
        case .consumer(_, let device, _): device
        case .outlet, .group: nil
        }
    }

    /// The outlets that belong to it.
    var outlets: [OutletPicture] {
        switch self {
        case .outlet(let outlet): [outlet]
        case .pdu(let device), .ups(let device): device.outlets
        case .group(_, let outlets), .consumer(_, _, let outlets): outlets
        }
    }

    /// What it is, for a list of things that may be meant.
    var remark: String {
        switch self {
        case .outlet(let outlet):
            let words = [
                outlet.fed.isEmpty ? outlet.name : "feeds \(outlet.fed.joined(separator: ", "))", outlet.status,
            ]
            return words.compactMap { $0 }.joined(separator: ", ")
        case .pdu(let device), .ups(let device): return device.description
        case .group(_, let outlets), .consumer(_, _, let outlets):
            return outlets.map { "\($0.id)" }.joined(separator: ", ")
        }
    }
}

extension ServerPicture {
    /// The names of all groups, in the order of the outlets.
    var groups: [String] {
        var seen: Set<String> = []
        return self.outlets.flatMap(\.groups).filter { seen.insert($0.lowercased()).inserted }
    }

    /// The names of all hosts and loads: the devices of the hosts, and what else the outlets feed.
    var consumers: [String] {
        let hosts = self.devices(.host).map(\.name)
        var seen = Set(hosts.map { $0.lowercased() })
        return hosts + self.outlets.flatMap(\.fed).filter { seen.insert($0.lowercased()).inserted }
    }

    /// All things of a kind, in the server's order.
    func things(_ kind: Kind) -> [Thing] {
        switch kind {
        case .outlet: self.outlets.map { .outlet($0) }
        case .pdu: self.devices(.pdu).map { .pdu($0) }
        case .ups: self.devices(.ups).map { .ups($0) }
        case .group: self.groups.compactMap { self.thing(.group, called: $0) }
        case .host: self.consumers.compactMap { self.thing(.host, called: $0) }
        }
    }

    /// The one thing of a kind with a name; nil where there is none. An outlet's name is its place.
    func thing(_ kind: Kind, called name: String) -> Thing? {
        let wanted = name.lowercased()
        switch kind {
        case .outlet: return self.outlets.first { "\($0.id)".lowercased() == wanted }.map { .outlet($0) }
        case .pdu: return self.device(name).flatMap { $0.kind == .pdu ? .pdu($0) : nil }
        case .ups: return self.device(name).flatMap { $0.kind == .ups ? .ups($0) : nil }
        case .group:
            guard let name = self.groups.first(where: { $0.lowercased() == wanted }) else { return nil }
            let members = self.outlets.filter { $0.groups.contains { $0.lowercased() == wanted } }
            return .group(name, members)
        case .host:
            guard let name = self.consumers.first(where: { $0.lowercased() == wanted }) else { return nil }
            let device = self.device(name).flatMap { $0.kind == .host ? $0 : nil }
            return .consumer(name, device: device, feeds: self.outlets(feeding: name))
        }
    }
}
