extension JSONValue {
    /// The document as YAML in block style, which reads back as the same values in YAML 1.1 and 1.2; ends with a line's end.
    var yaml: String {
        switch self {
        case .object(let entries) where !entries.isEmpty: Self.lines(entries, indent: "")
        case .array(let items) where !items.isEmpty: Self.lines(items, indent: "")
        default: self.yamlScalar + "\n"
        }
    }

    /// What fits behind a key or a dash on the same line.
    private var yamlScalar: String {
        switch self {
        case .string(let text): Self.isPlain(text) ? text : self.text
        case .object, .array, .number, .boolean, .null: self.text
        }
    }

    private static func lines(_ entries: [(String, JSONValue)], indent: String) -> String {
        entries.map { key, value in
            let head = "\(indent)\(JSONValue.string(key).yamlScalar):"
            switch value {
            case .object(let inner) where !inner.isEmpty: return head + "\n" + Self.lines(inner, indent: indent + "  ")
            case .array(let items) where !items.isEmpty: return head + "\n" + Self.lines(items, indent: indent + "  ")
            default: return "\(head) \(value.yamlScalar)\n"
            }
        }.joined()
    }

    private static func lines(_ items: [JSONValue], indent: String) -> String {
        items.map { item in
            switch item {
            // The first line of what stands inside goes behind the dash.
            case .object(let inner) where !inner.isEmpty:
                return "\(indent)- " + Self.lines(inner, indent: indent + "  ").dropFirst(indent.count + 2)
            case .array(let inner) where !inner.isEmpty:
                return "\(indent)- " + Self.lines(inner, indent: indent + "  ").dropFirst(indent.count + 2)
            default: return "\(indent)- \(item.yamlScalar)\n"
            }
        }.joined()
    }

    /// Whether every reader of YAML takes the text without quotes for a text, and for this one.
    ///
    /// What begins with a letter is no number and no time; the words are those of YAML 1.1's booleans and null.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter, text.last != " " else { return false }
        let isMadeOfSafeLetters = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || " -_./".contains($0)) }
        let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
        return isMadeOfSafeLetters && !words.contains(text.lowercased())
    }
}
