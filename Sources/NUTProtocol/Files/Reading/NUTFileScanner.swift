internal import PowerCore

/// Splits a configuration file into lines of words that know where they stand.
///
/// The words are those of ``LineParser``. Only a quote that stays open is treated otherwise: on the wire the word goes on
/// behind the line end; here the line is refused and the next one is read as if nothing had happened, so that one slip
/// does not hide what is behind it.
struct NUTFileScanner {
    /// What came of a file.
    struct Scan: Equatable {
        /// The lines that have words or faults.
        var lines: [NUTFileLine] = []
        /// Where the lines begin that are not looked at any more, in a file with too many.
        var cutAt: ConfigurationMark?
    }

    private let bytes: [UInt8]
    private var scan = Scan()
    private var parser = LineParser()
    private var index = 0
    private var (row, column) = (1, 1)
    private var marks: [ConfigurationMark] = []
    private var open: (mark: ConfigurationMark, index: Int)?
    private var faults: Set<NUTFileLine.Fault> = []

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Scans a whole file.
    static func scan(_ bytes: [UInt8]) -> Scan {
        var scanner = NUTFileScanner(bytes)
        while scanner.index < bytes.count, scanner.scan.cutAt == nil {
            scanner.step(bytes[scanner.index])
        }
        scanner.finishFile()
        return scanner.scan
    }

    /// Takes one byte.
    private mutating func step(_ byte: UInt8) {
        let mark = ConfigurationMark(line: self.row, column: self.column)
        let before = self.parser.isInsideLine ? self.parser.state : .betweenWords
        if before == .quoted, byte == ASCII.lineFeed { return self.refuse(.openQuote) }
        let (count, length) = (self.count, self.openWordLength)
        let event = self.parser.take(byte)
        self.advance(byte)
        if before == .betweenWords, self.open == nil, !ASCII.isWhiteSpace(byte) {
            self.open = (mark, self.index - 1)
        }
        self.note(byte, at: mark, before: before, count: count, length: length)
        switch event {
        case .incomplete: break
        case .line: self.finishLine()
        case .unreadable:
            self.faults.insert(.hashInQuotes)
            self.finishLine()
        case .endless: self.refuse(.tooLong)
        }
    }

    /// Takes note of words that ended and of bytes that were dropped.
    private mutating func note(
        _ byte: UInt8, at mark: ConfigurationMark, before: LineParser.State, count: Int, length: Int
    ) {
        let after = self.parser.state
        guard after != .comment, after != .fault else { return self.closeWords(at: mark) }
        let isInside = before != .betweenWords && before != .word
        let isLineEnd = byte == ASCII.lineFeed
        if !ASCII.canTravel(byte), isInside ? !isLineEnd : !ASCII.isWhiteSpace(byte) {
            self.faults.insert(.droppedBytes)
        }
        let isBlank = isLineEnd || (!isInside && ASCII.isWhiteSpace(byte))
        if count == LineLimits.words, before == .betweenWords, !isBlank { self.faults.insert(.droppedWords) }
        let isPlain = ASCII.canTravel(byte) && (after == .word || after == .quoted) && before != .betweenWords
        if isPlain, count < LineLimits.words, length == LineLimits.wordBytes { self.faults.insert(.cutWord) }
        self.closeWords(at: mark)
    }

    /// Gives each word that has ended its place; an `=` ends the word before it and is one itself.
    private mutating func closeWords(at mark: ConfigurationMark) {
        while self.marks.count < self.parser.line.count {
            self.marks.append(self.open?.mark ?? mark)
            self.open = nil
        }
        if self.parser.state == .betweenWords { self.open = nil }
    }

    /// The words complete so far on the line that is being read.
    private var count: Int { self.parser.isInsideLine ? self.parser.line.count : 0 }

    private var openWordLength: Int { self.parser.isInsideLine ? self.parser.line.openWordLength : 0 }

    /// Moves on by one byte; those inside a character of UTF-8 take no column.
    private mutating func advance(_ byte: UInt8) {
        self.index += 1
        if byte == ASCII.lineFeed {
            (self.row, self.column) = (self.row + 1, 1)
        } else if byte & 0xC0 != 0x80 {
            self.column += 1
        }
    }

    /// Gives up the line and goes on behind the line end that follows the last word's beginning.
    private mutating func refuse(_ fault: NUTFileLine.Fault) {
        self.faults.insert(fault)
        while self.index < self.bytes.count {
            let byte = self.bytes[self.index]
            self.advance(byte)
            if byte == ASCII.lineFeed { break }
        }
        self.finishLine()
        self.parser = LineParser()
    }

    /// Keeps the line, unless there is nothing on it.
    private mutating func finishLine() {
        let texts = self.parser.line.texts
        let words = zip(texts, self.marks).map { NUTFileLine.Word(text: $0, mark: $1) }
        let mark = self.marks.first ?? self.open?.mark
        if let mark, !words.isEmpty || !self.faults.isEmpty {
            let faults = NUTFileLine.Fault.allCases.filter(self.faults.contains)
            if self.scan.lines.count < NUTFileLimits.directives {
                self.scan.lines.append(NUTFileLine(words: words, mark: mark, faults: faults))
            } else {
                self.scan.cutAt = mark
            }
        }
        self.marks.removeAll(keepingCapacity: true)
        self.open = nil
        self.faults = []
    }

    /// Ends a last line that has no line end. NUT takes such a line too.
    private mutating func finishFile() {
        guard self.scan.cutAt == nil else { return }
        // A backslash at the very end joins the line with nothing.
        for _ in 0..<2 where self.parser.isInsideLine { self.step(ASCII.lineFeed) }
    }
}
