extension String {
    /// Without the blanks, control characters and NULs that devices pad their strings with.
    var trimmed: String {
        let isPadding = { (character: Character) in
            character.isWhitespace || character.unicodeScalars.allSatisfy { $0.value < 0x20 }
        }
        let start = self.drop(while: isPadding)
        guard let end = start.lastIndex(where: { !isPadding($0) }) else { return "" }
        return String(start[...end])
    }
}
