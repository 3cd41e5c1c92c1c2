/// One line that a driver sends to a server, NUT's socket protocol of 2.8.
public enum DriverLine: Hashable, Sendable {
    /// `SETINFO`: a variable has this value.
    case setInfo(String, String)
    /// `DELINFO`: a variable is no more.
    case deleteInfo(String)
    /// `ADDENUM`: a variable may have this value.
    case addChoice(String, String)
    /// `DELENUM`: it may no longer have it.
    case deleteChoice(String, String)
    /// `ADDRANGE`: a variable may have any number within these.
    case addRange(String, ClosedRange<Int>)
    /// `DELRANGE`: it may no longer.
    case deleteRange(String, ClosedRange<Int>)
    /// `SETAUX`: the longest text a variable takes.
    case setLength(String, Int)
    /// `SETFLAGS`: `RW`, `STRING`, `NUMBER`, in place of those before.
    case setFlags(String, Set<String>)
    /// `ADDCMD`: the device takes this command.
    case addCommand(String)
    /// `DELCMD`: it no longer takes it.
    case deleteCommand(String)
    /// `DATAOK` and `DATASTALE`: whether the values are good.
    case quality(isStale: Bool)
    /// `DUMPDONE`: everything that was asked for has been told.
    case dumpDone
    /// `PONG`: the driver lives.
    case pong
    /// `TRACKING`: what became of the order with this identifier.
    case tracking(String, DriverVerdict)
    /// A line that means nothing to a server.
    case other

    /// Reads the words of a line; what is incomplete or out of bounds is ``other``.
    public init(words: [String]) {
        self = Self.read(words) ?? .other
    }

    private static func read(_ words: [String]) -> DriverLine? {
        switch (words.first, words.count) {
        case ("DATAOK", _): return .quality(isStale: false)
        case ("DATASTALE", _): return .quality(isStale: true)
        case ("DUMPDONE", _): return .dumpDone
        case ("PONG", _): return .pong
        case ("TRACKING", 3...): return DriverVerdict(code: words[2]).map { .tracking(words[1], $0) }
        case (_, 2...) where Self.isName(words[1]): return Self.readNamed(words)
        default: return nil
        }
    }

    private static func readNamed(_ words: [String]) -> DriverLine? {
        let name = words[1]
        switch (words[0], words.count) {
        case ("SETINFO", 3...): return .setInfo(name, words[2])
        case ("DELINFO", _): return .deleteInfo(name)
        case ("ADDENUM", 3...): return .addChoice(name, words[2])
        case ("DELENUM", 3...): return .deleteChoice(name, words[2])
        case ("ADDRANGE", 4...): return Self.range(words).map { .addRange(name, $0) }
        case ("DELRANGE", 4...): return Self.range(words).map { .deleteRange(name, $0) }
        case ("SETAUX", 3...): return Int(words[2]).map { .setLength(name, max(0, $0)) }
        case ("SETFLAGS", _): return .setFlags(name, Set(words.dropFirst(2)))
        case ("ADDCMD", _): return .addCommand(name)
        case ("DELCMD", _): return .deleteCommand(name)
        default: return nil
        }
    }

    private static func range(_ words: [String]) -> ClosedRange<Int>? {
        guard let low = Int(words[2]), let high = Int(words[3]), low <= high else { return nil }
        return low...high
    }

    /// Whether clients could ask for it: it travels without quotes.
    private static func isName(_ word: String) -> Bool {
        (1...DriverLimits.nameBytes).contains(word.utf8.count)
            && word.utf8.allSatisfy { (0x21...0x7E).contains($0) && !ASCII.needsEscape($0) && $0 != ASCII.equals }
    }
}

/// What a driver says became of an order.
public enum DriverVerdict: Hashable, Sendable {
    /// It is done.
    case done
    /// The device has no such variable or command.
    case unknown
    /// The device does not take this value.
    case invalid
    /// The device did not do it.
    case failed
    /// The value could not be brought into the device's form.
    case notConvertible

    /// Reads the number behind `TRACKING`.
    init?(code: String) {
        switch code {
        case "0": self = .done
        case "1": self = .unknown
        case "2": self = .invalid
        case "3": self = .failed
        case "4": self = .notConvertible
        default: return nil
        }
    }
}
