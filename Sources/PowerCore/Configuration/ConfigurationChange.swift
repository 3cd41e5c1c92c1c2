/// What is different in a configuration that was read again.
public struct ConfigurationChange: Hashable, Sendable {
    /// UPSes and PDUs that are new.
    public let added: Set<DeviceID>
    /// UPSes and PDUs that are gone.
    public let removed: Set<DeviceID>
    /// UPSes and PDUs that are in both and whose driver must be started anew.
    public let restarted: Set<DeviceID>
    /// Names that clients can no longer ask for: devices and hosts that are gone.
    public let vanished: Set<DeviceID>
    /// Everything that is different, in short sentences for the log (`added ups garage`); empty where nothing is.
    public let sentences: [String]
    /// Why a running daemon cannot take the new configuration, as a sentence; nil where it can.
    public let needsRestart: String?

    /// Compares two configurations.
    ///
    /// `touched` are devices whose driver must be started anew although the configuration says the same of them: what a
    /// file says that they name has changed.
    public init(from old: Configuration, to new: Configuration, touched: Set<DeviceID> = []) {
        let upses = Difference(old.upses, new.upses, id: \.rack.id.name)
        let pdus = Difference(old.pdus, new.pdus, id: \.rack.id.name)
        let hosts = Difference(old.describedConsumers, new.describedConsumers, id: \.consumer.id.name)
        let before = old.drivenDevices
        let after = new.drivenDevices
        self.added = Set(after.keys).subtracting(before.keys)
        self.removed = Set(before.keys).subtracting(after.keys)
        self.restarted = Set(
            after.filter { id, drive in before[id].map { $0 != drive || touched.contains(id) } ?? false }.keys)
        self.needsRestart =
            old.store == new.store ? nil : "the store cannot be changed while the daemon runs; restart it"
        self.vanished = old.names.subtracting(new.names)
        let restarts = self.restarted.sorted().map { "the driver of \($0) is started anew" }
        self.sentences =
            upses.sentences("ups") + pdus.sentences("pdu") + hosts.sentences { $0.consumer.isHost ? "host" : "load" }
            + restarts + Self.sentences(from: old, to: new)
    }

    /// What is different beside devices, hosts and loads.
    private static func sentences(from old: Configuration, to new: Configuration) -> [String] {
        let users = Difference(old.server.users, new.server.users, id: \.name)
        let listen = Difference(old.server.listen, new.server.listen, id: \.description)
        let others = [
            ("the order of tiers", old.rack.tiers != new.rack.tiers),
            ("manager", old.rack.manager != new.rack.manager), ("store", old.store != new.store),
            ("policy", old.policy != new.policy),
            ("server.tls", old.server.tls != new.server.tls), ("server.allow", old.server.allow != new.server.allow),
            ("server.aliases", old.server.aliases != new.server.aliases),
            ("server.max-clients", old.server.maximumClients != new.server.maximumClients),
            ("server.idle-timeout", old.server.idleTimeout != new.server.idleTimeout),
        ]
        return users.sentences("user") + listen.sentences("listener") + others.filter(\.1).map { "changed \($0.0)" }
    }

    /// What is different between two lists of things with names.
    private struct Difference<Item: Equatable> {
        private var added: [(name: String, item: Item)] = []
        private var removed: [(name: String, item: Item)] = []
        private var changed: [(name: String, item: Item)] = []

        init(_ old: [Item], _ new: [Item], id: (Item) -> String) {
            let before = Dictionary(old.map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
            let after = Dictionary(new.map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
            for item in new {
                guard let other = before[id(item)] else {
                    self.added.append((id(item), item))
                    continue
                }
                if other != item { self.changed.append((id(item), item)) }
            }
            self.removed = old.filter { after[id($0)] == nil }.map { (id($0), $0) }
        }

        func sentences(_ kind: String) -> [String] {
            self.sentences { _ in kind }
        }

        func sentences(_ kind: (Item) -> String) -> [String] {
            [("added", self.added), ("removed", self.removed), ("changed", self.changed)].flatMap { word, items in
                items.map { "\(word) \(kind($0.item)) \($0.name)" }
            }
        }
    }
}

extension Configuration {
    /// What makes a device's driver what it is; anything else of the device can be changed while the driver runs.
    fileprivate enum Drive: Hashable {
        case ups(UPS.Driver, poll: Duration, full: Duration, stale: Duration)
        case pdu(PDU.Driver, poll: Duration, stale: Duration)
    }

    fileprivate var drivenDevices: [DeviceID: Drive] {
        let upses = self.upses.map { ups in
            (
                ups.rack.id,
                Drive.ups(ups.driver, poll: ups.pollInterval, full: ups.fullPollInterval, stale: ups.staleAfter)
            )
        }
        let pdus = self.pdus.map { pdu in
            (pdu.rack.id, Drive.pdu(pdu.driver, poll: pdu.pollInterval, stale: pdu.staleAfter))
        }
        return Dictionary(upses + pdus, uniquingKeysWith: { first, _ in first })
    }

    /// A host or load with what clients are told of it and how it is reached.
    fileprivate struct DescribedConsumer: Equatable {
        var consumer: Consumer
        var description: String?
        var access: HostAccess?
    }

    fileprivate var describedConsumers: [DescribedConsumer] {
        self.rack.consumers.map {
            DescribedConsumer(consumer: $0, description: self.hostDescriptions[$0.id], access: self.access[$0.id])
        }
    }

    /// Every name that a client may ask for.
    fileprivate var names: Set<DeviceID> {
        let hosts = self.rack.consumers.filter(\.isHost).map { DeviceID($0.id.name) }
        return Set(self.upses.map(\.rack.id) + self.pdus.map(\.rack.id) + hosts)
    }
}
