import PowerCore
import Yams

/// Makes the pure tree of Yams's nodes, within ``FileLimits``.
struct TreeConverter {
    /// The keys that stand twice, which have been written over.
    private let duplicates: DuplicateKeys
    /// How many keys and values have been made.
    private var count = 0
    /// Whether a limit was reached, so that the tree is not whole.
    private(set) var isCutShort = false
    /// What was found.
    private(set) var problems: [ConfigurationProblem] = []

    /// Prepares to convert the nodes that `duplicates` composed.
    init(duplicates: DuplicateKeys) {
        self.duplicates = duplicates
    }

    /// The pure node; an empty scalar where a limit is reached.
    mutating func convert(_ node: Node, depth: Int) -> ConfigurationNode {
        let mark = node.mark.map { ConfigurationMark($0) } ?? .start
        guard self.isWithinLimits(depth: depth, at: mark) else { return ConfigurationNode(.scalar(""), at: mark) }
        switch node {
        case .scalar(let scalar):
            return ConfigurationNode(.scalar(scalar.string), at: mark)
        case .sequence(let sequence):
            return ConfigurationNode(.sequence(sequence.map { self.convert($0, depth: depth + 1) }), at: mark)
        case .mapping(let mapping):
            return ConfigurationNode(.mapping(self.entries(of: mapping, depth: depth)), at: mark)
        case .alias:
            // Yams resolves aliases while it parses; this case is for trees that are written.
            self.problems.append(ConfigurationProblem(.error, at: mark, "an alias that names nothing"))
            return ConfigurationNode(.scalar(""), at: mark)
        }
    }

    /// The entries of a mapping, keys that stand twice among them.
    private mutating func entries(of mapping: Node.Mapping, depth: Int) -> [ConfigurationNode.Entry] {
        var entries: [ConfigurationNode.Entry] = []
        for (key, value) in mapping where !self.isCutShort {
            let mark = key.mark.map { ConfigurationMark($0) } ?? .start
            guard case .scalar(let scalar) = key else {
                self.problems.append(
                    ConfigurationProblem(.error, at: mark, "a key must be a word", remedy: "write `key: value`"))
                continue
            }
            let text = self.duplicates.original(of: scalar.string) ?? scalar.string
            entries.append(.init(text, at: mark, self.convert(value, depth: depth + 1)))
        }
        return entries
    }

    /// Whether one more node may be made; says so once where it may not.
    private mutating func isWithinLimits(depth: Int, at mark: ConfigurationMark) -> Bool {
        guard !self.isCutShort else { return false }
        self.count += 1
        let isTooDeep = depth > FileLimits.maximumDepth
        guard isTooDeep || self.count > FileLimits.maximumNodes else { return true }
        let what =
            isTooDeep
            ? "nested more than \(FileLimits.maximumDepth) deep"
            : "the file has more than \(FileLimits.maximumNodes) keys and values"
        self.problems.append(ConfigurationProblem(.error, at: mark, what))
        self.isCutShort = true
        return false
    }
}
