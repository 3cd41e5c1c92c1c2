/// A command word of the protocol, its letters packed into one number, so that comparing two is one step.
///
/// Written without regard to case. A word of more than 16 bytes, which no command word has, is ``none``.
struct Keyword: Hashable, Sendable {
    /// What no command word is equal to.
    static let none = Keyword(letters: 0)
    /// Bytes that fit the number.
    private static let longest = 16

    private let letters: UInt128

    private init(letters: UInt128) {
        self.letters = letters
    }

    /// Packs the bytes of a word.
    init(_ word: Span<UInt8>) {
        guard word.count <= Self.longest else {
            self = .none
            return
        }
        var letters: UInt128 = 0
        for index in word.indices { letters = letters << 8 | UInt128(ASCII.folded(word[index])) }
        self.letters = letters
    }

    /// Packs a word of our own.
    init(_ word: String) {
        self.init(Array(word.utf8).span)
    }
}

/// Finds what a command word stands for.
struct KeywordTable<Value: Sendable>: Sendable {
    private let entries: [(keyword: Keyword, value: Value)]

    /// Makes the table of all cases of an enumeration, in their order: the commonest first.
    init() where Value: CaseIterable & RawRepresentable<String> {
        self.entries = Value.allCases.map { (Keyword($0.rawValue), $0) }
    }

    /// What `keyword` stands for; nil where it is none of the table's.
    subscript(keyword: Keyword) -> Value? {
        for entry in self.entries where entry.keyword == keyword { return entry.value }
        return nil
    }
}
