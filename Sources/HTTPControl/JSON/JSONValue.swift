/// A JSON document as a tree (RFC 8259), with the order of keys and the digits of numbers as they came.
///
/// What is read of one device and sent back to it, as UniFi's overrides are, is then the same to the letter.
indirect enum JSONValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// The number's own text: no device's digits are rounded on the way.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One key of an object with what it says.
    struct Member: Hashable, Sendable {
        var key: String
        var value: JSONValue
    }

    /// A number without decimals.
    static func whole(_ value: Int) -> JSONValue { .number("\(value)") }

    /// What the first member called `key` says; nil where this is no object or has none, or null.
    subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self, let found = members.first(where: { $0.key == key })?.value else {
            return nil
        }
        return found == .null ? nil : found
    }

    /// The items of an array; nil for anything else.
    var items: [JSONValue]? {
        guard case .array(let items) = self else { return nil }
        return items
    }

    /// The members of an object; nil for anything else.
    var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The text of a string; nil for anything else.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// `true` or `false` and nothing that only looks like it: a position is not guessed.
    var boolean: Bool? {
        guard case .boolean(let value) = self else { return nil }
        return value
    }

    /// A finite number, also one that stands in a string as UniFi's measurements do.
    var number: Double? {
        switch self {
        case .number(let text), .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// A whole number; nil for anything else, also for 1.5 and for what no `Int` holds.
    var whole: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
    }

    /// The same object with `key` saying `value`, in its old place where it has one.
    func setting(_ key: String, to value: JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return self }
        if let index = members.firstIndex(where: { $0.key == key }) {
            members[index].value = value
        } else {
            members.append(Member(key: key, value: value))
        }
        return .object(members)
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByIntegerLiteral
{
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }

    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(integerLiteral value: Int) { self = .whole(value) }
}
