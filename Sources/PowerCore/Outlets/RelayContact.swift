/// The contact of a relay that loads are wired to, which decides what they have when the relay has dropped out.
public enum RelayContact: String, Hashable, Sendable, CaseIterable {
    /// Open at rest: no power without the bus.
    case normallyOpen = "normally-open"
    /// Closed at rest: power without the bus, and the relay is drawn in order to cut it.
    case normallyClosed = "normally-closed"

    /// The outlet's position for the relay's, and the other way round.
    func turned(_ position: OutletPosition) -> OutletPosition {
        switch self {
        case .normallyOpen: position
        case .normallyClosed: position == .on ? .off : .on
        }
    }
}
