extension Duration {
    /// The duration for people, to the second: `45 s`, `3 min 20 s`, `2 h 5 min`.
    public var inWords: String {
        let seconds = max(0, self.components.seconds)
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        if hours > 0 { return minutes == 0 ? "\(hours) h" : "\(hours) h \(minutes) min" }
        if minutes > 0 { return rest == 0 ? "\(minutes) min" : "\(minutes) min \(rest) s" }
        return "\(rest) s"
    }

    /// The duration as a number of seconds, fractions included.
    public var inSeconds: Double {
        Double(self.components.seconds) + Double(self.components.attoseconds) / 1e18
    }
}

extension Duration {
    /// The duration in seconds as NUT writes its own times, to the millisecond where it is no whole number: `2`, `0.25`.
    var inPlainSeconds: String {
        let (seconds, milliseconds) = (self.components.seconds, self.components.attoseconds / 1_000_000_000_000_000)
        guard milliseconds > 0 else { return "\(seconds)" }
        let digits = "\(1000 + milliseconds)".dropFirst()
        return "\(seconds).\(digits.reversed().drop { $0 == "0" }.reversed().map(String.init).joined())"
    }
}

extension Percent {
    /// The share for people, to the whole percent: `40 %`.
    public var inWords: String { "\(Int(self.value.rounded())) %" }
}

extension Watts {
    /// The power for people, to the watt: `210 W`; what no sensible device draws is said to be unknown.
    public var inWords: String {
        Int(exactly: self.value.rounded()).map { "\($0) W" } ?? "an unknown power"
    }
}

extension WattHours {
    /// The energy for people, to the watt hour: `41 Wh`; what no sensible battery holds is said to be unknown.
    public var inWords: String {
        Int(exactly: self.value.rounded()).map { "\($0) Wh" } ?? "an unknown energy"
    }
}
