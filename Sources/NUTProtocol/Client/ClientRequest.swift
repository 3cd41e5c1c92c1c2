/// A request line as a client sends it.
public struct ClientRequest: Hashable, Sendable {
    /// The bytes of the line, its end included.
    public let bytes: [UInt8]

    /// Encodes `words`, with quotes only where a word needs them.
    ///
    /// Nil when a word holds a byte that the wire does not carry (control characters, anything beyond ASCII), is
    /// longer than ``LineLimits/wordBytes``, or when there are more than ``LineLimits/words``.
    public init?(_ words: [String]) {
        guard !words.isEmpty, words.count <= LineLimits.words else { return nil }
        var bytes: [UInt8] = []
        for word in words {
            guard word.utf8.count <= LineLimits.wordBytes, word.utf8.allSatisfy(ASCII.canTravel) else { return nil }
            if !bytes.isEmpty { bytes.append(ASCII.space) }
            Self.append(word, to: &bytes)
        }
        bytes.append(ASCII.lineFeed)
        self.bytes = bytes
    }

    private static func append(_ word: String, to bytes: inout [UInt8]) {
        let isPlain = !word.isEmpty && word.utf8.allSatisfy(Self.isPlain)
        if !isPlain { bytes.append(ASCII.quote) }
        for byte in word.utf8 {
            if !isPlain && ASCII.needsEscape(byte) { bytes.append(ASCII.backslash) }
            bytes.append(byte)
        }
        if !isPlain { bytes.append(ASCII.quote) }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        !ASCII.isWhiteSpace(byte) && !ASCII.needsEscape(byte) && byte != ASCII.equals
    }
}
