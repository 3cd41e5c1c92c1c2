extension RackValidation {
    /// Outlets that feed two things, and hosts that take more feeds than they have.
    func feedProblems() -> [Problem] {
        var problems: [Problem] = []
        var taken: [OutletID: Consumer] = [:]
        for (index, consumer) in self.rack.consumers.enumerated() {
            for (feedIndex, feed) in consumer.feeds.enumerated() {
                guard case .outlet(let outlet) = feed else { continue }
                if let other = taken[outlet] {
                    problems.append(self.doubleFeed(outlet, .feed(index, feedIndex), other, consumer))
                }
                taken[outlet] = taken[outlet] ?? consumer
            }
            problems += self.requiresProblem(of: consumer, index)
        }
        return problems
    }

    /// One outlet with two cables: switching it for one would cut the other.
    private func doubleFeed(_ outlet: OutletID, _ place: Place, _ other: Consumer, _ consumer: Consumer) -> Problem {
        let message =
            other.id == consumer.id
            ? "\(self.title(consumer)) names outlet \(outlet) twice"
            : "outlet \(outlet) feeds both \(self.title(other)) and \(self.title(consumer))"
        return Problem(place, message, remedy: "give each its own outlet")
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
