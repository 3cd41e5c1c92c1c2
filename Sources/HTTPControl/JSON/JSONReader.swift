/// Reads a JSON document from bytes that anybody may have sent: it never traps and never goes deeper than a limit.
struct JSONReader {
    /// Why bytes are no document, and at which of them.
    struct Failure: Error, Hashable {
        var reason: String
        var offset: Int
    }

    /// Arrays and objects within each other. The documents of devices have six; each level costs a frame of the stack.
    static let deepest = 32

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The document in `bytes`, with nothing but blanks around it.
    static func read(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        var reader = JSONReader(bytes)
        let value = try reader.value(at: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw reader.failure("something follows the document") }
        return value
    }

    private var next: UInt8? {
        self.position < self.bytes.count ? self.bytes[self.position] : nil
    }

    private func failure(_ reason: String) -> Failure {
        Failure(reason: self.next == nil ? "it ends too early" : reason, offset: self.position)
    }

    private mutating func skipBlanks() {
        while let byte = self.next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { self.position += 1 }
    }

    /// Takes `byte` if it comes next, blanks before it skipped.
    private mutating func take(_ byte: UInt8) -> Bool {
        self.skipBlanks()
        guard self.next == byte else { return false }
        self.position += 1
        return true
    }

    private mutating func value(at depth: Int) throws(Failure) -> JSONValue {
        guard depth < Self.deepest else { throw self.failure("it is nested deeper than \(Self.deepest)") }
        self.skipBlanks()
        switch self.next {
        case UInt8(ascii: "{"): return try self.object(at: depth)
        case UInt8(ascii: "["): return try self.array(at: depth)
        case UInt8(ascii: "\""): return .string(try self.string())
        case UInt8(ascii: "t"): return try self.word("true", .boolean(true))
        case UInt8(ascii: "f"): return try self.word("false", .boolean(false))
        case UInt8(ascii: "n"): return try self.word("null", .null)
        default: return .number(try self.number())
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Failure) -> JSONValue {
        guard self.bytes[self.position...].starts(with: word.utf8) else {
            throw self.failure("no value begins like this")
        }
        self.position += word.utf8.count
        return value
    }

    private mutating func object(at depth: Int) throws(Failure) -> JSONValue {
        self.position += 1
        var members: [JSONValue.Member] = []
        if self.take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            self.skipBlanks()
            guard self.next == UInt8(ascii: "\"") else { throw self.failure("a key was expected") }
            let key = try self.string()
            guard self.take(UInt8(ascii: ":")) else { throw self.failure("a colon was expected") }
            members.append(JSONValue.Member(key: key, value: try self.value(at: depth + 1)))
        } while self.take(UInt8(ascii: ","))
        guard self.take(UInt8(ascii: "}")) else { throw self.failure("a comma or } was expected") }
        return .object(members)
    }

    private mutating func array(at depth: Int) throws(Failure) -> JSONValue {
        self.position += 1
        var items: [JSONValue] = []
        if self.take(UInt8(ascii: "]")) { return .array(items) }
        repeat { items.append(try self.value(at: depth + 1)) } while self.take(UInt8(ascii: ","))
        guard self.take(UInt8(ascii: "]")) else { throw self.failure("a comma or ] was expected") }
        return .array(items)
    }

    /// A number's text, when it is one: a sign, digits, a fraction, an exponent.
    private mutating func number() throws(Failure) -> String {
        let start = self.position
        let isPart: (UInt8) -> Bool = { (0x30...0x39).contains($0) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].contains($0) }
        while let byte = self.next, isPart(byte) { self.position += 1 }
        let text = String(decoding: self.bytes[start..<self.position], as: UTF8.self)
        // `Double`'s own reader takes `+1`, `.5` and `1.` too, which JSON does not have.
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard digits.first?.isNumber == true, text.last != ".", Double(text) != nil else {
            self.position = start
            throw self.failure("no value begins like this")
        }
        return text
    }

    private mutating func string() throws(Failure) -> String {
        self.position += 1
        var text: [UInt8] = []
        while let byte = self.next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw self.failure("a string has a control character") }
            self.position += 1
            if byte == UInt8(ascii: "\\") { try self.escape(into: &text) } else { text.append(byte) }
        }
        guard self.take(UInt8(ascii: "\"")) else { throw self.failure("a string has no end") }
        guard let text = String(validating: text, as: UTF8.self) else { throw self.failure("a string is no UTF-8") }
        return text
    }

    private mutating func escape(into text: inout [UInt8]) throws(Failure) {
        guard let byte = self.next else { throw self.failure("a string has no end") }
        self.position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += Array(String(try self.scalar()).utf8)
        default: throw self.failure("a string has an unknown escape")
        }
    }

    /// The character of `\uXXXX`, two of them where it takes a pair; half a pair becomes U+FFFD.
    private mutating func scalar() throws(Failure) -> Character {
        let first = try self.fourDigits()
        guard (0xd800..<0xdc00).contains(first) else { return Self.character(first) }
        guard self.bytes[self.position...].starts(with: [0x5c, 0x75]) else { return "\u{fffd}" }
        let before = self.position
        self.position += 2
        let second = try self.fourDigits()
        guard (0xdc00..<0xe000).contains(second) else {
            self.position = before
            return "\u{fffd}"
        }
        return Self.character(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
    }

    private static func character(_ code: UInt32) -> Character {
        Unicode.Scalar(code).map { Character($0) } ?? "\u{fffd}"
    }

    private mutating func fourDigits() throws(Failure) -> UInt32 {
        let digits = self.bytes[self.position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw self.failure("a string has an unknown escape") }
        self.position += 4
        return code
    }
}
