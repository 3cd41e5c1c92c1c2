/// Reads and writes the quantities of the configuration file: times, watts, watt hours, shares.
///
/// Every number has its unit in the file, so that nobody has to look up whether `5` means seconds or minutes.
public enum ConfigurationScalar {
    /// Why a text is no such quantity.
    public struct Refusal: Error, Hashable, Sendable {
        /// What was expected, with examples (`a time such as 5s, 2m or 1h30m`).
        public var expected: String
    }

    /// The longest number read; more digits than any device has watts, and far from what overflows.
    static let maximumDigits = 9
    /// The longest time read, a hundred years: nothing is kept longer, and every key has narrower bounds of its own.
    static let maximumDuration = Duration.seconds(100 * 365 * 86400)

    /// Reads a time: `250ms`, `5s`, `2m`, `1h30m`, `2d`, `3w`, `2y`; units in falling order, each at most once.
    public static func duration(_ text: String) throws(Refusal) -> Duration {
        let refusal = Refusal(expected: "a time such as 250ms, 5s, 2m or 1h30m")
        var rest = Self.trimmed(text)[...]
        var total = Duration.zero
        var smallest = Int64.max
        guard !rest.isEmpty else { throw refusal }
        while !rest.isEmpty {
            guard let number = Self.takeNumber(&rest), let unit = Self.takeUnit(&rest), unit < smallest else {
                throw refusal
            }
            smallest = unit
            // By way of whole milliseconds: a Double of attoseconds would turn 86399s into something near it.
            guard let milliseconds = Int64(exactly: (number * Double(unit)).rounded()) else { throw Self.tooLong }
            total += .milliseconds(milliseconds)
        }
        guard total <= Self.maximumDuration else { throw Self.tooLong }
        return total
    }

    private static var tooLong: Refusal { Refusal(expected: "a time of at most 100y") }

    /// Reads a power: `600 W`, `1.8 kW`.
    public static func watts(_ text: String) throws(Refusal) -> Watts {
        let refusal = Refusal(expected: "a power such as 600 W or 1.8 kW")
        return Watts(try Self.scaled(text, units: ["W": 1, "kW": 1000], orThrow: refusal))
    }

    /// Reads an energy: `286 Wh`, `1 kWh`.
    public static func wattHours(_ text: String) throws(Refusal) -> WattHours {
        let refusal = Refusal(expected: "an energy such as 286 Wh or 1 kWh")
        return WattHours(try Self.scaled(text, units: ["Wh": 1, "kWh": 1000], orThrow: refusal))
    }

    /// Reads a share: `40%` or `40 %`, 0 to 100.
    public static func percent(_ text: String) throws(Refusal) -> Percent {
        let refusal = Refusal(expected: "a share such as 40%, from 0% to 100%")
        let value = try Self.scaled(text, units: ["%": 1], orThrow: refusal)
        guard value <= 100 else { throw refusal }
        return Percent(value)
    }

    /// Reads a plain number: `1.3`.
    public static func number(_ text: String) throws(Refusal) -> Double {
        try Self.scaled(text, units: ["": 1], orThrow: Refusal(expected: "a number such as 1.3"))
    }

    /// Reads a whole number: `8`.
    public static func whole(_ text: String) throws(Refusal) -> Int {
        let text = Self.trimmed(text)
        let isDigits = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isDigits, text.utf8.count <= Self.maximumDigits, let value = Int(text) else {
            throw Refusal(expected: "a whole number such as 8")
        }
        return value
    }

    /// Reads `true` or `false`, or YAML 1.1's `yes` or `no`.
    public static func boolean(_ text: String) throws(Refusal) -> Bool {
        switch text.lowercased() {
        case "true", "yes": true
        case "false", "no": false
        default: throw Refusal(expected: "true or false")
        }
    }

    /// Writes a time as ``duration(_:)`` reads it, in whole milliseconds: `1h30m`.
    public static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return "0s" }
        let parts = [
            (seconds / 31_536_000, "y"), (seconds / 86400 % 365, "d"), (seconds / 3600 % 24, "h"),
            (seconds / 60 % 60, "m"), (seconds % 60, "s"), (attoseconds / 1_000_000_000_000_000, "ms"),
        ]
        let written = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }
        return written.isEmpty ? "0s" : written.joined()
    }

    /// Writes a number without `.0` behind whole ones, with at most one decimal.
    static func text(_ number: Double) -> String {
        let tenths = (number * 10).rounded()
        guard tenths.isFinite, let whole = Int(exactly: tenths) else { return "\(number)" }
        return whole % 10 == 0 ? "\(whole / 10)" : "\(Double(whole) / 10)"
    }

    /// A number with one of `units` behind it, blanks between them allowed.
    private static func scaled(_ text: String, units: [String: Double], orThrow refusal: Refusal) throws(Refusal)
        -> Double
    {
        var rest = Self.trimmed(text)[...]
        guard let number = Self.takeNumber(&rest) else { throw refusal }
        guard let factor = units[Self.trimmed(String(rest))] else { throw refusal }
        return number * factor
    }

    /// Digits, and behind a point more digits, off the front. `Double`'s own reader would take `inf` and `0x1p3` too.
    private static func takeNumber(_ rest: inout Substring) -> Double? {
        let whole = rest.prefix { ("0"..."9").contains($0) }
        var end = whole.endIndex
        if end < rest.endIndex, rest[end] == "." {
            let decimals = rest[rest.index(after: end)...].prefix { ("0"..."9").contains($0) }
            guard !decimals.isEmpty, decimals.utf8.count <= Self.maximumDigits else { return nil }
            end = decimals.endIndex
        }
        guard !whole.isEmpty, whole.utf8.count <= Self.maximumDigits else { return nil }
        defer { rest = rest[end...] }
        return Double(rest[..<end])
    }

    /// A unit of time off the front, as milliseconds.
    private static func takeUnit(_ rest: inout Substring) -> Int64? {
        let word = rest.prefix { ("a"..."z").contains($0) }
        // A year is 365 days: what is kept for years is not reckoned by the calendar.
        let units: [Substring: Int64] = [
            "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "y": 31_536_000_000,
        ]
        guard let unit = units[word] else { return nil }
        rest = rest[word.endIndex...]
        return unit
    }

    /// The text without blanks around it.
    static func trimmed(_ text: String) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let front = text.drop(while: isBlank)
        guard let last = front.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(front[...last])
    }
}
