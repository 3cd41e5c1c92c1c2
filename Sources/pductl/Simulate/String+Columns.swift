extension String {
    /// The text with blanks behind it up to `width`.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - self.count))
    }

    /// The text with blanks in front of it up to `width`.
    func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - self.count)) + self
    }

    /// The text without `prefix` in front of it, where it has it.
    func without(prefix: String) -> String {
        self.hasPrefix(prefix) ? String(self.dropFirst(prefix.count)) : self
    }

    /// The text in lines of at most `width`, broken between words; a word that is longer has a line for itself.
    func wrapped(to width: Int) -> [String] {
        var lines: [String] = []
        for word in self.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.isEmpty ? [""] : lines
    }
}
