import PowerCore

/// The orders that come of a command line, decided from what the server said before anything is asked of it.
struct SwitchPlan: Equatable {
    /// The orders, as they were named.
    var orders: [SwitchOrder]

    /// Makes the plan; a failure where a part of it is not possible, so that nothing is begun.
    ///
    /// Outlets that a person named one by one must be able to take the order; of a PDU, a group or everything only those
    /// are meant that can be switched. A cycle of all feeds of a host is one order to the host: the server takes its power
    /// away before it gives any back.
    init(
        _ action: OutletAction, _ things: [Thing], _ options: OrderOptions, in picture: ServerPicture, flags: String,
        json: Bool
    ) throws(Outcome) {
        var plan = Draft(action: action, picture: picture, flags: flags, json: json)
        for thing in things { try plan.add(thing) }
        if action == .cycle { plan.joinFeeds() }
        let parts = plan.parts
        guard !parts.isEmpty || plan.notes.isEmpty else {
            throw .done(plan.notes.map { PlainText.printable($0) + "\n" }.joined())
        }
        guard !parts.isEmpty else { throw .failure(.notFound, "none of these outlets can be switched", json: json) }
        self.orders = parts.map { part in
            switch part {
            case .outlet(let outlet): SwitchOrder(action, outlet, options, isAlone: parts.count == 1)
            case .host(let name, let feeds):
                SwitchOrder(action, host: name, feeds: feeds, options, isAlone: parts.count == 1)
            }
        }
        if options.delay != nil { try Self.checkDelay(self.orders, picture, json: json) }
    }

    /// The orders in lanes: one after the other within a lane, all lanes at the same time. Orders to one PDU share a lane.
    var lanes: [[SwitchOrder]] {
        var lanes: [(pdus: Set<DeviceID>, orders: [SwitchOrder])] = []
        for order in self.orders {
            let touched = lanes.indices.filter { !lanes[$0].pdus.isDisjoint(with: order.pdus) }
            guard let first = touched.first else {
                lanes.append((order.pdus, [order]))
                continue
            }
            for index in touched.dropFirst().reversed() {
                let joined = lanes.remove(at: index)
                lanes[first].pdus.formUnion(joined.pdus)
                lanes[first].orders += joined.orders
            }
            lanes[first].pdus.formUnion(order.pdus)
            lanes[first].orders.append(order)
        }
        let places = Dictionary(zip(self.orders.map(\.typed), 0...), uniquingKeysWith: { first, _ in first })
        return lanes.map { lane in lane.orders.sorted { places[$0.typed, default: 0] < places[$1.typed, default: 0] } }
    }

    /// The question that is asked on a terminal before power is taken away; nil where none is.
    var question: String? {
        guard let first = self.orders.first, first.action.takesPower else { return nil }
        guard self.orders.count == 1 else {
            let names = self.orders.map { $0.outlets.count == 1 ? $0.outlets[0].title : $0.title }
            let verb = first.action == .off ? "Switch off" : "Switch off and on"
            return "\(verb) \(self.orders.count): \(names.joined(separator: ", "))? [y/N] "
        }
        return first.action == .off ? "Switch off \(first.title)? [y/N] " : "Switch \(first.title) off and on? [y/N] "
    }

    /// The orders that take the power of something protected whose name has not been typed, each with the names that may be.
    func unforced(_ options: OrderOptions) -> [(order: SwitchOrder, names: [String])] {
        let typed = Set(options.forced.map { $0.lowercased() })
        return self.orders.compactMap { order in
            guard order.action.takesPower else { return nil }
            let guarded = order.outlets.first { outlet in
                outlet.isProtected && typed.isDisjoint(with: outlet.namesToType.map { $0.lowercased() })
            }
            return guarded.map { (order, $0.namesToType) }
        }
    }

    /// What is said where the name of something protected was not typed.
    func refusal(_ options: OrderOptions, flags: String, json: Bool) -> Outcome? {
        let unforced = self.unforced(options)
        guard let first = unforced.first else { return nil }
        let names = unforced.map(\.order.title).joined(separator: ", ")
        let isOne = unforced.count == 1
        return .failure(
            .interlock,
            "\(names) \(isOne ? "is" : "are") protected; nothing was switched. With the name typed out "
                + "\(isOne ? "it is" : "they are") switched all the same:",
            details: unforced.map { order, names in
                "pductl\(flags) \(first.order.action.rawValue) \(order.typed) --force \(names[0])"
            }, json: json)
    }

    private static func checkDelay(
        _ orders: [SwitchOrder], _ picture: ServerPicture, json: Bool
    ) throws(Outcome) {
        for order in orders {
            let commands = picture.device(order.device)?.commands.map { $0.lowercased() } ?? []
            guard commands.contains(order.command) else {
                throw .failure(
                    .failed, "\(order.device) has no command \(order.command): it cannot wait with an order", json: json
                )
            }
        }
    }
}
