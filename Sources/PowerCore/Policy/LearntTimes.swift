/// The last durations of something that happens again and again, and how long it may be expected to take.
public struct LearntTimes: Hashable, Codable, Sendable {
    /// How many are kept: enough for a 95th percentile, few enough that a machine that was rebuilt is learnt anew.
    public static let most = 20
    /// Fewer than these teach nothing.
    public static let least = 3

    /// The durations, the oldest first.
    public private(set) var samples: [Duration] = []

    /// Makes a value that has learnt nothing.
    public init() {}

    /// Takes note of how long it took.
    public mutating func take(_ duration: Duration) {
        self.samples = (self.samples + [max(.zero, duration)]).suffix(Self.most)
    }

    /// The 95th percentile by nearest rank; `limit` until enough is known, and never longer than that.
    public func typical(upTo limit: Duration) -> Duration {
        guard self.samples.count >= Self.least else { return limit }
        let rank = (self.samples.count * 95 + 99) / 100
        return min(limit, self.samples.sorted()[rank - 1])
    }
}
