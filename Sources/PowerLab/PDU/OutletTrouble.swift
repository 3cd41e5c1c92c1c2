/// What may be wrong with one outlet of an emulated PDU.
public enum OutletTrouble: Hashable, Sendable, CustomStringConvertible {
    /// Its relay stays where it is, whatever is ordered.
    case stuck
    /// Its relay moves so much later.
    case late(Duration)
    /// Orders to it are refused: whoever gives them may only read.
    case denied
    /// The PDU itself keeps it as it is, by a lock that somebody set there.
    case locked

    /// The trouble in a few words.
    public var description: String {
        switch self {
        case .stuck: "stuck"
        case .late(let delay): "late by \(delay)"
        case .denied: "denied"
        case .locked: "locked"
        }
    }
}
