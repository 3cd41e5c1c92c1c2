internal import PowerCore

/// What a program says of outlets, a line each: `4 on watts=12.5 name=Web server`.
///
/// A number, then `on`, `off` or `unknown`, then any of ``keys``; `name` is the last, and takes the rest of the line. Empty
/// lines and those that begin with `#` are passed over. Anything else makes the listing as a whole unreadable: an outlet
/// that is silently left out is one that nobody can switch.
struct OutletListing: Hashable {
    /// What may be said of an outlet.
    static let keys = "watts, amps, volts, va, wh, pending, locked, switchable, group and name"

    private(set) var outlets: [OutletReading] = []

    /// Reads a listing.
    init(_ text: String) throws(UnusableAnswer) {
        var seen: Set<Int> = []
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            let line = line.drop(while: \.isWhitespace)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            do throws(UnusableAnswer) {
                let outlet = try Self.outlet(line)
                guard seen.insert(outlet.number).inserted else { throw UnusableAnswer("outlet \(outlet.number) again") }
                self.outlets.append(outlet)
            } catch {
                throw UnusableAnswer("line \(index + 1) is '\(String(line).shown)': \(error.reason)")
            }
        }
        guard !self.outlets.isEmpty else { throw UnusableAnswer("no outlet is listed") }
        self.outlets.sort { $0.number < $1.number }
    }

    private static func outlet(_ line: Substring) throws(UnusableAnswer) -> OutletReading {
        var rest = line
        guard let word = Self.word(&rest), let number = Int(word), (1...OutletLimits.outlets).contains(number) else {
            throw UnusableAnswer("it begins with no number from 1 to \(OutletLimits.outlets)")
        }
        guard let state = Self.word(&rest), ["on", "off", "unknown"].contains(state) else {
            throw UnusableAnswer("on, off or unknown is expected behind the number")
        }
        var outlet = OutletReading(number: number, position: OutletPosition(rawValue: String(state)))
        while !rest.isEmpty {
            if rest.hasPrefix("name=") {
                outlet.name = Self.name(rest.dropFirst("name=".count))
                break
            }
            if let word = Self.word(&rest) { try Self.take(word, &outlet) }
        }
        return outlet
    }

    private static func name(_ rest: Substring) -> String? {
        let name = String(rest).shown
        let trimmed = name.lastIndex { !$0.isWhitespace }.map { String(name[...$0]) } ?? ""
        return trimmed.isEmpty ? nil : trimmed
    }

    private static func take(_ word: Substring, _ outlet: inout OutletReading) throws(UnusableAnswer) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw UnusableAnswer("'\(String(word).shown)' is no key=value") }
        let value = parts[1]
        switch parts[0] {
        case "watts": outlet.power = Watts(try Self.figure(value))
        case "amps": outlet.current = try Self.figure(value)
        case "volts": outlet.voltage = try Self.figure(value)
        case "va": outlet.apparentPower = try Self.figure(value)
        case "wh": outlet.energy = WattHours(try Self.figure(value))
        case "pending":
            guard let position = OutletPosition(rawValue: String(value)) else {
                throw UnusableAnswer("pending= on or off")
            }
            outlet.pending = position
        case "locked": outlet.isLocked = try Self.truth(value)
        case "switchable": outlet.isSwitchable = try Self.truth(value)
        case "group": outlet.group = String(value).shown
        default: throw UnusableAnswer("'\(String(parts[0]).shown)' is none of \(Self.keys)")
        }
    }

    /// More than any outlet has of anything, in whatever unit.
    private static let mostOfAnything = 1e9

    private static func figure(_ text: Substring) throws(UnusableAnswer) -> Double {
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard isPlain, let figure = Double(text), figure <= Self.mostOfAnything else {
            throw UnusableAnswer("'\(String(text).shown)' is no number such as 12.5")
        }
        return figure
    }

    private static func truth(_ text: Substring) throws(UnusableAnswer) -> Bool {
        switch text {
        case "yes": true
        case "no": false
        default: throw UnusableAnswer("'\(String(text).shown)' is neither yes nor no")
        }
    }

    /// The next word, without the blanks around it; nil where none is left.
    private static func word(_ rest: inout Substring) -> Substring? {
        let word = rest.prefix { !$0.isWhitespace }
        rest = rest.dropFirst(word.count).drop(while: \.isWhitespace)
        return word.isEmpty ? nil : word
    }
}
