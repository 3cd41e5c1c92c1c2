/// What one stretch on battery has shown, once it is over.
public struct Discharge: Hashable, Codable, Sendable {
    /// How a stretch on battery ended.
    public enum End: Hashable, Codable, Sendable {
        /// The mains came back.
        case mains
        /// The output was cut at this charge.
        case cut(Percent)
        /// The output was off when the UPS was heard again: at which charge it was cut nobody saw.
        case unseen
    }

    /// The energy given at the output while the charge fell by so many percent.
    public struct Drawn: Hashable, Codable, Sendable {
        /// The energy at the output.
        public var energy: WattHours
        /// The percent of charge it took.
        public var span: Double

        /// Nothing drawn yet.
        public static let nothing = Drawn(energy: 0, span: 0)

        /// Makes an amount.
        public init(energy: WattHours, span: Double) {
            self.energy = energy
            self.span = span
        }

        /// The energy for each percent; nil where that is no sensible figure.
        var perPercent: WattHours? {
            let value = self.energy.value / self.span
            return self.span > 0 && value.isFinite && value > 0 ? WattHours(value) : nil
        }

        mutating func add(_ other: Drawn) {
            self.energy.value += other.energy.value
            self.span += other.span
        }
    }

    /// What was drawn at a known load, by the tenth of the battery it came from: 0 is 0 to 10 %.
    public var deciles: [Int: Drawn]
    /// The lowest charge at which the output was still seen alive.
    public var lowest: Percent?
    /// How it ended.
    public var end: End

    /// Makes a discharge.
    public init(deciles: [Int: Drawn] = [:], lowest: Percent? = nil, end: End = .mains) {
        self.deciles = deciles
        self.lowest = lowest
        self.end = end
    }

    /// All that was drawn at a known load.
    public var total: Drawn {
        self.deciles.values.reduce(into: .nothing) { $0.add($1) }
    }

    /// The tenth of the battery that `charge` lies in.
    static func decile(of charge: Double) -> Int {
        charge.isNaN ? 0 : min(9, max(0, Int(min(100, max(0, charge)) / 10)))
    }
}
