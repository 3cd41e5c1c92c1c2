/// Electrical power in watts.
public struct Watts: Hashable, Comparable, Codable, Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// The number of watts.
    public var value: Double

    /// No power at all.
    public static let zero = Watts(0)

    /// Makes a power of `value` watts.
    public init(_ value: Double) {
        self.value = value
    }

    /// Makes a power of `value` watts.
    public init(floatLiteral value: Double) {
        self.value = value
    }

    /// Makes a power of `value` watts.
    public init(integerLiteral value: Int) {
        self.value = Double(value)
    }

    /// Whether `lhs` is the smaller power.
    public static func < (lhs: Watts, rhs: Watts) -> Bool { lhs.value < rhs.value }

    /// The sum of two powers.
    public static func + (lhs: Watts, rhs: Watts) -> Watts { Watts(lhs.value + rhs.value) }
}

/// Energy in watt hours.
public struct WattHours: Hashable, Comparable, Codable, Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral
{
    /// The number of watt hours.
    public var value: Double

    /// Makes an energy of `value` watt hours.
    public init(_ value: Double) {
        self.value = value
    }

    /// Makes an energy of `value` watt hours.
    public init(floatLiteral value: Double) {
        self.value = value
    }

    /// Makes an energy of `value` watt hours.
    public init(integerLiteral value: Int) {
        self.value = Double(value)
    }

    /// Whether `lhs` is the smaller energy.
    public static func < (lhs: WattHours, rhs: WattHours) -> Bool { lhs.value < rhs.value }

    /// Ten years: what would last longer than this lasts for ever, for every purpose of ours.
    private static let longestSeconds = 10.0 * 365 * 86400

    /// How long `power` can be drawn until nothing is left; nil where it is not more than zero.
    public func lasts(at power: Watts) -> Duration? {
        let seconds = self.value / power.value * 3600
        guard power.value > 0, seconds.isFinite else { return nil }
        return .seconds(min(Self.longestSeconds, max(0, seconds)))
    }
}

/// A share in percent, kept within 0 and 100.
public struct Percent: Hashable, Comparable, Codable, Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// The share, 0 to 100.
    public let value: Double

    /// Makes a share of `value` percent; what lies outside 0 and 100 (or is no number) becomes the nearer end.
    public init(_ value: Double) {
        self.value = value.isNaN ? 0 : min(100, max(0, value))
    }

    /// Makes a share of `value` percent.
    public init(floatLiteral value: Double) {
        self.init(value)
    }

    /// Makes a share of `value` percent.
    public init(integerLiteral value: Int) {
        self.init(Double(value))
    }

    /// Whether `lhs` is the smaller share.
    public static func < (lhs: Percent, rhs: Percent) -> Bool { lhs.value < rhs.value }
}
