/// A JSON document whose keys keep their order, so that the same state always prints the same text.
indirect enum JSONValue: Equatable {
    case object([(String, JSONValue)])
    case array([JSONValue])
    case string(String)
    /// A number as it is to be printed.
    case number(String)
    case boolean(Bool)
    case null

    /// The text where there is one.
    static func string(orNull text: String?) -> JSONValue {
        text.map { .string($0) } ?? .null
    }

    /// A NUT value as a number where JSON can write it so (`98`, `41.5`), null where it is missing or no number.
    static func number(orNull text: String?) -> JSONValue {
        guard let text, Self.isNumber(text) else { return .null }
        return .number(text)
    }

    /// The document, indented by two, without a line's end.
    var text: String { self.text(indent: "") }

    /// The document in one line.
    var line: String {
        switch self {
        case .object(let entries):
            "{" + entries.map { "\(Self.quoted($0.0)): \($0.1.line)" }.joined(separator: ", ") + "}"
        case .array(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
        case .string, .number, .boolean, .null: self.text
        }
    }

    static func == (lhs: JSONValue, rhs: JSONValue) -> Bool { lhs.text == rhs.text }

    private func text(indent: String) -> String {
        switch self {
        case .object(let entries):
            Self.block("{", entries.map { "\(Self.quoted($0.0)): \($0.1.text(indent: indent + "  "))" }, "}", indent)
        case .array(let items): Self.block("[", items.map { $0.text(indent: indent + "  ") }, "]", indent)
        case .string(let text): Self.quoted(text)
        case .number(let text): text
        case .boolean(let value): value ? "true" : "false"
        case .null: "null"
        }
    }

    private static func block(_ open: String, _ items: [String], _ close: String, _ indent: String) -> String {
        guard !items.isEmpty else { return open + close }
        return open + "\n" + items.map { "\(indent)  \($0)" }.joined(separator: ",\n") + "\n\(indent)\(close)"
    }

    /// RFC 8259, 7.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// RFC 8259, 6, without exponents: NUT writes none.
    private static func isNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        let areDigits = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        let hasLeadingZero = parts.first.map { $0.count > 1 && $0.hasPrefix("0") } ?? true
        return areDigits && (1...2).contains(parts.count) && !hasLeadingZero
    }
}
