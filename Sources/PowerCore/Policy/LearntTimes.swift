/// How long something of one host took the last times: to stop, to start, to be off after its client logged out.
public struct LearntTimes: Hashable, Codable, Sendable {
    /// So many times are remembered: the 95th percentile of twenty leaves out the worst one.
    public static let remembered = 20

    /// Until so many were seen the configured time holds: two may both have been lucky.
    public static let fewest = 3

    /// The share of the times that lie at or below what is expected.
    static let percentile = 95

    private var times = Newest<Duration>()

    /// Makes times of something that has never happened.
    public init() {}

    /// How many times are remembered.
    public var count: Int { self.times.count }

    /// Remembers how long it took. What ran into its time limit took that long at least: give the limit.
    public mutating func add(_ time: Duration) {
        guard time >= .zero else { return }
        self.times.append(time, keeping: Self.remembered)
    }

    /// How long to reckon with: what 95 of 100 stay within (nearest rank), or `configured` until there are three.
    ///
    /// Never longer than `limit`, after which nobody waits any more; without one that is `configured` itself.
    public func expected(or configured: Duration, atMost limit: Duration? = nil) -> Duration {
        let most = limit ?? configured
        guard self.count >= Self.fewest else { return min(configured, most) }
        let sorted = self.times.values.sorted()
        // Nearest rank: the smallest value with at least that share at or below it, rounded up and counted from 1.
        let rank = (sorted.count * Self.percentile + 99) / 100
        return min(sorted[max(0, rank - 1)], most)
    }
}
