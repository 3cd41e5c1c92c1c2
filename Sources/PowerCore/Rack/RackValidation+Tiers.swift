extension RackValidation {
    /// Tiers that do not exist, and needs that the order of the tiers contradicts.
    func tierProblems() -> [Problem] {
        var problems: [Problem] = []
        for (index, consumer) in self.rack.consumers.enumerated() {
            if !consumer.tier.isEmpty, !self.rack.tiers.contains(consumer.tier) {
                problems.append(
                    Problem(
                        .consumerTier(index),
                        "\(self.title(consumer)) is in tier '\(consumer.tier)', which tiers does not list",
                        remedy: Spelling.remedy(for: consumer.tier, among: self.rack.tiers)))
            }
            problems += self.needsShedBefore(consumer, index)
        }
        // Sorted, since a dictionary has no order of its own.
        for tier in self.policy.triggers.keys.sorted() where !self.rack.tiers.contains(tier) {
            problems.append(
                Problem(
                    .triggers(tier), "policy: triggers: there is no tier '\(tier)'",
                    remedy: Spelling.remedy(for: tier, among: self.rack.tiers)))
        }
        return problems
    }

    /// A host is stopped before what it needs; a tier that goes earlier cannot hold what a later one needs.
    private func needsShedBefore(_ consumer: Consumer, _ index: Int) -> [Problem] {
        guard let own = self.rack.tiers.firstIndex(of: consumer.tier) else { return [] }
        return consumer.needs.enumerated().compactMap { needIndex, need in
            guard let needed = self.rack.consumers.first(where: { $0.id == need }),
                let other = self.rack.tiers.firstIndex(of: needed.tier), other < own
            else { return nil }
            return Problem(
                .need(index, needIndex),
                "\(self.title(consumer)) needs \(need), but tier \(needed.tier) of \(need) is shed before tier \(consumer.tier)",
                remedy: "put \(need) in tier \(consumer.tier) or a later one")
        }
    }
}
