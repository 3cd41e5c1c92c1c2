/// Reads a selector from its first letter to its last.
struct SelectorParser {
    private let text: String
    private let letters: [Character]
    private var index = 0

    /// Prepares to read `text`.
    init(_ text: String) {
        self.text = text
        self.letters = Array(text)
    }

    /// All parts, at least one.
    mutating func terms() throws(SelectorError) -> [Selector.Term] {
        var terms = [try self.term()]
        while self.index < self.letters.count {
            self.index += 1  // the comma
            terms.append(try self.term())
        }
        return terms
    }

    private mutating func term() throws(SelectorError) -> Selector.Term {
        let start = self.index
        let first = try self.names(until: ["=", "/", ","])
        guard self.index > start else {
            throw self.error(start == self.letters.count ? "something must stand here" : "nothing stands before this")
        }
        switch self.next {
        case "=":
            return try self.property(Array(self.letters[start..<self.index]), at: start)
        case "/":
            self.index += 1
            return .places(pdus: first, numbers: try self.numbers())
        default:
            return try self.bare(Array(self.letters[start..<self.index]), first, at: start)
        }
    }

    /// A part without `=` and `/`: everything, numbers, or names.
    private func bare(
        _ letters: [Character], _ names: [String], at start: Int
    ) throws(SelectorError) -> Selector.Term {
        if letters == Array("all") { return .all }
        if names.allSatisfy({ $0.allSatisfy(Self.isDigit) }) { return .numbers(try self.numbers(names, at: start)) }
        guard letters.allSatisfy({ Self.isDigit($0) || $0 == "-" }), letters.contains(where: Self.isDigit)
        else { return .names(names) }
        return .numbers(try self.numbers(try self.range(letters[...], at: start), at: start))
    }

    private mutating func property(_ key: [Character], at start: Int) throws(SelectorError) -> Selector.Term {
        guard let kind = Kind(String(key)) else {
            let words = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw SelectorError(text: self.text, sentence: "before = stands one of \(words)", column: start)
        }
        self.index += 1
        let start = self.index
        // An outlet is named by its place as well.
        let names = try self.names(until: [","])
        guard self.index > start else { throw self.error("a name must stand behind =") }
        return .property(kind, names)
    }

    /// `4`, `1-4`, `[1-4,7]`: the numbers behind a slash.
    private mutating func numbers() throws(SelectorError) -> [Int] {
        let start = self.index
        let names: [String]
        if self.next == "[" {
            names = try self.names(until: [","])
        } else {
            while let next = self.next, next != "," { self.index += 1 }
            guard self.index > start else { throw self.error("the number of an outlet must stand here") }
            names = try self.range(self.letters[start..<self.index], at: start)
        }
        return try self.numbers(names, at: start)
    }

    private func numbers(_ texts: [String], at column: Int) throws(SelectorError) -> [Int] {
        var numbers: [Int] = []
        for text in texts {
            guard text.allSatisfy(Self.isDigit), let number = Int(text), number > 0 else {
                throw SelectorError(text: self.text, sentence: "outlets have numbers from 1 on", column: column)
            }
            numbers.append(number)
        }
        return numbers
    }

    /// Reads until one of `ends` outside of brackets; the texts that come of the brackets, in order.
    private mutating func names(until ends: Set<Character>) throws(SelectorError) -> [String] {
        var names = [""]
        while let next = self.next, !ends.contains(next) {
            guard next != "]" else { throw self.error("no bracket is open here") }
            let place = self.index
            let parts = next == "[" ? try self.bracket() : [String(next)]
            if next != "[" { self.index += 1 }
            guard names.count * parts.count <= Selector.maximumNames else {
                throw self.error("that is more than \(Selector.maximumNames) names", at: place)
            }
            names = names.flatMap { name in parts.map { name + $0 } }
        }
        return names
    }

    /// `[1-8]`, `[a-c]`, `[1-4,7]`, beginning at the bracket.
    private mutating func bracket() throws(SelectorError) -> [String] {
        let open = self.index
        guard let close = self.letters[open...].firstIndex(of: "]") else {
            throw SelectorError(text: self.text, sentence: "this bracket is not closed", column: open)
        }
        var names: [String] = []
        var start = open + 1
        while start <= close {
            let end = self.letters[start...close].firstIndex { $0 == "," || $0 == "]" } ?? close
            guard end > start else {
                throw SelectorError(text: self.text, sentence: "something must stand here", column: start)
            }
            names += try self.range(self.letters[start..<end], at: start)
            guard names.count <= Selector.maximumNames else {
                throw SelectorError(
                    text: self.text, sentence: "that is more than \(Selector.maximumNames) names", column: start)
            }
            start = end + 1
        }
        self.index = close + 1
        return names
    }

    /// `4`, `1-4` or `a-c`; numbers keep leading zeros.
    private func range(_ letters: ArraySlice<Character>, at column: Int) throws(SelectorError) -> [String] {
        let parts = letters.split(separator: "-", omittingEmptySubsequences: false).map { String($0) }
        if parts.count == 1, !parts[0].isEmpty, !parts[0].contains("[") { return [parts[0]] }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw SelectorError(text: self.text, sentence: "a range is written like 1-4 or a-c", column: column)
        }
        if let names = try self.numberRange(parts[0], parts[1], at: column) { return names }
        guard let first = Self.letter(parts[0]), let last = Self.letter(parts[1]) else {
            throw SelectorError(text: self.text, sentence: "a range is written like 1-4 or a-c", column: column)
        }
        guard first <= last else { throw self.backwards(column) }
        return (first...last).map { String(UnicodeScalar($0)) }
    }

    private func numberRange(
        _ first: String, _ last: String, at column: Int
    ) throws(SelectorError) -> [String]? {
        let areDigits = (first + last).allSatisfy(Self.isDigit)
        guard areDigits, let begin = Int(first), let end = Int(last) else { return nil }
        guard begin <= end else { throw self.backwards(column) }
        guard end - begin < Selector.maximumNames else {
            throw SelectorError(
                text: self.text, sentence: "that is more than \(Selector.maximumNames) names", column: column)
        }
        let width = first.hasPrefix("0") ? first.count : 0
        return (begin...end).map { number in
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
    }

    private func backwards(_ column: Int) -> SelectorError {
        SelectorError(text: self.text, sentence: "the range ends before it begins", column: column)
    }

    private static func letter(_ text: String) -> UInt8? {
        guard text.utf8.count == 1, let letter = text.utf8.first, text.first?.isLetter == true else { return nil }
        return letter
    }

    private static func isDigit(_ letter: Character) -> Bool { letter.isASCII && letter.isNumber }

    private var next: Character? { self.letters.indices.contains(self.index) ? self.letters[self.index] : nil }

    private func error(_ sentence: String, at column: Int? = nil) -> SelectorError {
        SelectorError(text: self.text, sentence: sentence, column: column ?? self.index)
    }
}
