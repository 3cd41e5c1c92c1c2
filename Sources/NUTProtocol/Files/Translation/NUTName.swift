internal import PowerCore

/// Which of NUT's names can be names of ours.
enum NUTName {
    /// Longer names do not fit beside variables and values in a reply line.
    static let longest = 63

    /// Why `name` cannot be the name of a UPS or a host; nil where it can.
    static func refusal(of name: String) -> String? {
        if let refusal = self.refusal(ofUser: name) { return refusal }
        if name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return "the name is a number" }
        if name.lowercased() == RackValidation.labName { return "the name is kept for the commands of the lab" }
        return nil
    }

    /// Why `name` cannot be the name of a user; nil where it can.
    static func refusal(ofUser name: String) -> String? {
        let isMadeOfLetters = name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
                || [0x2d, 0x2e, 0x5f].contains($0)
        }
        let isBegun = name.utf8.first.map { ![0x2d, 0x2e, 0x5f].contains($0) } ?? false
        guard isMadeOfLetters, isBegun, name.utf8.count <= Self.longest else {
            return "the name is not made of letters, digits, '-', '_' and '.', a letter or digit first, at most "
                + "\(Self.longest)"
        }
        return nil
    }

    /// Whether the text can stand as a value: YAML reads some words as nothing.
    static func isValue(_ text: String) -> Bool {
        !["", "~", "null"].contains(text) && text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
    }
}
