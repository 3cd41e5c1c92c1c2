/// Collects the reply lines of one read, so that they leave in one write.
///
/// No line gets longer than ``LineLimits/replyBytes``: the last value of a line is cut so that the quote and the
/// line end still fit.
public struct ReplyBuffer: Hashable, Sendable {
    /// The bytes collected.
    public private(set) var bytes: [UInt8] = []
    /// Where the line being written begins.
    private var lineStart = 0

    /// Makes an empty buffer.
    public init() {}

    /// Whether nothing has been collected.
    public var isEmpty: Bool { self.bytes.isEmpty }

    /// The bytes as text, for tests and logs.
    public var text: String { String(decoding: self.bytes, as: UTF8.self) }

    /// The most room that is kept for further replies: what answers to `GET` need. Most connections rest most of the time.
    static let keptBytes = 1_024

    /// Forgets everything, and gives back most of the room that a long list has taken.
    public mutating func removeAll() {
        self.bytes.removeAll(keepingCapacity: self.bytes.capacity <= Self.keptBytes)
        self.lineStart = 0
    }

    /// Appends text that needs no encoding.
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe self.bytes.append(contentsOf: $0) }
    }

    /// Appends bytes as they are.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        self.bytes.append(contentsOf: bytes)
    }

    /// Appends a space and a word as it is; requests are echoed so.
    mutating func appendWord(_ word: ArraySlice<UInt8>) {
        self.bytes.append(ASCII.space)
        self.bytes.append(contentsOf: word)
    }

    /// Appends a space and a word of our own, without the bytes that cannot travel.
    mutating func appendWord(_ word: String) {
        self.bytes.append(ASCII.space)
        for byte in word.utf8 where ASCII.canTravel(byte) { self.bytes.append(byte) }
    }

    /// Appends a space and `value` in quotes, cut where the line would become too long.
    mutating func appendQuoted(_ value: some StringProtocol) {
        self.append(" \"")
        // Room is kept for the closing quote and the line end.
        let limit = self.lineStart + LineLimits.replyBytes - 2
        for byte in value.utf8 where ASCII.canTravel(byte) {
            let isEscaped = ASCII.needsEscape(byte)
            guard self.bytes.count + (isEscaped ? 2 : 1) <= limit else { break }
            if isEscaped { self.bytes.append(ASCII.backslash) }
            self.bytes.append(byte)
        }
        self.bytes.append(ASCII.quote)
    }

    /// Ends the line.
    mutating func endLine() {
        self.bytes.append(ASCII.lineFeed)
        self.lineStart = self.bytes.count
    }

    /// Puts `word` over the bytes at `offset`, which must be as many: an echo in the client's own spelling.
    mutating func overwrite(at offset: Int, with word: ArraySlice<UInt8>) {
        guard offset >= 0, offset + word.count <= self.bytes.count else { return }
        self.bytes.replaceSubrange(offset..<offset + word.count, with: word)
    }

    /// Appends whole lines written before, their line ends included.
    mutating func appendLines(_ lines: ArraySlice<UInt8>) {
        self.bytes.append(contentsOf: lines)
        self.lineStart = self.bytes.count
    }

    /// Whether a line of `length` more bytes, its line end not counted, stays within the limit.
    func hasRoom(for length: Int) -> Bool {
        self.bytes.count - self.lineStart + length < LineLimits.replyBytes
    }
}
