public import PowerCore
import Yams

/// Turns the text of a configuration file into a tree that knows where everything stands.
///
/// This module is the only place that knows YAML: what the values mean is ``ConfigurationReader``'s business, and it
/// opens no file, so that the daemon and a tool read a text alike.
public enum ConfigurationFile {
    /// A tree, or the reason why there is none, and what is wrong although there is one.
    struct Outcome: Equatable {
        /// The tree; nil for an empty file or after an error of the syntax.
        var root: ConfigurationNode?
        /// What is wrong with the YAML.
        var problems: [ConfigurationProblem]
    }

    /// Reads a whole file into values, with every problem of syntax and of meaning.
    public static func read(_ text: String) -> ConfigurationReading {
        let outcome = Self.parse(text)
        // Without a tree for a syntax error's sake, everything the reader would miss is only a consequence.
        if outcome.root == nil, !outcome.problems.isEmpty {
            return ConfigurationReading(configuration: nil, problems: outcome.problems)
        }
        var reading = ConfigurationReader.read(outcome.root)
        reading.problems = (outcome.problems + reading.problems).sorted { $0.mark < $1.mark }
        if reading.hasErrors { reading.configuration = nil }
        return reading
    }

    /// The tree of a text in the same notation that means something else; nil where there is nothing in it.
    public static func tree(_ text: String) -> (root: ConfigurationNode?, problems: [ConfigurationProblem]) {
        let outcome = Self.parse(text)
        return (outcome.root, outcome.problems)
    }

    /// Parses the text; never throws and never traps, whatever it is given.
    static func parse(_ text: String) -> Outcome {
        if let problem = Self.refusal(of: text) { return Outcome(root: nil, problems: [problem]) }
        do {
            var duplicates = DuplicateKeys(text: text)
            guard let node = try duplicates.compose() else { return Outcome(root: nil, problems: []) }
            var converter = TreeConverter(duplicates: duplicates)
            let root = converter.convert(node, depth: 0)
            return Outcome(root: converter.isCutShort ? nil : root, problems: converter.problems)
        } catch let problem as ConfigurationProblem {
            return Outcome(root: nil, problems: [problem])
        } catch {
            return Outcome(root: nil, problems: [ConfigurationProblem(yaml: error)])
        }
    }

    /// What can be said of the text before it is parsed.
    private static func refusal(of text: String) -> ConfigurationProblem? {
        guard text.utf8.count <= FileLimits.maximumBytes else {
            return ConfigurationProblem(
                .error, at: .start, "the file is larger than \(FileLimits.maximumBytes / 1024) KiB")
        }
        guard Self.aliasCount(text) <= FileLimits.maximumAliases else {
            return ConfigurationProblem(
                .error, at: .start, "the file has more than \(FileLimits.maximumAliases) aliases (*name)",
                remedy: "write the values out")
        }
        return nil
    }

    /// At least as many as there are aliases: every `*` in front of a letter and behind a separator.
    private static func aliasCount(_ text: String) -> Int {
        let bytes = Array(text.utf8)
        let separators = Set(" \t\r\n[{,:-?".utf8)
        return bytes.indices.filter { index in
            guard bytes[index] == UInt8(ascii: "*"), index + 1 < bytes.count else { return false }
            let isFirst = index == 0 || separators.contains(bytes[index - 1])
            return isFirst && !separators.contains(bytes[index + 1])
        }.count
    }
}

extension ConfigurationProblem {
    /// A problem that the YAML parser found.
    init(yaml error: any Error) {
        let remedy = "quote values that begin with [ { * & ! % @ or contain ': ' or ' #'"
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let behind = context.map { " (\($0.text) that begins at \($0.mark.line):\($0.mark.column))" } ?? ""
            self.init(.error, at: ConfigurationMark(mark), "YAML: \(problem)\(behind)", remedy: remedy)
        case .reader(let problem, let offset, _, let yaml):
            let mark = offset.map { ConfigurationMark(offset: $0, in: yaml) } ?? .start
            self.init(.error, at: mark, "YAML: \(problem)", remedy: "save the file as plain UTF-8 text")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { "'\($0)'" }.joined(separator: ", ")
            self.init(.error, at: ConfigurationMark(context.mark), "a key stands twice: \(keys)", remedy: "remove one")
        default:
            self.init(.error, at: .start, "YAML: \(error)")
        }
    }
}

extension ConfigurationMark {
    /// Yams's mark; both count from 1, columns in Unicode scalars.
    init(_ mark: Mark) {
        self.init(line: mark.line, column: mark.column)
    }

    /// The place of the character at `offset`.
    init(offset: Int, in text: String) {
        let before = text.prefix(max(0, offset))
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        self.init(line: max(1, lines.count), column: (lines.last?.unicodeScalars.count ?? 0) + 1)
    }
}
