/// A NUT command about an outlet (`outlet.4.load.cycle`), or about all outlets of a host (`load.cycle`).
public struct OutletCommand: Hashable, Sendable {
    /// What is asked.
    public enum Verb: Hashable, Sendable {
        /// Switch it; with the delay that the parameter gives where `isDelayed`.
        case switching(OutletOrder, isDelayed: Bool)
        /// Let nobody switch it any more.
        case lock
        /// Let it be switched again.
        case unlock
    }

    /// The outlet's number; nil for all outlets of a host.
    public var number: Int?
    /// What is asked.
    public var verb: Verb

    /// Makes a command.
    public init(_ number: Int?, _ verb: Verb) {
        self.number = number
        self.verb = verb
    }

    /// Reads the name of a command; nil where it is none of these.
    public init?(_ name: String, ofHost isHost: Bool = false) {
        var words = name.split(separator: ".", omittingEmptySubsequences: false)[...]
        if !isHost {
            guard words.count > 2, words.removeFirst() == "outlet", let number = Int(words.removeFirst()), number > 0
            else { return nil }
            self.number = number
        }
        switch words {
        case ["lock"] where !isHost: self.verb = .lock
        case ["unlock"] where !isHost: self.verb = .unlock
        default:
            guard let verb = Verb(words) else { return nil }
            self.verb = verb
        }
    }

    /// The name of the command.
    public var name: String {
        let place = self.number.map { "outlet.\($0)." } ?? ""
        return switch self.verb {
        case .lock: place + "lock"
        case .unlock: place + "unlock"
        case .switching(let order, let isDelayed): "\(place)load.\(order.rawValue)\(isDelayed ? ".delay" : "")"
        }
    }

    /// The commands that switch the outlet with a number, or with nil those of a host.
    public static func switching(_ number: Int?) -> [OutletCommand] {
        [false, true].flatMap { isDelayed in
            OutletOrder.allCases.map { OutletCommand(number, .switching($0, isDelayed: isDelayed)) }
        }
    }

    /// What it does, where NUT has no text of its own.
    public var instant: InstantCommand {
        switch self.verb {
        case .lock: InstantCommand(self.name, description: "Let nobody switch the outlet until it is unlocked")
        case .unlock: InstantCommand(self.name, description: "Let the outlet be switched again")
        case .switching(.cycle, true):
            InstantCommand(self.name, description: "Switch off and on again after a delay (seconds)")
        case .switching: InstantCommand(self.name)
        }
    }
}

extension OutletCommand.Verb {
    /// Reads `load.off` or `load.off.delay`.
    fileprivate init?(_ words: ArraySlice<Substring>) {
        let words = Array(words)
        guard words.count >= 2, words[0] == "load", let order = OutletOrder(rawValue: String(words[1])),
            words.count == 2 || words.count == 3 && words[2] == "delay"
        else { return nil }
        self = .switching(order, isDelayed: words.count == 3)
    }
}
