extension RackValidation {
    /// Hosts whose turn to stop ends after their power does, even with full batteries: no outage could end well.
    ///
    /// With the watts of everything that hangs on a UPS the answer is certain, and an error. With the rated power
    /// alone it is the worst case, and a warning. A UPS of which neither or no capacity is known says nothing.
    func energyProblems() -> [Problem] {
        let ends = self.planEnds()
        let batteries = self.rack.upses.compactMap { self.power(of: $0) }
        let powers = self.rack.consumers.map { self.power(of: $0, batteries) }
        let isLate = ends.indices.map { index in powers[index].map { ends[index].end > $0.lasts } ?? false }
        return ends.indices.compactMap { index in
            let consumer = self.rack.consumers[index]
            guard isLate[index], consumer.isHost, let power = powers[index] else { return nil }
            // What must wait for a host that is too late is too late as well; naming the first is enough.
            guard !ends[index].waitsFor.contains(where: { isLate[$0] }) else { return nil }
            return self.problem(of: consumer, index, ends, power)
        }
    }

    /// When a host has been stopped, counted from the first order, and what it waits for directly.
    private struct PlanEnd {
        var end = Duration.zero
        var waitsFor: [Int] = []
    }

    /// How long a host's power lasts, and how that is known.
    private struct Power {
        var lasts: Duration
        var ups: DeviceID
        var watts: Watts
        /// Whether `watts` is the rated power, for want of better.
        var isRated: Bool
    }

    /// What must be stopped after each host or load, by index: what it needs, and the manager's machine after everything.
    private var stopOrder: [[Int]] {
        var order = self.needs
        guard let manager = self.rack.manager.flatMap(self.index) else { return order }
        let needed = self.allNeeds(of: manager, order)
        for index in order.indices where index != manager && !needed.contains(index) && !order[index].contains(manager)
        {
            order[index].append(manager)
        }
        return order
    }

    /// Everything is stopped as soon as what needs it has stopped; the longest chain counts.
    private func planEnds() -> [PlanEnd] {
        let needs = self.stopOrder
        var ends = Array(repeating: PlanEnd(), count: needs.count)
        var waiting = Array(repeating: 0, count: needs.count)
        for index in needs.indices {
            for need in needs[index] {
                waiting[need] += 1
                ends[need].waitsFor.append(index)
            }
        }
        var ready = waiting.indices.filter { waiting[$0] == 0 }
        while let index = ready.popLast() {
            let before = ends[index].waitsFor.map { ends[$0].end }.max() ?? .zero
            ends[index].end = before + self.rack.consumers[index].stopTimeout
            for need in needs[index] {
                waiting[need] -= 1
                if waiting[need] == 0 { ready.append(need) }
            }
        }
        return ends
    }

    /// The power of a host at best; nil where one of the UPSes that could feed it is not known well enough.
    private func power(of consumer: Consumer, _ batteries: [Power]) -> Power? {
        let powers = consumer.feeds.map { feed in
            let ups = self.ups(of: feed)
            return batteries.first { $0.ups == ups }
        }
        let known = powers.compactMap { $0 }.sorted { $0.lasts > $1.lasts }
        guard known.count == powers.count, known.indices.contains(consumer.requires - 1) else { return nil }
        return known[consumer.requires - 1]
    }

    /// How long a full battery lasts at best; nil where capacity or power is not known.
    private func power(of ups: RackUPS) -> Power? {
        guard let capacity = ups.capacity else { return nil }
        let configured = self.watts(on: ups.id)
        guard let watts = configured ?? ups.rated else { return nil }
        var usable = capacity
        // The limit of `auto` is read from the device; at best there is none.
        if case .fixed(let cutOff) = ups.cutOff { usable.value *= (100 - cutOff.value) / 100 }
        guard let lasts = usable.lasts(at: watts) else { return nil }
        return Power(lasts: lasts, ups: ups.id, watts: watts, isRated: configured == nil)
    }

    /// The configured watts of everything on a UPS, a host with several feeds sharing them out; nil where one is missing.
    private func watts(on ups: DeviceID) -> Watts? {
        var sum = Watts.zero
        for consumer in self.rack.consumers {
            let share = consumer.feeds.filter { self.ups(of: $0) == ups }.count
            guard share > 0 else { continue }
            guard let watts = consumer.watts else { return nil }
            sum.value += watts.value * Double(share) / Double(consumer.feeds.count)
        }
        return sum
    }

    /// The sentence with the chain and the numbers.
    private func problem(of consumer: Consumer, _ index: Int, _ ends: [PlanEnd], _ power: Power) -> Problem {
        let chain = self.chain(to: index, ends).map { consumer in
            "\(consumer.id) \(ConfigurationScalar.text(consumer.stopTimeout))"
        }
        let lasts = ConfigurationScalar.text(.seconds(power.lasts.components.seconds))
        let load = "\(ConfigurationScalar.text(power.watts.value)) W\(power.isRated ? " (its rated power)" : "")"
        return Problem(
            .consumer(index),
            "stopping up to \(consumer.id) takes \(ConfigurationScalar.text(ends[index].end)) "
                + "(\(chain.joined(separator: ", then "))), but the full battery of \(power.ups) lasts \(lasts) at \(load)",
            remedy: power.isRated
                ? "write the watts of every host and load, or shorten the stop timeouts"
                : "shorten the stop timeouts, or put less on \(power.ups)",
            severity: power.isRated ? .warning : .error)
    }

    /// The hosts of the longest chain that ends with `index`, in the order in which they stop.
    private func chain(to index: Int, _ ends: [PlanEnd]) -> [Consumer] {
        var chain: [Consumer] = []
        var next: Int? = index
        while let current = next {
            if self.rack.consumers[current].isHost { chain.append(self.rack.consumers[current]) }
            next = ends[current].waitsFor.max { ends[$0].end < ends[$1].end }
        }
        return chain.reversed()
    }

    /// UPSes without a capacity that feed what is shed at the last safe moment: the moment cannot be told well.
    func capacityWarnings() -> [Problem] {
        self.rack.upses.enumerated().filter { $1.capacity == nil }.compactMap { index, ups in
            let fed = self.rack.consumers.first { consumer in
                self.triggers(of: consumer).contains(.lastSafeMoment)
                    && consumer.feeds.contains { self.ups(of: $0) == ups.id }
            }
            guard let fed else { return nil }
            return Problem(
                .ups(index),
                "ups \(ups.id) has no capacity, but \(self.title(fed)) is shed at the last safe moment: "
                    + "the time left is only what the device says",
                remedy: "add capacity: with the watt hours of the battery", severity: .warning)
        }
    }
}

extension Consumer {
    /// How long it takes at most from the order to stop until it is down; a load takes no time.
    var stopTimeout: Duration {
        if case .host(let plan) = self.kind { plan.timeout } else { .zero }
    }
}
