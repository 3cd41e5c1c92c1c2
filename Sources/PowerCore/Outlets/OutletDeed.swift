/// One thing that is to be done with one outlet.
public struct OutletDeed: Hashable, Sendable {
    /// What is to be done.
    public enum Action: Hashable, Sendable {
        /// Put it into a position.
        case turn(OutletPosition)
        /// Let the PDU itself take the power away and give it again; `offTime` is a wish.
        case cycle(offTime: Duration)
    }

    /// The outlet.
    public var outlet: OutletID
    /// What is to be done.
    public var action: Action
    /// What the PDU must call the outlet: with another name there, the rack was re-plugged, and nothing is switched.
    public var nameAtDevice: String?
    /// Why nobody may switch the outlet now, by a lock of the daemon's own; nil where there is none.
    public var lock: String?
    /// Whether the PDU cannot be reached while the outlet is off: it feeds the way there.
    public var losesWay = false

    /// Makes a deed.
    public init(_ outlet: OutletID, _ action: Action, nameAtDevice: String? = nil, lock: String? = nil) {
        self.outlet = outlet
        self.action = action
        self.nameAtDevice = nameAtDevice
        self.lock = lock
    }

    /// The position it ends in.
    var end: OutletPosition {
        switch self.action {
        case .turn(let position): position
        case .cycle: .on
        }
    }
}
