import PowerCore

/// One order to the server: a command of a device, and what it is about.
struct SwitchOrder: Equatable {
    /// What it is about.
    enum Target: Equatable {
        case outlet(OutletPicture)
        /// A host with the outlets that feed it, which the server switches together.
        case host(String, feeds: [OutletPicture])
    }

    /// What it is about.
    var target: Target
    /// What is asked.
    var action: OutletAction
    /// The device that takes the command.
    var device: String
    /// The instant command.
    var command: String
    /// Its parameter.
    var parameter: String?
    /// After how many seconds it is carried out; nil for at once.
    var delay: Int?

    /// Makes the order for an outlet.
    init(_ action: OutletAction, _ outlet: OutletPicture, _ options: OrderOptions, isAlone: Bool) {
        (self.target, self.action, self.device) = (.outlet(outlet), action, outlet.id.pdu.name)
        self.command = outlet.command(action, isDelayed: options.delay != nil)
        self.parameter = options.parameter(for: outlet.namesToType, isAlone: isAlone)
        self.delay = options.delay
    }

    /// Makes the order for a host.
    init(
        _ action: OutletAction, host: String, feeds: [OutletPicture], _ options: OrderOptions, isAlone: Bool
    ) {
        (self.target, self.action, self.device) = (.host(host, feeds: feeds), action, host)
        self.command = action.commandWords(isDelayed: options.delay != nil)
        let names = [host] + feeds.flatMap(\.namesToType)
        self.parameter = options.parameter(for: names, isAlone: isAlone)
        self.delay = options.delay
    }

    /// The outlets that it is about.
    var outlets: [OutletPicture] {
        switch self.target {
        case .outlet(let outlet): [outlet]
        case .host(_, let feeds): feeds
        }
    }

    /// The PDUs whose relays it moves.
    var pdus: Set<DeviceID> { Set(self.outlets.map(\.id.pdu)) }

    /// The place or the name, as it is typed.
    var name: String {
        switch self.target {
        case .outlet(let outlet): "\(outlet.id)"
        case .host(let name, _): name
        }
    }

    /// Whether it is about an outlet or a host.
    var kind: Kind {
        switch self.target {
        case .outlet: .outlet
        case .host: .host
        }
    }

    /// The kind and the name, as they are typed.
    var typed: String { "\(self.kind.rawValue) \(self.name)" }

    /// What it is about with what hangs on it: `outlet rack-a/4 (storage)`, `host pve1 (rack-a/1, rack-b/1)`.
    var title: String {
        switch self.target {
        case .outlet(let outlet): "outlet \(outlet.title)"
        case .host(let name, let feeds): "host \(name) (\(feeds.map { "\($0.id)" }.joined(separator: ", ")))"
        }
    }
}
