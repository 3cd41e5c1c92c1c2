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

    /// The variables as NUT names them, outlets included.
    public func variables(_ notes: PDUNotes = PDUNotes()) -> [Variable] {
        guard let reading else { return [] }
        let general = [
            Variable("device.type", "pdu"), Variable("ups.status", "OL"),
            Variable("outlet.count", "\(reading.outlets.count)", kind: .number),
        ]
        return general + reading.variables.filter { own in !general.contains { $0.name == own.name } }
            + reading.outlets.flatMap { notes.variables(of: $0) }
    }

    /// The instant commands of the outlets: those that can be switched, and their locks.
    public func commands(_ notes: PDUNotes = PDUNotes()) -> [InstantCommand] {
        (self.reading?.outlets ?? []).filter(\.isSwitchable).flatMap { outlet in
            let lock = OutletCommand(outlet.number, notes.locks[outlet.number] == nil ? .lock : .unlock)
            return (OutletCommand.switching(outlet.number) + [lock]).map(\.instant)
        }
    }
}
