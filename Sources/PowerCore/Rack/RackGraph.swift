/// The power graph with every name resolved to an index once: what hangs on what, and who needs whom.
///
/// An immutable view of a ``Rack`` but for outlets that feed nothing, which become known when their PDU first tells of
/// them. Names that do not exist are left out; that they are wrong is for ``RackValidation`` to say.
public struct RackGraph: Sendable {
    /// One cable of a host or load.
    struct Cable: Hashable, Sendable {
        /// The UPS it hangs on in the end; nil where the configuration names none that exists.
        var ups: Int?
        /// The outlet it is plugged into; nil for a socket of the UPS itself.
        var outlet: Int?
    }

    /// A host or load.
    struct Node: Sendable {
        var cables: [Cable] = []
        /// Its outlets, without repetition.
        var outlets: [Int] = []
        /// The UPSes behind its cables, without repetition.
        var upses: [Int] = []
        /// What it is started after.
        var needs: [Int] = []
        /// What it is stopped before: what it needs, and the machine of the manager.
        var stopsBefore: [Int] = []
        /// What is stopped before it.
        var stopsAfter: [Int] = []
    }

    /// A socket that can be switched.
    struct Socket: Sendable {
        var id: OutletID
        /// Its PDU.
        var pdu: Int
        /// The UPS of its PDU.
        var ups: Int?
        /// The hosts and loads it feeds.
        var feeds: [Int] = []
    }

    /// The rack as the configuration has it.
    public let rack: Rack
    private(set) var nodes: [Node] = []
    private(set) var sockets: [Socket] = []
    private(set) var socketsOfPDU: [[Int]]
    /// The hosts and loads so that each comes after everything that is stopped before it.
    private(set) var stopOrder: [Int] = []
    /// The machine that the manager runs on.
    let manager: Int?

    private let consumerIndex: [HostID: Int]
    private let upsIndex: [DeviceID: Int]
    private let pduIndex: [DeviceID: Int]
    private var socketIndex: [OutletID: Int] = [:]

    /// Resolves the names of `rack`.
    public init(_ rack: Rack) {
        self.rack = rack
        self.consumerIndex = Self.indices(rack.consumers.map(\.id))
        self.upsIndex = Self.indices(rack.upses.map(\.id))
        self.pduIndex = Self.indices(rack.pdus.map(\.id))
        self.manager = rack.manager.flatMap { [consumerIndex = self.consumerIndex] in consumerIndex[$0] }
        self.socketsOfPDU = Array(repeating: [], count: rack.pdus.count)
        var nodes: [Node] = []
        for (index, consumer) in rack.consumers.enumerated() { nodes.append(self.makeNode(consumer, index)) }
        for (index, node) in nodes.enumerated() {
            for needed in node.stopsBefore { nodes[needed].stopsAfter.append(index) }
        }
        (self.nodes, self.stopOrder) = (nodes, Self.sorted(nodes))
    }

    private static func indices<Name: Hashable>(_ names: [Name]) -> [Name: Int] {
        Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    private mutating func makeNode(_ consumer: Consumer, _ index: Int) -> Node {
        var node = Node()
        for feed in consumer.feeds {
            let cable = self.cable(feed)
            node.cables.append(cable)
            if let outlet = cable.outlet, !node.outlets.contains(outlet) {
                node.outlets.append(outlet)
                self.sockets[outlet].feeds.append(index)
            }
            if let ups = cable.ups, !node.upses.contains(ups) { node.upses.append(ups) }
        }
        node.needs = consumer.needs.compactMap { self.consumerIndex[$0] }.filter { $0 != index }
        node.stopsBefore = node.needs
        // Whoever is stopped later than the manager's machine is stopped by nobody.
        if let manager, manager != index, consumer.isHost, !node.needs.contains(manager) {
            node.stopsBefore.append(manager)
        }
        return node
    }

    private mutating func cable(_ feed: Feed) -> Cable {
        switch feed {
        case .ups(let ups):
            return Cable(ups: self.upsIndex[ups])
        case .outlet(let id):
            let socket = self.learn(id)
            return Cable(ups: socket.flatMap { self.sockets[$0].ups }, outlet: socket)
        }
    }

    /// Those that stop first come first; what hangs in a circle, which no configuration has, comes last.
    private static func sorted(_ nodes: [Node]) -> [Int] {
        var waiting = nodes.map(\.stopsAfter.count)
        var order = nodes.indices.filter { waiting[$0] == 0 }
        var next = 0
        while next < order.count {
            for later in nodes[order[next]].stopsBefore {
                waiting[later] -= 1
                if waiting[later] == 0 { order.append(later) }
            }
            next += 1
        }
        return order + nodes.indices.filter { waiting[$0] > 0 }
    }

    // MARK: Names

    func consumer(_ id: HostID) -> Int? { self.consumerIndex[id] }

    func ups(_ id: DeviceID) -> Int? { self.upsIndex[id] }

    func pdu(_ id: DeviceID) -> Int? { self.pduIndex[id] }

    func socket(_ id: OutletID) -> Int? { self.socketIndex[id] }

    /// The index of an outlet, given one now where it has none; nil where there is no such PDU.
    mutating func learn(_ id: OutletID) -> Int? {
        if let known = self.socketIndex[id] { return known }
        guard let pdu = self.pduIndex[id.pdu] else { return nil }
        let socket = self.sockets.count
        self.sockets.append(Socket(id: id, pdu: pdu, ups: self.upsIndex[self.rack.pdus[pdu].feed]))
        self.socketsOfPDU[pdu].append(socket)
        self.socketIndex[id] = socket
        return socket
    }
}
