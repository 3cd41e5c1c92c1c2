extension RackValidation {
    /// UPSes that cannot carry what hangs on them, at once or when another one dies and leaves them its share.
    ///
    /// Only configured watts are counted: what says nothing of its own is not there, so that every warning is certain.
    func ratingWarnings() -> [Problem] {
        self.rack.upses.enumerated().compactMap { index, ups in
            guard let rated = ups.rated else { return nil }
            let carried = self.watts(on: ups.id, without: nil)
            let rating = "but it is rated \(Self.text(rated))"
            guard carried <= rated else {
                return Problem(
                    .ups(index), "what hangs on ups \(ups.id) draws \(Self.text(carried)), \(rating)",
                    remedy: "put less on \(ups.id)", severity: .warning)
            }
            let losses = self.rack.upses.filter { $0.id != ups.id }.map { other in
                (other: other.id, watts: self.watts(on: ups.id, without: other.id))
            }
            guard let worst = losses.max(by: { $0.watts < $1.watts }), worst.watts > rated else { return nil }
            return Problem(
                .ups(index),
                "when ups \(worst.other) dies, \(Self.text(worst.watts)) hang on ups \(ups.id), \(rating)",
                remedy: "put less on both, or another UPS beside them", severity: .warning)
        }
    }

    /// The configured watts on one UPS while another one is dead: what still has feeds enough shares its watts out over them.
    private func watts(on ups: DeviceID, without dead: DeviceID?) -> Watts {
        var sum = Watts.zero
        for consumer in self.rack.consumers {
            guard let watts = consumer.watts else { continue }
            let live = consumer.feeds.compactMap(self.ups).filter { $0 != dead }
            guard live.count >= consumer.requires, !live.isEmpty else { continue }
            sum.value += watts.value * Double(live.count { $0 == ups }) / Double(live.count)
        }
        return sum
    }

    private static func text(_ watts: Watts) -> String {
        "\(ConfigurationScalar.text(watts.value)) W"
    }
}
