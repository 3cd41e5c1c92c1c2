/// Texts of a server made safe and short for a terminal.
enum PlainText {
    /// The text with everything but printable ASCII replaced: what a device calls itself must not steer a terminal.
    static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { (0x20...0x7e).contains($0.value) ? $0 : "?" }))
    }

    /// Seconds as `45s`, `11m40s`, `1h41m`, `2d3h`: two units at most, the smaller one left out where it is zero.
    static func time(seconds text: String) -> String? {
        guard let value = Double(text), value.isFinite, value >= 0, let seconds = Int(exactly: value.rounded(.down))
        else { return nil }
        let units = [(86400, "d"), (3600, "h"), (60, "m"), (1, "s")]
        guard let first = units.firstIndex(where: { seconds >= $0.0 }) else { return "0s" }
        var rest = seconds
        return units[first...].prefix(2).enumerated().map { index, unit in
            let count = rest / unit.0
            rest %= unit.0
            return count == 0 && index > 0 ? "" : "\(count)\(unit.1)"
        }.joined()
    }

    /// A number with its unit, whole where it is large: `390 W`, `4.5 W`.
    static func number(_ text: String, _ unit: String) -> String? {
        guard let value = Double(text), value.isFinite else { return nil }
        let tenths = (value * 10).rounded() / 10
        if let whole = Int(exactly: value.rounded()), abs(value) >= 10 || tenths == value.rounded() {
            return "\(whole) \(unit)"
        }
        return "\(tenths) \(unit)"
    }
}
