/// What a person may ask of an outlet.
enum OutletAction: String, CaseIterable {
    case on
    case off
    case cycle
    case lock
    case unlock

    /// What has happened when it is done.
    var done: String {
        switch self {
        case .on: "switched on"
        case .off: "switched off"
        case .cycle: "switched off and on"
        case .lock: "locked"
        case .unlock: "unlocked"
        }
    }

    /// What happens while it is not done yet.
    var underWay: String {
        switch self {
        case .on: "switching on"
        case .off: "switching off"
        case .cycle: "switching off and on"
        case .lock: "locking"
        case .unlock: "unlocking"
        }
    }

    /// Whether something loses its power by it.
    var takesPower: Bool { self == .off || self == .cycle }

    /// Whether it moves a relay.
    var switches: Bool { self != .lock && self != .unlock }

    /// How the outlet stands when it is done; nil where that proves nothing.
    var position: String? {
        switch self {
        case .on, .cycle: "on"
        case .off: "off"
        case .lock, .unlock: nil
        }
    }

    /// The last words of the instant command: `load.off`, `load.off.delay`, `lock`.
    func commandWords(isDelayed: Bool = false) -> String {
        self.switches ? "load.\(self.rawValue)\(isDelayed ? ".delay" : "")" : self.rawValue
    }
}
