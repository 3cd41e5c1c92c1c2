/// The words of one line, their quotes and escapes already taken off.
///
/// All words lie in one buffer behind each other, so that a line costs no allocation once its buffers have
/// grown. Every byte of a word is in 0x20...0x7F: the parser lets nothing else through.
public struct Line: Hashable, Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

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
    public var count: Int { self.ends.count }

    /// The bytes of the word at `index`; nil behind the last one.
    public subscript(index: Int) -> ArraySlice<UInt8>? {
        guard self.ends.indices.contains(index) else { return nil }
        return self.bytes[self.start(of: index)..<self.ends[index]]
    }

    /// The word at `index` as text; nil behind the last one.
    public func text(_ index: Int) -> String? {
        self[index].map { String(decoding: $0, as: UTF8.self) }
    }

    /// All words as texts.
    public var texts: [String] {
        (0..<self.count).compactMap { self.text($0) }
    }

    /// The word at `index` in capitals, as commands are compared; empty behind the last word.
    func keyword(_ index: Int) -> String {
        self.text(index)?.uppercased() ?? ""
    }

    /// The length of the word that is being built.
    var openWordLength: Int { self.bytes.count - self.start(of: self.ends.count) }

    mutating func append(_ byte: UInt8) {
        self.bytes.append(byte)
    }

    mutating func endWord() {
        self.ends.append(self.bytes.count)
    }

    mutating func removeAll() {
        self.bytes.removeAll(keepingCapacity: true)
        self.ends.removeAll(keepingCapacity: true)
    }

    private func start(of index: Int) -> Int {
        index == 0 ? 0 : self.ends[index - 1]
    }
}
