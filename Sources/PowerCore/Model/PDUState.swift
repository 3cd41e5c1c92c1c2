/// What is known of one PDU: its last reading, and how old that is.
public struct PDUState: Equatable, Sendable {
    /// The PDU in the power graph.
    public internal(set) var rack: RackPDU
    /// After how long without fresh data the variables are stale.
    public internal(set) var staleAfter: Duration
    /// What it said last, nil until it says something.
    public private(set) var reading: PDUReading?
    /// When it said that.
    public private(set) var lastFresh: Moment?
    /// How trustworthy the variables are.
    public private(set) var availability = Availability.notConnected

    /// Makes the state of a PDU that has said nothing yet.
    public init(rack: RackPDU, staleAfter: Duration) {
        self.rack = rack
        self.staleAfter = staleAfter
    }

    /// Takes a reading in.
    public mutating func take(_ reading: PDUReading, at now: Moment) {
        (self.reading, self.lastFresh, self.availability) = (reading, now, .fresh)
    }

    /// Takes note of the time; returns whether the data has just become stale.
    public mutating func age(at now: Moment) -> Bool {
        guard self.availability == .fresh, let staleAt, now >= staleAt else { return false }
        self.availability = .stale
        return true
    }

    /// When the data becomes stale unless something fresh comes; nil where it is stale already.
    public var staleAt: Moment? {
        self.availability == .fresh ? self.lastFresh.map { $0 + self.staleAfter } : nil
    }

    /// The variables as NUT names them, outlets included; `names` are the outlets' configured or derived names.
    public func variables(names: [Int: String], feeds: [Int: String]) -> [Variable] {
        guard let reading else { return [] }
        let general = [
            Variable("device.type", "pdu"), Variable("ups.status", "OL"),
            Variable("outlet.count", "\(reading.outlets.count)", kind: .number),
        ]
        return general + reading.variables.filter { own in !general.contains { $0.name == own.name } }
            + reading.outlets.flatMap { Self.variables(of: $0, name: names[$0.number], feeds: feeds[$0.number]) }
    }

    /// The instant commands of the outlets that can be switched.
    public var commands: [InstantCommand] {
        (self.reading?.outlets ?? []).filter(\.isSwitchable).flatMap { outlet in
            OutletOrder.allCases.map { InstantCommand("outlet.\(outlet.number).load.\($0.rawValue)") }
        }
    }

    private static func variables(of outlet: OutletReading, name: String?, feeds: String?) -> [Variable] {
        let prefix = "outlet.\(outlet.number)."
        var all = [
            Variable(prefix + "id", "\(outlet.number)", kind: .number),
            Variable(prefix + "name", name ?? outlet.name ?? "outlet \(outlet.number)"),
            Variable(prefix + "switchable", outlet.isSwitchable ? "yes" : "no"),
            Variable(prefix + "status", outlet.position?.rawValue ?? "unknown"),
        ]
        if let feeds { all.append(Variable(prefix + "desc", feeds)) }
        if let power = outlet.power { all.append(Variable(prefix + "realpower", power.tenths, kind: .number)) }
        return all
    }
}

extension Watts {
    /// The power with one decimal, as NUT writes measured values.
    var tenths: String {
        guard let tenths = Int(exactly: (self.value * 10).rounded()) else { return "0.0" }
        return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
