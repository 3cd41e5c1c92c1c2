extension RackValidation {
    /// Outlets that feed two things unless they are said to, and hosts that take more feeds than they have.
    func feedProblems() -> [Problem] {
        var problems: [Problem] = []
        var taken: [OutletID: Consumer] = [:]
        for (index, consumer) in self.rack.consumers.enumerated() {
            for (feedIndex, feed) in consumer.feeds.enumerated() {
                guard case .outlet(let outlet) = feed else { continue }
                if let other = taken[outlet], other.id == consumer.id || !self.isShared(outlet) {
                    problems.append(self.doubleFeed(outlet, .feed(index, feedIndex), other, consumer))
                }
                taken[outlet] = taken[outlet] ?? consumer
            }
            problems += self.requiresProblem(of: consumer, index)
        }
        return problems + self.sharedProblems()
    }

    private func isShared(_ outlet: OutletID) -> Bool {
        self.rack.pdus.first { $0.id == outlet.pdu }?.shared.contains(outlet.number) ?? false
    }

    /// Outlets that are said to be shared and do not exist, or feed less than two things.
    private func sharedProblems() -> [Problem] {
        self.rack.pdus.enumerated().flatMap { index, pdu in
            pdu.shared.sorted().compactMap { number in
                let place = Place.pduShared(index, number)
                if let count = self.outlets[pdu.id], number > count {
                    return Problem(
                        place, "pdu \(pdu.id): shared names outlet \(number), but it has \(count) outlets",
                        remedy: "write a number from 1 to \(count), or set outlets of \(pdu.id)")
                }
                let outlet = OutletID(pdu.id, number)
                let fed = self.rack.consumers.filter { $0.outlets.contains(outlet) }
                guard fed.count < 2 else { return nil }
                let what = fed.first.map { "\(self.title($0)) only" } ?? "nothing"
                return Problem(
                    place, "pdu \(pdu.id): shared names outlet \(number), which feeds \(what)",
                    remedy: "remove it from shared", severity: .warning)
            }
        }
    }

    /// One outlet with two cables: switching it for one would cut the other.
    private func doubleFeed(_ outlet: OutletID, _ place: Place, _ other: Consumer, _ consumer: Consumer) -> Problem {
        guard other.id != consumer.id else {
            return Problem(
                place, "\(self.title(consumer)) names outlet \(outlet) twice", remedy: "give each its own outlet")
        }
        return Problem(
            place, "outlet \(outlet) feeds both \(self.title(other)) and \(self.title(consumer))",
            remedy: "give each its own outlet, or write shared: [\(outlet.number)] for \(outlet.pdu)")
    }

    /// `requires` lies between one and the number of feeds.
    private func requiresProblem(of consumer: Consumer, _ index: Int) -> [Problem] {
        guard !consumer.feeds.isEmpty, !(1...consumer.feeds.count).contains(consumer.requires) else { return [] }
        let feeds = consumer.feeds.count == 1 ? "one feed" : "\(consumer.feeds.count) feeds"
        return [
            Problem(
                .requires(index), "\(self.title(consumer)) requires \(consumer.requires) of its \(feeds)",
                remedy: consumer.feeds.count == 1 ? "write 1" : "write a number from 1 to \(consumer.feeds.count)")
        ]
    }
}
