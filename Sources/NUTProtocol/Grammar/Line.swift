/// The words of one line, their quotes and escapes already taken off.
///
/// All words lie in one buffer, so that a line costs no allocation once its buffers have grown. Every byte of a word is
/// in 0x20...0x7F: the parser lets nothing else through.
public struct Line: Sendable {
    private var bytes: [UInt8] = []
    private var words: [Range<Int>] = []
    /// Where the word that is being built begins.
    private var openStart = 0

    /// Makes a line without words.
    public init() {}

    /// Makes a line of `words` as they are, as if each had been sent in quotes.
    public init(words: [String]) {
        for word in words {
            for byte in word.utf8 where ASCII.canTravel(byte) { self.append(byte) }
            self.endWord()
        }
    }

    /// The number of words.
    public var count: Int { self.words.count }

    /// The bytes of the word at `index`; nil behind the last one.
    public subscript(index: Int) -> ArraySlice<UInt8>? {
        guard index < self.words.count else { return nil }
        return self.bytes[self.words[index]]
    }

    /// The word at `index` as text; nil behind the last one.
    public func text(_ index: Int) -> String? {
        self[index].map { String(decoding: $0, as: UTF8.self) }
    }

    /// All words as texts.
    public var texts: [String] {
        (0..<self.count).compactMap { self.text($0) }
    }

    /// The word at `index` as commands are compared, without regard to case.
    func keyword(_ index: Int) -> Keyword {
        guard index < self.words.count else { return .none }
        return Keyword(self.bytes.span.extracting(self.words[index]))
    }

    /// The length of the word that is being built.
    var openWordLength: Int { self.bytes.count - self.openStart }

    mutating func append(_ byte: UInt8) {
        self.bytes.append(byte)
    }

    mutating func append(_ run: Span<UInt8>) {
        unsafe run.withUnsafeBufferPointer { unsafe self.bytes.append(contentsOf: $0) }
    }

    mutating func endWord() {
        self.words.append(self.openStart..<self.bytes.count)
        self.openStart = self.bytes.count
    }

    /// Takes a word from the bytes that have been appended already, wherever they are.
    mutating func addWord(_ range: Range<Int>) {
        self.words.append(range)
    }

    mutating func removeAll() {
        self.bytes.removeAll(keepingCapacity: true)
        self.words.removeAll(keepingCapacity: true)
        self.openStart = 0
    }
}
