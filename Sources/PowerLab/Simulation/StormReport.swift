import PowerCore

/// What came of many seasons together.
public struct StormReport: Hashable, Sendable {
    /// The trigger that stopped a host, without its figures.
    public enum Trigger: String, Hashable, Sendable, CaseIterable {
        /// On battery for longer than its limit.
        case onBattery
        /// The charge fell to its limit.
        case charge
        /// The time left fell to its limit.
        case runtime
        /// The time left fell to what stopping takes.
        case lastSafeMoment
        /// The battery was low.
        case batteryLow
        /// Something it needs had to stop.
        case needs
        /// Something else.
        case other
    }

    /// How many seasons were played.
    public var seasons = 0
    /// The counts of all of them together.
    public var counts = SimulationCounts()
    /// How many hosts were stopped needlessly by each trigger.
    public var needless: [Trigger: Int] = [:]
    /// How many seasons went wrong, and the first of them.
    public var badSeasons = 0
    /// The least seed of those that went wrong.
    public var firstBad: UInt64?

    /// Makes a report of nothing.
    public init() {}

    /// Plays the seasons of these seeds one after the other.
    public init(playing season: StormSeason, seeds: Range<UInt64>) {
        for seed in seeds {
            var simulation = Simulation(season.plan(seed: seed))
            self.add(simulation.play(), seed: seed)
        }
    }

    /// Adds what came of the season of one seed.
    public mutating func add(_ result: SimulationResult, seed: UInt64) {
        self.seasons += 1
        self.counts += result.counts
        for case .stoppedNeedlessly(_, _, let why) in result.findings.map(\.finding) {
            self.needless[Trigger(why), default: 0] += 1
        }
        guard !result.isGood else { return }
        self.badSeasons += 1
        self.firstBad = min(self.firstBad ?? seed, seed)
    }

    /// Adds the report of other seasons.
    public static func += (lhs: inout StormReport, rhs: StormReport) {
        lhs.seasons += rhs.seasons
        lhs.counts += rhs.counts
        lhs.needless.merge(rhs.needless, uniquingKeysWith: +)
        lhs.badSeasons += rhs.badSeasons
        lhs.firstBad = [lhs.firstBad, rhs.firstBad].compactMap(\.self).min()
    }
}

extension StormReport.Trigger {
    /// The trigger behind a reason.
    init(_ reason: PolicyReason?) {
        self =
            switch reason {
            case .onBattery: .onBattery
            case .charge: .charge
            case .runtime: .runtime
            case .lastSafeMoment: .lastSafeMoment
            case .batteryLow: .batteryLow
            case .needs: .needs
            default: .other
            }
    }
}
