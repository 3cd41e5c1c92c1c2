/// What one step of a device's number means: `0.1 A`, `mA`, `min`, `0.01 kW`.
public struct Scale: Hashable, Sendable {
    /// What is measured.
    public enum Unit: String, Hashable, Sendable {
        case volts = "V"
        case amperes = "A"
        case watts = "W"
        case voltAmperes = "VA"
        case wattHours = "Wh"
        case seconds = "s"
        case hertz = "Hz"
        case percent = "%"
        case celsius = "C"
        /// A number without a unit.
        case none = ""
    }

    /// What is measured.
    public var unit: Unit
    /// How much of it one step is.
    public var step: Double

    /// No device measures anything as large; what is larger is a fault, and would not fit a text of digits.
    static let largest = 1e12

    /// Reads a scale; nil where that is none.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard (1...2).contains(words.count), let last = words.last else { return nil }
        let isBare = words.count == 1 && Self.step(last) != nil
        guard let step = words.count == 2 || isBare ? Self.step(words[0]) : 1,
            let (unit, factor) = isBare ? (Unit.none, 1) : Self.unit(last)
        else { return nil }
        self.unit = unit
        // By way of thousandths: 0.1 times 1000 is not 100 in binary.
        self.step = (step * factor * 1e6).rounded() / 1e6
    }

    private static func step(_ word: Substring) -> Double? {
        guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }), let value = Double(word), value > 0
        else { return nil }
        return value
    }

    private static func unit(_ word: Substring) -> (Unit, Double)? {
        if let unit = Unit(rawValue: String(word)), unit != .none { return (unit, 1) }
        switch word {
        case "min": return (.seconds, 60)
        case "mV", "mA": return Unit(rawValue: String(word.dropFirst())).map { ($0, 0.001) }
        case "kW", "kVA", "kWh": return Unit(rawValue: String(word.dropFirst())).map { ($0, 1000) }
        default: return nil
        }
    }

    /// The value of a device's number; nil where it is too large to be one.
    func value(of number: Double) -> Double? {
        let value = number * self.step
        return value.magnitude <= Self.largest ? value : nil
    }

    /// The value as NUT writes it: as many decimals as a step has, times in whole seconds.
    func text(of number: Double) -> String? {
        guard let value = self.value(of: number) else { return nil }
        let decimals = self.unit == .seconds ? 0 : self.decimals
        var power = 1.0
        for _ in 0..<decimals { power *= 10 }
        let units = Int64((value * power).rounded())
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        let sign = units < 0 ? "-" : ""
        return decimals == 0 ? sign + padded : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// As many as are needed for one step, three at most.
    private var decimals: Int {
        (0..<3).first { self.hasNoFraction(after: $0) } ?? 3
    }

    private func hasNoFraction(after decimals: Int) -> Bool {
        var scaled = self.step
        for _ in 0..<decimals { scaled *= 10 }
        return (scaled - scaled.rounded()).magnitude < 1e-6
    }
}
