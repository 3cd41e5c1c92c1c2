import PowerLab

extension StormReport {
    /// The report for people.
    var text: String {
        var lines = ["\(self.seasons) seasons of 90 days, \(self.counts.cuts) cuts of the mains"]
        lines += SimulationSummary(self.counts).lines
        let needless = Trigger.allCases.compactMap { trigger in
            self.needless[trigger].map { "\(trigger.rawValue) \($0)" }
        }
        if !needless.isEmpty { lines.append("needlessly by trigger: \(needless.joined(separator: ", "))") }
        if let firstBad {
            lines.append("\(self.badSeasons) seasons went wrong; to see the first: --storms 1 --seed \(firstBad)")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The report by name.
    var json: JSONValue {
        .object([
            ("seasons", .number("\(self.seasons)")), ("counts", self.counts.json),
            ("bad_seasons", .number("\(self.badSeasons)")),
            ("first_bad_seed", self.firstBad.map { .number("\($0)") } ?? .null),
        ])
    }
}
