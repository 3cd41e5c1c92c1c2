extension ConfigurationReader {
    /// Names stand in reply lines of 511 bytes beside variable names and values of 255.
    static let longestName = 63

    /// Says what is wrong with a name that clients type and that travels unquoted in the NUT protocol.
    mutating func checkName(_ name: String, _ kind: String, at mark: ConfigurationMark) {
        let letters = name.utf8
        let isAllowed = letters.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
                || [0x2d, 0x2e, 0x5f].contains($0)
        }
        let isFirstAllowed = letters.first.map { ![0x2d, 0x2e, 0x5f].contains($0) } ?? false
        guard isAllowed, isFirstAllowed, letters.count <= Self.longestName else {
            self.fail(
                mark, "'\(name)' cannot be the name of a \(kind)",
                remedy: "use letters, digits, '-', '_' and '.', a letter or digit first, at most \(Self.longestName)")
            return
        }
        // pductl takes a bare number for an outlet.
        if kind != "user", letters.allSatisfy({ (0x30...0x39).contains($0) }) {
            self.fail(mark, "'\(name)' is a number, not the name of a \(kind)", remedy: "begin it with a letter")
        }
    }

    /// The text called `key` that clients read as a description; it must fit a reply line.
    mutating func description(of section: inout ConfigurationSection) -> String? {
        guard let text = self.text("description", of: &section) else { return nil }
        guard Self.isPrintable(text.value), text.value.utf8.count <= Self.longestDescription else {
            self.fail(
                text.mark, "\(section.name): description cannot be sent to clients",
                remedy: "use at most \(Self.longestDescription) printable ASCII characters")
            return nil
        }
        return text.value
    }

    /// A reply line has at most 511 bytes, and every `"` and `\` of the text takes two.
    static let longestDescription = 200

    /// Whether NUT's parser lets every byte through (it drops control characters and all that is not ASCII).
    static func isPrintable(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
    }
}
