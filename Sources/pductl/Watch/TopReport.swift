import PowerCore

/// `pductl top`: what draws the most, first.
struct TopReport {
    /// What is reported on.
    let picture: ServerPicture
    /// How many outlets are shown.
    var limit = Int.max

    /// The outlets that are measured, by what they draw.
    private var measured: [(outlet: OutletPicture, watts: Double)] {
        let measured = self.picture.outlets.compactMap { outlet -> (outlet: OutletPicture, watts: Double)? in
            guard let watts = outlet.watts.flatMap({ Double($0) }), watts.isFinite else { return nil }
            return (outlet, watts)
        }
        // The server's order where two draw the same.
        return measured.enumerated().sorted { ($1.element.watts, $0.offset) < ($0.element.watts, $1.offset) }
            .map(\.element)
    }

    /// The report.
    var report: Report {
        let json = JSONValue.array(self.measured.prefix(self.limit).map(\.outlet.json))
        return Report(text: { self.text(colour: $0) }, wide: nil, json: json)
    }

    private func text(colour: Bool) -> String {
        let measured = self.measured
        guard !measured.isEmpty else { return "the server has no outlet whose power is measured\n" }
        let sum = measured.map(\.watts).reduce(0, +)
        var table = TextTable("OUTLET", "NAME", "STATUS", ">POWER", ">SHARE", "FEEDS")
        for (outlet, watts) in measured.prefix(self.limit) {
            let fed = outlet.fed.isEmpty ? outlet.description : outlet.fed.joined(separator: ", ")
            table.add(
                .init("\(outlet.id)"), .init(outlet.name), outlet.statusCell, .init(PlainText.number("\(watts)", "W")),
                .init(sum > 0 ? PlainText.number("\((watts / sum * 100).rounded())", "%") : nil), .init(fed))
        }
        let silent = self.picture.devices.filter { $0.trouble != nil }.map { "; \($0.name): \($0.trouble ?? "")" }
        let total = PlainText.number("\(sum)", "W") ?? "-"
        return PlainText.printable("\(measured.count) outlets draw \(total)\(silent.joined())") + "\n\n"
            + table.text(colour: colour)
    }
}
