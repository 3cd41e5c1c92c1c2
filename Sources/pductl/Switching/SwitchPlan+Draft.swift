import PowerCore

extension SwitchPlan {
    /// What is to be switched, while it is put together.
    struct Draft {
        /// An outlet, or a host as a whole.
        enum Part: Equatable {
            case outlet(OutletPicture)
            case host(String, feeds: [OutletPicture])
        }

        let action: OutletAction
        let picture: ServerPicture
        let flags: String
        let json: Bool
        private(set) var parts: [Part] = []
        /// What is said of outlets that are as they should be already.
        private(set) var notes: [String] = []

        /// Adds what is to be switched because of `thing`.
        mutating func add(_ thing: Thing) throws(Outcome) {
            switch thing {
            case .outlet(let outlet): try self.add(outlet)
            case .pdu, .group, .ups: try self.addAll(of: thing)
            case .consumer(let name, let device, let feeds): try self.add(name, device, feeds)
            }
        }

        /// Puts all feeds of a host together where they are all there and feed nothing else.
        mutating func joinFeeds() {
            for host in self.picture.devices(.host) {
                let feeds = self.picture.outlets(feeding: host.name)
                let isWhole =
                    feeds.count > 1
                    && feeds.allSatisfy { feed in
                        self.parts.contains(.outlet(feed))
                            && feed.fed.allSatisfy { $0.lowercased() == host.name.lowercased() }
                    }
                guard isWhole, self.takesOrders(host) else { continue }
                guard let place = self.parts.firstIndex(where: { Self.isOne(of: feeds, $0) }) else { continue }
                self.parts[place] = .host(host.name, feeds: feeds)
                self.parts.removeAll { Self.isOne(of: feeds, $0) }
            }
        }

        /// The server offers a lock only where there is none, and to take one away only where there is one.
        private mutating func add(_ outlet: OutletPicture) throws(Outcome) {
            let isUnlocked =
                self.action == .unlock && outlet.lock == nil && outlet.commands.contains(outlet.command(.lock))
            guard !isUnlocked else { return self.notes.append("outlet \(outlet.title): it is not locked") }
            try self.check(outlet)
            self.append(.outlet(outlet))
        }

        private mutating func append(_ part: Part) {
            if !self.parts.contains(part) { self.parts.append(part) }
        }

        private mutating func addAll(of thing: Thing) throws(Outcome) {
            let able = thing.outlets.filter { $0.isSwitchable != false && $0.actions.contains(self.action) }
            guard !able.isEmpty else {
                throw .failure(
                    .failed, "\(thing.kind.rawValue) \(thing.name) has no outlet that can be switched so",
                    json: self.json)
            }
            for outlet in able { self.append(.outlet(outlet)) }
        }

        /// A host takes the order itself where the server lets it; a load, or the host of another server, by its outlets.
        private mutating func add(
            _ name: String, _ device: DevicePicture?, _ feeds: [OutletPicture]
        ) throws(Outcome) {
            if let device, self.action.switches, self.takesOrders(device) {
                return self.append(.host(device.name, feeds: feeds))
            }
            guard !feeds.isEmpty else {
                throw .failure(
                    .failed, "\(name) is fed by no outlet of a PDU: nothing can be switched", json: self.json)
            }
            let missing = self.picture.missingFeeds(of: name)
            guard missing.isEmpty else {
                throw .failure(
                    .unreachable,
                    "\(name) is fed by \(missing.joined(separator: " and ")) too, of which nothing is known now",
                    json: self.json)
            }
            guard self.action != .cycle || feeds.count == 1 else { throw self.halves(name, feeds) }
            for feed in feeds { try self.add(feed) }
        }

        private func takesOrders(_ host: DevicePicture) -> Bool {
            host.commands.contains { $0.lowercased() == self.action.commandWords() }
        }

        private static func isOne(of feeds: [OutletPicture], _ part: Part) -> Bool {
            feeds.contains { part == .outlet($0) }
        }

        /// One feed after the other, each off and on, would never take the power away.
        private func halves(_ name: String, _ feeds: [OutletPicture]) -> Outcome {
            let places = feeds.map { "\($0.id)" }
            return .failure(
                .failed,
                "\(name) is fed by \(places.joined(separator: " and ")), and cycling one after the other would not take "
                    + "its power away. Type:",
                details: ["off", "on"].map { "pductl\(self.flags) \($0) outlet \(places.joined(separator: ","))" },
                json: self.json)
        }

        private func check(_ outlet: OutletPicture) throws(Outcome) {
            guard outlet.isSwitchable != false, !outlet.actions.isEmpty else {
                let reason = outlet.isSwitchable == false ? "" : ": the server offers no command for it"
                throw .failure(.failed, "outlet \(outlet.title) cannot be switched\(reason)", json: self.json)
            }
            if self.action == .lock, let lock = outlet.lock {
                throw .failure(.interlock, "outlet \(outlet.title) is locked already: \(lock)", json: self.json)
            }
            guard outlet.actions.contains(self.action) else { throw self.missing(outlet) }
        }

        /// The device has other commands, but not this one.
        private func missing(_ outlet: OutletPicture) -> Outcome {
            let sentence = "\(outlet.id.pdu) has no command to \(self.action.rawValue) outlet \(outlet.id.number)"
            guard self.action == .cycle, Set(outlet.actions).isSuperset(of: [.on, .off]) else {
                return .failure(.failed, sentence, json: self.json)
            }
            return .failure(
                .failed, "\(sentence), only off and on. Type:",
                details: ["off", "on"].map { "pductl\(self.flags) \($0) outlet \(outlet.id)" }, json: self.json)
        }
    }
}
