import PowerLab

/// Many seasons of bad weather, played on two threads.
struct StormRun {
    /// A season takes some tens of milliseconds: two threads halve the wait, and leave the rest of a machine alone.
    private static let threads = 2

    private let season: StormSeason
    private let seeds: Range<UInt64>
    private let json: Bool

    /// Prepares the seasons from `seed` on.
    init(_ season: StormSeason, count: Int, seed: UInt64, json: Bool) {
        self.season = season
        self.seeds = seed..<(seed &+ UInt64(count) < seed ? UInt64.max : seed &+ UInt64(count))
        self.json = json
    }

    /// Plays them; a single one is shown with all that happened.
    func outcome() async -> Outcome {
        if self.seeds.count == 1, let seed = self.seeds.first {
            return ScenarioRun(self.season.plan(seed: seed, isRecorded: true), json: self.json).outcome
        }
        let report = await self.report()
        let text = self.json ? report.json.line + "\n" : report.text
        return Outcome(output: text, status: report.badSeasons == 0 ? .done : .failed)
    }

    private func report() async -> StormReport {
        let part = self.seeds.count / Self.threads
        let middle = self.seeds.lowerBound + UInt64(part)
        let (season, all) = (self.season, self.seeds)
        async let first = Self.play(season, all.lowerBound..<middle)
        async let second = Self.play(season, middle..<all.upperBound)
        var report = await first
        report += await second
        return report
    }

    @concurrent private static func play(_ season: StormSeason, _ seeds: Range<UInt64>) async -> StormReport {
        StormReport(playing: season, seeds: seeds)
    }
}
