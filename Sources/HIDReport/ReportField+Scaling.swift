extension ReportField {
    /// Widest field that is read as a number.
    ///
    /// HID 1.11, 8.4 allows no more than 32 bits; 64 is what `Int` holds. What is wider is a buffer, not a number.
    public static let maximumNumberBits = 64

    /// Powers of ten beyond this are taken for nonsense and cut: 10^64 of anything is no electrical quantity.
    static let maximumExponent = 64

    /// Whether the field is a number that ``ReportReader`` reads.
    public var isNumber: Bool {
        !self.isPadding && self.bitOffset >= 0 && self.bitSize >= 1 && self.bitSize <= Self.maximumNumberBits
    }

    /// The number within the logical range that lies nearest to `logical`; `logical` itself where no range is given.
    public func clamped(_ logical: Int) -> Int {
        guard self.logicalMinimum < self.logicalMaximum else { return logical }
        return min(self.logicalMaximum, max(self.logicalMinimum, logical))
    }

    /// What `logical` stands for in volts, watts, amperes, seconds, kelvins, hertz, or just as a number.
    ///
    /// Scales from the logical to the physical range only where both physical ends are given and not both 0
    /// (HID 1.11, 6.2.2.7), then by the power of ten.
    public func physical(fromLogical logical: Int) -> Double {
        var value = Double(logical)
        if let scale = self.physicalScale {
            value = scale.physicalMinimum + (value - Double(self.logicalMinimum)) * scale.slope
        }
        return Self.scaled(value, byPowerOfTen: self.effectiveExponent)
    }

    /// The number on the wire that comes nearest to `physical`, within the logical range; nil where there is none.
    public func logical(fromPhysical physical: Double) -> Int? {
        var value = Self.scaled(physical, byPowerOfTen: -self.effectiveExponent)
        if let scale = self.physicalScale {
            guard scale.slope != 0 else { return nil }
            value = Double(self.logicalMinimum) + (value - scale.physicalMinimum) / scale.slope
        }
        guard let logical = Int(exactly: value.rounded()) else { return nil }
        return self.clamped(logical)
    }

    /// The power of ten between the number on the wire and the everyday unit.
    ///
    /// HID's units are built of centimetre, gram, second and ampere: a volt is 10^7 and a watt 10^7 of them
    /// (Power Device Class 1.1, 3.2.3), so exponent 7 means 1 V. The others used here are the everyday ones.
    var effectiveExponent: Int {
        let base =
            switch self.unit {
            case HIDUnit.volt.rawValue, HIDUnit.watt.rawValue: 7
            default: 0
            }
        let bounded = min(Self.maximumExponent, max(-Self.maximumExponent, self.unitExponent))
        return bounded - base
    }

    private var physicalScale: (physicalMinimum: Double, slope: Double)? {
        guard let low = self.physicalMinimum, let high = self.physicalMaximum, low != 0 || high != 0 else { return nil }
        let span = Double(self.logicalMaximum) - Double(self.logicalMinimum)
        guard span != 0 else { return nil }
        return (Double(low), (Double(high) - Double(low)) / span)
    }

    /// Multiplies or divides by an exact power of ten, so that 1380 x 10^-2 is 13.8 and not its neighbour.
    private static func scaled(_ value: Double, byPowerOfTen exponent: Int) -> Double {
        guard exponent != 0 else { return value }
        var power = 1.0
        for _ in 0..<min(exponent.magnitude, 128) { power *= 10 }
        return exponent > 0 ? value * power : value / power
    }
}
