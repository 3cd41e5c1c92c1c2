public import PowerCore

/// A line of a configuration file that has words, after NUT's rules; with a backslash it may span several.
public struct NUTFileLine: Hashable, Sendable {
    /// One word, its quotes and escapes taken off.
    public struct Word: Hashable, Sendable {
        /// The word as NUT understands it.
        public var text: String
        /// Where it begins, with its quote.
        public var mark: ConfigurationMark
    }

    /// What the grammar does to a line that nobody asks for.
    public enum Fault: Hashable, Sendable, CaseIterable {
        /// A `#` without backslash stands inside quotes: the whole line is refused.
        case hashInQuotes
        /// A quote is not closed on its line: where the text ends is not known.
        case openQuote
        /// The line has more bytes than ``LineLimits/lineBytes``.
        case tooLong
        /// Words behind the 32nd are dropped.
        case droppedWords
        /// Bytes of a word behind the 512th are dropped.
        case cutWord
        /// Control characters and what is not ASCII are dropped.
        case droppedBytes

        /// Whether nothing on the line can be used.
        public var isFatal: Bool {
            switch self {
            case .hashInQuotes, .openQuote, .tooLong: true
            case .droppedWords, .cutWord, .droppedBytes: false
            }
        }
    }

    /// The words; those before the fault where it is a fatal one.
    public var words: [Word]
    /// Where the first word begins.
    public var mark: ConfigurationMark
    /// What happened to the line, each fault once, in the order of ``Fault``.
    public var faults: [Fault]

    /// Whether nothing on the line can be used.
    public var isUnreadable: Bool { self.faults.contains(where: \.isFatal) }
}
