/// One of NUT's configuration files; the raw value is its name in NUT's configuration directory.
public enum NUTFile: String, Hashable, Sendable, CaseIterable, Comparable {
    /// The UPSes with their drivers.
    case ups = "ups.conf"
    /// The server.
    case upsd = "upsd.conf"
    /// Who may log in.
    case users = "upsd.users"
    /// What a host watches, and how it stops.
    case upsmon = "upsmon.conf"
    /// What a host does some time after an event.
    case upssched = "upssched.conf"
    /// Which of NUT's services start.
    case nut = "nut.conf"

    /// Whether settings stand below `[name]` lines.
    var hasSections: Bool { self == .ups || self == .users }

    /// The place in the order of the cases.
    private var order: Int {
        switch self {
        case .ups: 0
        case .upsd: 1
        case .users: 2
        case .upsmon: 3
        case .upssched: 4
        case .nut: 5
        }
    }

    /// Whether `lhs` comes first in a report: the order of the cases.
    public static func < (lhs: NUTFile, rhs: NUTFile) -> Bool {
        lhs.order < rhs.order
    }
}
