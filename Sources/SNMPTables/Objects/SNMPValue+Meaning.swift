extension SNMPValue {
    /// Longer texts are cut: no NUT variable is longer.
    static let longestText = 255

    /// The whole number, whichever of the integer types it has; nil for anything else.
    var whole: Int64? {
        switch self {
        case .integer(let value): value
        case .unsigned(let value): Int64(exactly: value)
        case .octets, .oid, .null, .missing: nil
        }
    }

    /// The number, also where it is written as text, as some agents do; nil for anything else.
    var number: Double? {
        if let whole { return Double(whole) }
        guard let text, !text.isEmpty, text.utf8.allSatisfy({ (0x2d...0x39).contains($0) && $0 != 0x2f }) else {
            return nil
        }
        return Double(text)
    }

    /// The text on one line without blanks around it; nil where it is none.
    ///
    /// Agents end texts with NUL or blanks, and write them in UTF-8 or Latin-1.
    var text: String? {
        switch self {
        case .octets(let bytes): Self.text(bytes)
        case .integer, .unsigned: self.whole.map { "\($0)" }
        case .oid(let oid): oid.description
        case .null, .missing: nil
        }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let whole = bytes.prefix { $0 != 0 }
        let decoded =
            String(validating: whole, as: UTF8.self)
            ?? String(String.UnicodeScalarView(whole.map { Unicode.Scalar($0) }))
        let scalars = decoded.unicodeScalars.map { $0.properties.isWhitespace || $0.value < 0x20 ? " " : $0 }
        let trimmed = scalars.drop { $0 == " " }
        let last = trimmed.lastIndex { $0 != " " }
        let text = last.map { trimmed[...$0] } ?? []
        return String(String.UnicodeScalarView(text.filter { $0.value != 0x7f }.prefix(Self.longestText)))
    }
}
