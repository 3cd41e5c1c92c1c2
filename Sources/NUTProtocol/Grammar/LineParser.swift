/// Splits a stream of bytes into lines and lines into words, byte by byte, as NUT's `parseconf` does.
///
/// The same grammar holds for requests and replies. It is a state machine over single bytes: the result does not
/// depend on how the network cuts the stream. After an event the words are in ``line`` until the next byte.
public struct LineParser: Sendable {
    /// What the bytes taken so far amount to.
    public enum Event: Hashable, Sendable {
        /// The line goes on.
        case incomplete
        /// A line is complete; its words are in ``LineParser/line``, and there may be none.
        case line
        /// A line is over that nobody can read, as a `#` without backslash stood inside quotes. NUT's server
        /// answers such a line with silence.
        case unreadable
        /// The line passed ``LineLimits/lineBytes`` or ``LineLimits/quotedLineEnds``: the peer has lost its place.
        case endless
    }

    enum State: Sendable {
        /// Before a word, a comment or the line end.
        case betweenWords
        /// Inside a word without quotes.
        case word
        /// The next byte is taken as it is into a word without quotes.
        case escapeInWord
        /// Inside quotes.
        case quoted
        /// The next byte is taken as it is inside quotes.
        case escapeInQuotes
        /// Behind a `#`: nothing counts up to the line end.
        case comment
        /// Behind a fault: nothing counts up to the line end, and the line is lost.
        case fault
    }

    /// The words of the last complete line.
    public private(set) var line = Line()
    private(set) var state = State.betweenWords
    private var isLineOver = false
    private var bytesOfLine = 0
    private var quotedLineEnds = 0

    /// Makes a parser that stands at the beginning of a line.
    public init() {}

    /// Whether bytes of an unfinished line have been taken.
    public var isInsideLine: Bool { self.bytesOfLine > 0 && !self.isLineOver }

    /// Takes bytes from `start` on, up to and including the one that ends a line.
    ///
    /// Returns the index of the first byte not taken, which is the end of `bytes` when the line goes on.
    public mutating func consume(_ bytes: Span<UInt8>, from start: Int = 0) -> (next: Int, event: Event) {
        var index = start
        while index < bytes.count {
            if let next = self.takePlainLine(bytes, from: index) { return (next, .line) }
            let event = self.take(bytes[index])
            index &+= 1
            if event != .incomplete { return (index, event) }
        }
        return (index, .incomplete)
    }

    /// Takes a whole line of plain words with spaces between them at once, as nearly all are, and returns the index
    /// behind it; nil, with nothing taken, where the line at `start` is another. It comes to the same byte by byte.
    private mutating func takePlainLine(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        guard self.isLineOver || self.bytesOfLine == 0 else { return nil }
        self.beginLine()
        // A line no longer than a word may be can only pass the limit of the words.
        let limit = min(bytes.count, start + LineLimits.wordBytes)
        var index = start
        while true {
            let wordStart = index
            while index < limit, ASCII.isPlain(bytes[index]) { index &+= 1 }
            if index > wordStart { self.line.addWord((wordStart &- start)..<(index &- start)) }
            guard index < limit, bytes[index] == ASCII.space, self.line.count < LineLimits.words else { break }
            index &+= 1
        }
        guard index < limit, bytes[index] == ASCII.lineFeed else {
            self.line.removeAll()
            return nil
        }
        self.line.append(bytes.extracting(start..<index))
        self.isLineOver = true
        return index + 1
    }

    /// Takes one byte.
    public mutating func take(_ byte: UInt8) -> Event {
        if self.isLineOver { self.beginLine() }
        self.bytesOfLine &+= 1
        let event = self.step(byte)
        if event == .incomplete {
            guard self.bytesOfLine < LineLimits.lineBytes, self.quotedLineEnds <= LineLimits.quotedLineEnds else {
                return self.finish(.endless)
            }
        }
        return event
    }

    private mutating func step(_ byte: UInt8) -> Event {
        switch self.state {
        case .betweenWords: return self.stepBetweenWords(byte)
        case .word: return self.stepInWord(byte)
        case .quoted: self.stepInQuotes(byte)
        case .escapeInWord:
            // A backslash before the line end joins two lines; the word goes on in the next one.
            if byte != ASCII.lineFeed { self.append(byte) }
            self.state = .word
        case .escapeInQuotes:
            if byte == ASCII.lineFeed { self.quotedLineEnds &+= 1 } else { self.append(byte) }
            self.state = .quoted
        case .comment:
            if byte == ASCII.lineFeed { return self.finish(.line) }
        case .fault:
            if byte == ASCII.lineFeed { return self.finish(.unreadable) }
        }
        return .incomplete
    }

    private mutating func stepBetweenWords(_ byte: UInt8) -> Event {
        switch byte {
        case ASCII.lineFeed: return self.finish(.line)
        case ASCII.hash: self.state = .comment
        case ASCII.quote: self.state = .quoted
        case ASCII.backslash: self.state = .escapeInWord
        case ASCII.equals:
            self.append(byte)
            self.endWord()
        case _ where ASCII.isWhiteSpace(byte): break
        default:
            self.append(byte)
            self.state = .word
        }
        return .incomplete
    }

    private mutating func stepInWord(_ byte: UInt8) -> Event {
        switch byte {
        case ASCII.lineFeed:
            self.endWord()
            return self.finish(.line)
        case ASCII.hash:
            self.endWord()
            self.state = .comment
        case ASCII.backslash: self.state = .escapeInWord
        case ASCII.equals:
            // An unquoted `=` is a word of its own, wherever it stands.
            self.endWord()
            self.append(byte)
            self.endWord()
        case _ where ASCII.isWhiteSpace(byte): self.endWord()
        default: self.append(byte)
        }
        return .incomplete
    }

    private mutating func stepInQuotes(_ byte: UInt8) {
        switch byte {
        case ASCII.quote: self.endWord()
        case ASCII.backslash: self.state = .escapeInQuotes
        case ASCII.hash: self.state = .fault
        case ASCII.lineFeed: self.quotedLineEnds &+= 1
        default: self.append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        guard ASCII.canTravel(byte), self.line.count < LineLimits.words,
            self.line.openWordLength < LineLimits.wordBytes
        else { return }
        self.line.append(byte)
    }

    private mutating func endWord() {
        if self.line.count < LineLimits.words { self.line.endWord() }
        self.state = .betweenWords
    }

    private mutating func finish(_ event: Event) -> Event {
        self.isLineOver = true
        return event
    }

    private mutating func beginLine() {
        self.line.removeAll()
        self.state = .betweenWords
        self.isLineOver = false
        self.bytesOfLine = 0
        self.quotedLineEnds = 0
    }
}
