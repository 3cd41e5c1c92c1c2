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

extension PDUReading {
    /// The largest number an outlet may have; what is beyond it is shown as a plain variable.
    static let mostOutlets = 512

    /// Makes sense of the ready-made variables of a PDU: `outlet.N.status`, `.switchable`, `.desc`, `.realpower`.
    ///
    /// An outlet can be switched where there is a way to, whatever `switchable` says.
    public init(sourced state: SourcedState) {
        var outlets: [Int: OutletReading] = [:]
        var others: [Variable] = []
        let ways = OutletWays(state)
        for variable in state.variables {
            guard let (number, property) = Self.outlet(variable.name) else {
                others.append(variable)
                continue
            }
            let isSwitchable = ways.way(of: number) != nil
            var outlet = outlets[number] ?? OutletReading(number: number, isSwitchable: isSwitchable)
            if !outlet.take(property, variable.value) { others.append(variable) }
            outlets[number] = outlet
        }
        self.init(variables: others, outlets: outlets.values.sorted { $0.number < $1.number })
    }

    /// The number of an outlet and what is said of it: `outlet.4.status` is 4 and `status`. Outlet 0 stands for all.
    private static func outlet(_ name: String) -> (Int, String)? {
        let parts = name.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "outlet", let number = Int(parts[1]),
            (1...Self.mostOutlets).contains(number)
        else { return nil }
        return (number, String(parts[2]))
    }
}

extension OutletReading {
    /// Takes one variable of the outlet in; false where it says something that a reading has no place for.
    fileprivate mutating func take(_ property: String, _ value: String) -> Bool {
        switch property {
        case "status": self.position = OutletPosition(rawValue: value.lowercased())
        // What people call it; the name is what is printed beside it (Eaton ePDU G3: A1).
        case "desc": self.name = value.isEmpty ? self.name : value
        case "name": self.name = self.name ?? (value.isEmpty ? nil : value)
        case "realpower": self.power = Double(value).flatMap { $0.isFinite && $0 >= 0 ? Watts($0) : nil }
        case "id", "switchable": break
        default: return false
        }
        return true
    }
}

/// How the outlets of a PDU are switched that has ready-made variables.
struct OutletWays {
    /// One of the two ways that NUT's drivers know.
    enum Way {
        /// By `outlet.N.load.on` and `outlet.N.load.off`.
        case command
        /// By setting `outlet.N.status`, which some drivers let their clients write.
        case variable
    }

    private let commands: Set<String>
    private let writable: Set<String>

    init(_ state: SourcedState) {
        self.commands = Set(state.commands)
        self.writable = Set(state.variables.lazy.filter(\.isWritable).map(\.name))
    }

    /// How an outlet is switched; nil where it cannot be.
    func way(of outlet: Int) -> Way? {
        let both = [OutletPosition.on, .off].map { Self.command($0, of: outlet) }
        if self.commands.isSuperset(of: both) { return .command }
        return self.writable.contains(Self.variable(of: outlet)) ? .variable : nil
    }

    /// NUT's command that puts an outlet into a position.
    static func command(_ position: OutletPosition, of outlet: Int) -> String {
        "outlet.\(outlet).load.\(position.rawValue)"
    }

    /// NUT's variable that holds the position of an outlet.
    static func variable(of outlet: Int) -> String {
        "outlet.\(outlet).status"
    }
}

extension SourcedState {
    /// The finite number in a variable; nil where there is none.
    fileprivate func number(_ name: String) -> Double? {
        self.value(name).flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
    }
}
