extension RackValidation {
    /// Orders whose way is gone before their turn: a switch that is cut before the host that is told through it, or before
    /// the outlet that is switched through it, and one that could never be switched on again.
    func pathProblems() -> [Problem] {
        let needs = self.needs
        return self.hostPathProblems(needs) + self.outletPathProblems(needs) + self.lockedOutProblems()
    }

    /// Whether it may be stopped or cut while others are still to be told. The manager's machine goes after everything.
    /// A protected load is left alone, and one that lives on its UPSes cannot be cut; a host is told to stop in any case.
    private func mayGo(_ consumer: Consumer) -> Bool {
        guard consumer.id != self.rack.manager else { return false }
        let uncut = consumer.feeds.count - consumer.outlets.count
        return consumer.isHost || (!consumer.isProtected && uncut < consumer.requires)
    }

    /// Hosts that are told through something that may go before them.
    private func hostPathProblems(_ needs: [[Int]]) -> [Problem] {
        var problems: [Problem] = []
        for (index, consumer) in self.rack.consumers.enumerated() where !consumer.via.isEmpty {
            let needed = self.allNeeds(of: index, needs)
            for (number, id) in consumer.via.enumerated() {
                guard let target = self.index(of: id), !needed.contains(target) else { continue }
                let place = Place.via(index, number)
                if target == index {
                    let message = "\(self.title(consumer)) is told via itself"
                    problems.append(Problem(place, message, remedy: "remove it, or name what stands before it"))
                } else if self.mayGo(self.rack.consumers[target]) {
                    let subject = "\(self.title(consumer)) is told via \(id)"
                    problems.append(self.lostPath(place, subject, consumer, self.rack.consumers[target]))
                }
            }
        }
        return problems
    }

    /// Outlets that are switched through something that may go before what hangs on them.
    private func outletPathProblems(_ needs: [[Int]]) -> [Problem] {
        guard self.rack.pdus.contains(where: { !$0.via.isEmpty }) else { return [] }
        var problems: [Problem] = []
        for (index, consumer) in self.rack.consumers.enumerated() {
            // What is never cut by us needs no way; and each way is named once.
            guard !consumer.isProtected, consumer.id != self.rack.manager, !consumer.outlets.isEmpty else { continue }
            let needed = self.allNeeds(of: index, needs)
            var named = Set(consumer.via)
            for (number, feed) in consumer.feeds.enumerated() {
                guard case .outlet(let outlet) = feed else { continue }
                for id in self.rack.pdus.first(where: { $0.id == outlet.pdu })?.via ?? [] where !named.contains(id) {
                    guard let target = self.index(of: id), target != index, !needed.contains(target) else { continue }
                    guard self.mayGo(self.rack.consumers[target]) else { continue }
                    named.insert(id)
                    let subject = "outlet \(outlet) of \(self.title(consumer)) is switched via \(id)"
                    problems.append(
                        self.lostPath(.feed(index, number), subject, consumer, self.rack.consumers[target]))
                }
            }
        }
        return problems
    }

    /// The sentence about a way that may be gone; where the tiers say that it is, they are named.
    private func lostPath(_ place: Place, _ subject: String, _ consumer: Consumer, _ target: Consumer) -> Problem {
        // A host is told to stop even where its outlets are protected.
        let orProtect = target.isHost ? "" : ", or write protected: true for \(target.id)"
        if let own = self.rack.tiers.firstIndex(of: consumer.tier),
            let other = self.rack.tiers.firstIndex(of: target.tier), other < own
        {
            return Problem(
                place, "\(subject), but tier \(target.tier) of \(target.id) is shed before tier \(consumer.tier)",
                remedy: "put \(target.id) in tier \(consumer.tier) or a later one, and add it to needs of "
                    + "\(consumer.id)\(orProtect)")
        }
        return Problem(
            place, "\(subject), which may go first: \(consumer.id) does not need it",
            remedy: "add \(target.id) to needs of \(consumer.id)\(orProtect)")
    }

    /// What a PDU is switched through, and what gets its own power only through itself: once cut, it stays so.
    private func lockedOutProblems() -> [Problem] {
        let dark = self.darkForever()
        var named: Set<Int> = []
        var problems: [Problem] = []
        for (index, pdu) in self.rack.pdus.enumerated() {
            for (number, id) in pdu.via.enumerated() {
                guard let target = self.index(of: id), dark.contains(target), self.isBehindItself(target, dark),
                    named.insert(target).inserted
                else { continue }
                let consumer = self.rack.consumers[target]
                problems.append(
                    Problem(
                        .pduVia(index, number),
                        "pdu \(pdu.id) is switched via \(id), whose own outlets are switched via \(id): "
                            + "once cut, nothing could switch it on again",
                        remedy: "feed \(id) from a UPS or a PDU that is reached otherwise, or write protected: true "
                            + "for \(consumer.id)"))
            }
        }
        return problems
    }

    /// What stays without power for ever once everything that may be cut has been.
    private func darkForever() -> Set<Int> {
        var dark = Set(
            self.rack.consumers.indices.filter { index in
                let consumer = self.rack.consumers[index]
                return !consumer.isProtected && consumer.id != self.rack.manager && !consumer.outlets.isEmpty
            })
        var count: Int
        repeat {
            count = dark.count
            dark = dark.filter { index in
                let consumer = self.rack.consumers[index]
                let live = consumer.feeds.count { self.path(of: $0).isDisjoint(with: dark) }
                return live < min(consumer.requires, consumer.feeds.count)
            }
        } while dark.count < count
        return dark
    }

    /// What switching a feed on goes through; nothing for a UPS.
    private func path(of feed: Feed) -> Set<Int> {
        guard case .outlet(let outlet) = feed else { return [] }
        return Set((self.rack.pdus.first { $0.id == outlet.pdu }?.via ?? []).compactMap(self.index))
    }

    /// Whether what is dark waits for itself in the end, rather than for something else that does.
    private func isBehindItself(_ index: Int, _ dark: Set<Int>) -> Bool {
        var found: Set<Int> = []
        var open = [index]
        while let next = open.popLast() {
            for before in self.rack.consumers[next].feeds.flatMap({ self.path(of: $0) }) where dark.contains(before) {
                if found.insert(before).inserted { open.append(before) }
            }
        }
        return found.contains(index)
    }
}
