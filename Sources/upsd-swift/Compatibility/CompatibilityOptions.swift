/// The options of NUT's `upsd`, as `upsd(8)` of NUT 2.8.5 lists them.
struct CompatibilityOptions: Equatable {
    /// What is to be done.
    enum Action: Equatable {
        /// Serve until a signal ends it.
        case serve
        /// Read everything, say what is wrong with it, and end.
        case check
        /// Send a signal to the server that runs already.
        case tell(Order)
        case help
        case version
    }

    /// What the server that runs already can be told.
    enum Order: String, CaseIterable {
        case reload
        /// With NUT the sender would learn what came of it; here the log says it.
        case reloadOrError = "reload-or-error"
        case stop
    }

    /// Why the words on the command line cannot be followed.
    struct Refusal: Error, Equatable, CustomStringConvertible {
        var description: String
    }

    var action = Action.serve
    /// `-F`: stay in front. Twice: with a PID file all the same.
    var foreground = 0
    /// `-B`: go to the back although `-D` is given.
    var isBackground = false
    /// `-D`: how often it is given.
    var debug = 0
    /// `-q`: how often it is given.
    var quiet = 0
    /// `-u`: whose rights the server has once it listens.
    var user: String?
    /// `-r`: the directory that is to be the root of all paths.
    var root: String?
    /// `-P`: the process that an order goes to.
    var process: Int32?
    /// `-4` and `-6`: the only kind of address to listen at.
    var family: AddressFamily?

    /// The kinds of address.
    enum AddressFamily: Equatable {
        case v4
        case v6
    }

    /// Whether the server stays the child of whoever started it.
    var staysInFront: Bool { self.foreground > 0 || (self.debug > 0 && !self.isBackground) }

    /// Whether the server writes down its number for `-c`.
    var writesPID: Bool { !self.staysInFront || self.foreground > 1 }

    /// Reads what stands behind the program's name.
    init(parsing arguments: [String]) throws(Refusal) {
        var words = arguments[...]
        while let word = words.popFirst() {
            guard word.hasPrefix("-"), word.count > 1 else {
                throw Refusal(description: "\(word): there are options only, each with a - in front")
            }
            try self.take(word.dropFirst(), &words)
        }
    }

    /// Takes letters that stand behind one `-`; the value of the last one may be glued to it or be the next word.
    private mutating func take(_ letters: Substring, _ words: inout ArraySlice<String>) throws(Refusal) {
        var letters = letters
        while let letter = letters.popFirst() {
            guard "cPrupi".contains(letter) else {
                try self.take(flag: letter)
                continue
            }
            guard let value = letters.isEmpty ? words.popFirst() : String(letters) else {
                throw Refusal(description: "-\(letter) needs a value")
            }
            return try self.take(letter, value)
        }
    }

    private mutating func take(flag: Character) throws(Refusal) {
        switch flag {
        case "F": self.foreground += 1
        case "B": self.isBackground = true
        case "D": self.debug += 1
        case "q": self.quiet += 1
        case "h": self.action = .help
        case "V": self.action = .version
        case "t": self.action = .check
        case "4": self.family = .v4
        case "6": self.family = .v6
        default: throw Refusal(description: "-\(flag) is no option of upsd")
        }
    }

    private mutating func take(_ letter: Character, _ value: String) throws(Refusal) {
        switch letter {
        case "u": self.user = value
        case "r": self.root = value
        case "P":
            guard let number = Int32(value), number > 1 else {
                throw Refusal(description: "-P \(value): this is no number of a process")
            }
            self.process = number
        case "c":
            guard let order = Order(rawValue: value) else {
                let words = Order.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refusal(description: "-c \(value): a server can be told \(words)")
            }
            self.action = .tell(order)
        default:
            throw Refusal(description: "-\(letter): where to listen stands in upsd.conf: LISTEN address port")
        }
    }
}
