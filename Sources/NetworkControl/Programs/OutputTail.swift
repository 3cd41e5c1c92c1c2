/// What a program printed, of which only the beginning and the end are kept.
struct OutputTail: OutputSink {
    /// Bytes kept of each end: more than a sentence can use, and nothing next to what a runaway program prints.
    static let kept = 4096
    /// Lines shown to a person: the last ones say what went wrong.
    static let shownLines = 3
    /// Characters shown to a person, so that a log line stays one.
    static let shownCharacters = 300

    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var isCut = false

    init() {}

    init(_ text: String) {
        self.append(Array(text.utf8))
    }

    mutating func append(_ bytes: [UInt8]) {
        self.head.append(contentsOf: bytes.prefix(Self.kept - self.head.count))
        self.tail.append(contentsOf: bytes.suffix(Self.kept))
        guard self.tail.count > Self.kept || bytes.count > Self.kept else { return }
        self.tail.removeFirst(max(0, self.tail.count - Self.kept))
        self.isCut = true
    }

    /// The first lines, made harmless.
    var firstLines: [String] { Self.lines(in: self.head) }

    /// The last lines, made harmless; one that lost its beginning is left out where there are others.
    var lastLines: [String] {
        let lines = Self.lines(in: self.tail)
        return self.isCut && lines.count > 1 ? Array(lines.dropFirst()) : lines
    }

    /// The last lines on one line, as a sentence can hold them.
    var note: String { Self.note(of: self.lastLines) }

    static func note(of lines: [String]) -> String {
        let text = lines.suffix(Self.shownLines).joined(separator: " / ")
        return text.count > Self.shownCharacters ? "…" + text.suffix(Self.shownCharacters) : text
    }

    private static func lines(in bytes: [UInt8]) -> [String] {
        bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            .map { Self.harmless(String(decoding: $0, as: UTF8.self)) }
            .filter { !$0.isEmpty }
    }

    /// The text without anything that a terminal obeys or that turns writing round.
    private static func harmless(_ text: String) -> String {
        let trimmed = text.drop { $0.isWhitespace }
        return String(String.UnicodeScalarView(trimmed.unicodeScalars.map { Self.isHarmless($0) ? $0 : "\u{FFFD}" }))
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }
}
