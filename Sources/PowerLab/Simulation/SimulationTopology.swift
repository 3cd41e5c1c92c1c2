import PowerCore

/// The wiring of a rack by index, so that nothing is looked up by name while a simulation runs.
struct SimulationTopology {
    /// What a machine is plugged into.
    enum Socket {
        case ups(Int)
        case outlet(Int)
    }

    /// An outlet and what it belongs to.
    struct Outlet {
        var id: OutletID
        var pdu: Int
        var ups: Int
        var feeds: [Int]
    }

    private(set) var upses: [DeviceID: Int] = [:]
    private(set) var pdus: [DeviceID: Int] = [:]
    private(set) var consumers: [HostID: Int] = [:]
    private(set) var outletIndex: [OutletID: Int] = [:]
    private(set) var outlets: [Outlet] = []
    /// The UPS of each PDU.
    private(set) var pduUPS: [Int] = []
    /// What orders to each PDU travel through.
    private(set) var pduVia: [[Int]] = []
    /// The sockets of each machine.
    private(set) var sockets: [[Socket]] = []
    /// What each machine needs.
    private(set) var needs: [[Int]] = []
    /// What needs each machine.
    private(set) var dependents: [[Int]] = []
    /// What orders to each machine travel through.
    private(set) var via: [[Int]] = []
    /// All machines, those that need others before those.
    private(set) var stopOrder: [Int] = []
    private(set) var manager: Int?

    init(_ rack: Rack) {
        for (index, ups) in rack.upses.enumerated() { self.upses[ups.id] = index }
        for (index, pdu) in rack.pdus.enumerated() { self.pdus[pdu.id] = index }
        for (index, consumer) in rack.consumers.enumerated() { self.consumers[consumer.id] = index }
        self.pduUPS = rack.pdus.map { self.upses[$0.feed] ?? 0 }
        self.pduVia = rack.pdus.map { $0.via.compactMap { self.consumers[$0] } }
        self.via = rack.consumers.map { $0.via.compactMap { self.consumers[$0] } }
        self.needs = rack.consumers.map { $0.needs.compactMap { self.consumers[$0] } }
        self.dependents = Array(repeating: [], count: rack.consumers.count)
        for (index, needed) in self.needs.enumerated() { for other in needed { self.dependents[other].append(index) } }
        self.sockets = rack.consumers.indices.map { self.sockets(of: rack.consumers[$0], $0) }
        self.manager = rack.manager.flatMap { self.consumers[$0] }
        self.sortByNeeds()
    }

    private mutating func sockets(of consumer: Consumer, _ index: Int) -> [Socket] {
        var sockets: [Socket] = []
        for feed in consumer.feeds {
            switch feed {
            case .ups(let ups):
                if let ups = self.upses[ups] { sockets.append(.ups(ups)) }
            case .outlet(let outlet):
                guard let pdu = self.pdus[outlet.pdu] else { continue }
                let place = self.outletIndex[outlet] ?? self.outlets.count
                if place == self.outlets.count {
                    self.outletIndex[outlet] = place
                    self.outlets.append(Outlet(id: outlet, pdu: pdu, ups: self.pduUPS[pdu], feeds: []))
                }
                self.outlets[place].feeds.append(index)
                sockets.append(.outlet(place))
            }
        }
        return sockets
    }

    /// A rack that was checked has no circle; in one that was not, what stands in a circle comes last.
    private mutating func sortByNeeds() {
        var waits = self.dependents.map(\.count)
        var ready = waits.indices.filter { waits[$0] == 0 }
        while let next = ready.popLast() {
            self.stopOrder.append(next)
            for needed in self.needs[next] {
                waits[needed] -= 1
                if waits[needed] == 0 { ready.append(needed) }
            }
        }
        self.stopOrder += waits.indices.filter { waits[$0] > 0 }
    }

    /// The UPS behind a socket.
    func ups(of socket: Socket) -> Int {
        switch socket {
        case .ups(let ups): ups
        case .outlet(let outlet): self.outlets[outlet].ups
        }
    }
}
