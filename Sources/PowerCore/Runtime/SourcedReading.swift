extension UPSReading {
    /// Makes sense of ready-made variables: conditions from the words of `ups.status`, numbers from their variables.
    ///
    /// All variables are kept as they are, `ups.status` and its unknown words among them.
    public init(_ state: SourcedState) {
        let status = state.value("ups.status") ?? ""
        let words = Set(status.split(separator: " ").map { $0.uppercased() })
        self.init(
            variables: state.variables, flags: Self.flags(words),
            charge: state.number("battery.charge").map { Percent($0) },
            runtime: state.number("battery.runtime").flatMap(Self.runtime), load: Self.load(of: state),
            commands: state.commands)
        self.ownStatus = status
    }

    /// Whether the device's own status says that everything on it is to go down now (`FSD`).
    var isForced: Bool {
        self.ownStatus?.split(separator: " ").contains { $0.uppercased() == "FSD" } ?? false
    }

    private static func flags(_ words: Set<String>) -> Flags {
        Flags(self.meanings.filter { words.contains($0.0) }.map(\.1))
    }

    private static let meanings: [(String, Flags)] = [
        ("OL", .online), ("OB", .onBattery), ("CHRG", .charging), ("DISCHRG", .discharging), ("LB", .lowBattery),
        ("RB", .replaceBattery), ("OVER", .overload), ("OFF", .off), ("BYPASS", .bypass), ("CAL", .calibrating),
        ("TRIM", .trim), ("BOOST", .boost),
    ]

    /// A month: devices that have no figure put something enormous or negative in its place.
    private static let longestRuntime = 30.0 * 86400

    private static func runtime(_ seconds: Double) -> Duration? {
        (0...Self.longestRuntime).contains(seconds) ? .seconds(seconds) : nil
    }

    /// Watts as they are measured, or the share of the nominal power that is drawn.
    private static func load(of state: SourcedState) -> Watts? {
        if let power = state.number("ups.realpower") ?? state.number("outlet.realpower") { return self.watts(power) }
        guard let share = state.number("ups.load"), let nominal = state.number("ups.realpower.nominal") else {
            return nil
        }
        return self.watts(share / 100 * nominal)
    }

    /// No UPS in a rack gives more than this; a sum over sensor faults does.
    private static let mostWatts = 1e7

    private static func watts(_ value: Double) -> Watts? {
        (0...Self.mostWatts).contains(value) ? Watts(value) : nil
    }
}

extension SourcedState {
    /// The finite number in a variable; nil where there is none.
    fileprivate func number(_ name: String) -> Double? {
        self.value(name).flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
    }
}
