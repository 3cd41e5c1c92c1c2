/// The bytes that the grammar gives a meaning to.
enum ASCII {
    static let lineFeed: UInt8 = 0x0A
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let hash: UInt8 = 0x23
    static let equals: UInt8 = 0x3D
    static let backslash: UInt8 = 0x5C

    /// Whether `byte` parts words: space, TAB, LF, VT, FF and CR.
    static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == self.space || (0x09...0x0D).contains(byte)
    }

    /// Whether `byte` may be part of a word; all others are dropped where they stand.
    static func canTravel(_ byte: UInt8) -> Bool {
        (0x20...0x7F).contains(byte)
    }

    /// Whether `byte` means nothing but itself, wherever it stands.
    static func isPlain(_ byte: UInt8) -> Bool {
        // Small letters first: they are most of every request.
        if byte > self.backslash { return byte <= 0x7F }
        return byte > self.space && byte != self.quote && byte != self.hash && byte != self.equals
            && byte != self.backslash
    }

    /// Whether `byte` needs a backslash before it inside quotes.
    static func needsEscape(_ byte: UInt8) -> Bool {
        byte == self.quote || byte == self.backslash || byte == self.hash
    }

    /// `byte` in lower case.
    static func folded(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    /// Whether two names are the same without regard to case.
    static func areSame(_ lhs: ArraySlice<UInt8>, _ rhs: ArraySlice<UInt8>) -> Bool {
        lhs.count == rhs.count && self.hasPrefix(lhs, rhs)
    }

    /// Whether `name` begins with `prefix` without regard to case.
    static func hasPrefix(_ name: ArraySlice<UInt8>, _ prefix: ArraySlice<UInt8>) -> Bool {
        let (name, prefix) = (name.span, prefix.span)
        guard name.count >= prefix.count else { return false }
        for index in prefix.indices where name[index] != prefix[index] {
            guard self.folded(name[index]) == self.folded(prefix[index]) else { return false }
        }
        return true
    }

    /// `text` in lower case; nearly always it is so already, and nothing is made anew.
    static func folded(_ text: String) -> String {
        text.utf8.contains { (0x41...0x5A).contains($0) } ? text.lowercased() : text
    }

    /// Whether `lhs` sorts before (-1), with (0) or after (1) `rhs`, without regard to case.
    static func order(_ lhs: ArraySlice<UInt8>, _ rhs: ArraySlice<UInt8>) -> Int {
        var left = lhs.makeIterator()
        var right = rhs.makeIterator()
        while true {
            switch (left.next(), right.next()) {
            case (nil, nil): return 0
            case (nil, _): return -1
            case (_, nil): return 1
            case (let a?, let b?):
                let (x, y) = (self.folded(a), self.folded(b))
                if x != y { return x < y ? -1 : 1 }
            }
        }
    }
}
