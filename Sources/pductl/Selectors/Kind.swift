import ArgumentParser

/// A kind of thing that a command may be about.
enum Kind: String, CaseIterable {
    case outlet
    case pdu
    case group
    case host
    case ups

    /// Reads `outlet` or `outlets`, without regard to case.
    init?(_ word: String) {
        let word = word.lowercased()
        guard let kind = Self.allCases.first(where: { word == $0.rawValue || word == $0.plural }) else { return nil }
        self = kind
    }

    /// The word for several of them.
    var plural: String { self == .ups ? "upses" : self.rawValue + "s" }
}

extension Kind: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}

/// A kind and what is wanted of it, as the words of a command line say it.
struct KindedWords: Equatable {
    /// The kind; nil where none is named.
    var kind: Kind?
    /// The words behind it.
    var words: [String]

    /// Makes words that have been read.
    init(kind: Kind?, words: [String]) {
        (self.kind, self.words) = (kind, words)
    }

    /// A first word that is a kind is one where something follows it, so that an outlet may be called `host`.
    init(_ words: [String], alone: Bool = false) {
        let kind = words.first.flatMap { Kind($0) }
        let isKind = kind != nil && (words.count > 1 || alone)
        (self.kind, self.words) = isKind ? (kind, Array(words.dropFirst())) : (nil, words)
    }
}
