/// What is known here of a PDU's outlets, beside what it says itself; all by number.
public struct PDUNotes: Hashable, Sendable {
    /// What they are called here.
    public var names: [Int: String]
    /// What they feed, as a text.
    public var feeds: [Int: String]
    /// Who has locked them, and why.
    public var locks: [Int: String]
    /// The groups of the configuration that they belong to.
    public var groups: [Int: String]
    /// Those that feed something protected.
    public var protected: Set<Int>
    /// Those whose names are not stored in the PDU, or must not be changed there.
    public var fixedNames: Set<Int>

    /// NUT's own limit for a name; PDUs have lower ones, of which they tell when asked.
    static let longestName = 64

    /// Makes notes; without any, nothing is known.
    public init(
        names: [Int: String] = [:], feeds: [Int: String] = [:], locks: [Int: String] = [:], groups: [Int: String] = [:],
        protected: Set<Int> = [], fixedNames: Set<Int> = []
    ) {
        self.names = names
        self.feeds = feeds
        self.locks = locks
        self.groups = groups
        self.protected = protected
        self.fixedNames = fixedNames
    }

    /// The variables of one outlet. Home Assistant makes a switch of `status` and a name of `name`, else of `desc`.
    func variables(of outlet: OutletReading) -> [Variable] {
        let (number, prefix) = (outlet.number, "outlet.\(outlet.number).")
        let texts: [(String, String?)] = [
            ("desc", self.feeds[number]), ("groupid", outlet.group),
        ]
        let notes: [(String, String?)] = [
            ("group", self.groups[number]), ("locked", self.lock(of: outlet)),
            ("pending", outlet.pending?.rawValue), ("protected", self.protected.contains(number) ? "yes" : nil),
        ]
        return [
            Variable(prefix + "id", "\(number)", kind: .number), self.name(of: outlet, prefix),
            Variable(prefix + "switchable", outlet.isSwitchable ? "yes" : "no"),
            Variable(prefix + "status", outlet.position?.rawValue ?? "unknown"),
        ] + texts.compactMap { name, text in text.map { Variable(prefix + name, $0) } }
            + Self.measured(outlet, prefix)
            + notes.compactMap { name, text in text.map { Variable("experimental.\(prefix)\(name)", $0) } }
    }

    private func name(of outlet: OutletReading, _ prefix: String) -> Variable {
        let name = self.names[outlet.number] ?? outlet.name ?? "outlet \(outlet.number)"
        return Variable(
            prefix + "name", name, kind: .string(maximumLength: Self.longestName),
            isWritable: !self.fixedNames.contains(outlet.number))
    }

    private func lock(of outlet: OutletReading) -> String? {
        self.locks[outlet.number] ?? (outlet.isLocked ? "locked at the PDU" : nil)
    }

    /// What the PDU measures: watts, amperes, volts and volt-amperes as NUT names them, and watt hours, for which NUT has no
    /// name.
    private static func measured(_ outlet: OutletReading, _ prefix: String) -> [Variable] {
        let values: [(String, Double?, Int)] = [
            (prefix + "realpower", outlet.power?.value, 1), (prefix + "power", outlet.apparentPower, 1),
            (prefix + "current", outlet.current, 2), (prefix + "voltage", outlet.voltage, 1),
            ("experimental.\(prefix)energy", outlet.energy?.value, 0),
        ]
        return values.compactMap { name, value, digits in
            value.map { Variable(name, $0.formatted(decimals: digits), kind: .number) }
        }
    }
}
