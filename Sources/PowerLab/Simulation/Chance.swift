import PowerCore

/// A small deterministic source of chance (SplitMix64), so that a season that went wrong can be had again.
public struct Chance: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    /// Makes the source that belongs to `seed`: the same seed always gives the same numbers.
    public init(seed: UInt64) {
        self.state = seed
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        self.state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below 1.
    public mutating func share() -> Double {
        Double(self.next() >> 11) / Double(1 << 53)
    }

    /// A number from 0 to below `limit`; 0 where `limit` is not above it.
    public mutating func below(_ limit: Int) -> Int {
        limit > 0 ? Int(self.next() % UInt64(limit)) : 0
    }

    /// Whether something happens that happens with this probability.
    public mutating func isTrue(_ probability: Double) -> Bool {
        self.share() < probability
    }

    /// Whether something happens that happens once in so many times.
    public mutating func isTrue(oneIn count: Int) -> Bool {
        self.below(count) == 0
    }

    /// A time between the two, to the millisecond.
    mutating func time(_ range: ClosedRange<Duration>) -> Duration {
        range.lowerBound + .milliseconds(Int(self.share() * (range.upperBound - range.lowerBound).inSeconds * 1000))
    }

    /// A time between the two of which each order of size is as likely as any other: many short ones, few long ones.
    mutating func timeByOrder(_ range: ClosedRange<Duration>) -> Duration {
        let ratio = max(1, range.upperBound.inSeconds / max(0.001, range.lowerBound.inSeconds))
        return .milliseconds(Int(range.lowerBound.inSeconds * 1000 * self.power(ratio, self.share())))
    }

    /// `base` to the power of `exponent` within 0 and 1, by halving: exact enough for chance, and without a library.
    private func power(_ base: Double, _ exponent: Double) -> Double {
        var (result, root, rest) = (1.0, base, exponent)
        for _ in 0..<20 {
            root = root.squareRoot()
            rest *= 2
            if rest >= 1 {
                result *= root
                rest -= 1
            }
        }
        return result
    }
}
