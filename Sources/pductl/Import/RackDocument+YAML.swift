import NUTProtocol

extension RackDocument {
    /// The document as YAML: block style for groups, flow style for lists, comments above what they are about.
    var yaml: String {
        var lines: [String] = []
        for entry in self.entries {
            if !lines.isEmpty { lines.append("") }
            lines += Self.lines(of: entry, indent: "")
        }
        if !self.remarks.isEmpty {
            lines += [""] + self.remarks.map { Self.comment($0, indent: "") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of entry: Entry, indent: String) -> [String] {
        let comments = entry.comments.map { Self.comment($0, indent: indent) }
        let key = "\(indent)\(Self.scalar(entry.key)):"
        switch entry.value {
        case .text(let text): return comments + ["\(key) \(Self.scalar(text))"]
        case .list(let texts): return comments + ["\(key) [\(texts.map(Self.scalar).joined(separator: ", "))]"]
        case .group(let entries):
            return comments + [key] + entries.flatMap { Self.lines(of: $0, indent: indent + "  ") }
        }
    }

    /// A comment cannot end its line: what stands in it may come from a file that says anything.
    private static func comment(_ text: String, indent: String) -> String {
        "\(indent)# \(PlainText.printable(text))"
    }

    /// The text plain where no reader of YAML could take it for something else, otherwise in double quotes.
    private static func scalar(_ text: String) -> String {
        guard !Self.isPlain(text) else { return text }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(PlainText.printable(escaped))\""
    }

    /// Whether YAML 1.1 and 1.2 read the text as itself without quotes, also inside a flow list.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last, first.isLetter || first.isNumber || first == "/" else {
            return false
        }
        let isMadeOfSafeLetters = text.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber || " -_./%+@()*^$".contains($0))
        }
        let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
        return isMadeOfSafeLetters && last != " " && !words.contains(text.lowercased())
    }
}
