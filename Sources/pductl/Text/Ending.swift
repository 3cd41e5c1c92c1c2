/// How `pductl` ends; the numbers are documented and do not change.
enum Ending: Int32, Equatable, CaseIterable {
    /// Done.
    case done = 0
    /// The server or the device refused, or it did not work.
    case failed = 1
    /// The command line is wrong.
    case usage = 2
    /// Nothing has the name, or several things have it.
    case notFound = 3
    /// The user, the password or the user's rights do not allow it.
    case notPermitted = 4
    /// The server or the device cannot be reached, or does not answer like one.
    case unreachable = 5
    /// A rule of the server forbids it: an interlock, a protection, a lock.
    case interlock = 6
    /// Some of what was asked for was done, and some was not.
    case partly = 7
    /// The order was taken, and nothing shows that it was carried out.
    case notVerified = 8

    /// What the word behind a server's sentence means; servers that give none only failed.
    init(kind: String?) {
        switch kind {
        case "interlock", "locked": self = .interlock
        case "unreachable": self = .unreachable
        case "not-verified": self = .notVerified
        case "not-permitted": self = .notPermitted
        case "partly": self = .partly
        case "not-found": self = .notFound
        default: self = .failed
        }
    }

    /// How several orders end together: as they all do, partly where only some were done, else as a failure.
    init(of endings: [Ending]) {
        let kinds = Set(endings)
        if kinds.count <= 1 {
            self = endings.first ?? .done
        } else {
            self = kinds.contains(.done) || kinds.contains(.partly) ? .partly : .failed
        }
    }

    /// The sentence of the manual.
    var meaning: String {
        switch self {
        case .done: "done"
        case .failed: "the server or the device refused, or it did not work"
        case .usage: "the command line is wrong"
        case .notFound: "nothing has that name, or more than one thing has it"
        case .notPermitted: "the user, the password or the user's rights do not allow it"
        case .unreachable: "the server or the device cannot be reached, or does not answer like one"
        case .interlock: "refused by a rule of the server: an interlock, a protection or a lock"
        case .partly: "some of it was done, and some was not"
        case .notVerified: "the order was taken, but nothing shows that it was carried out"
        }
    }
}
