import Foundation

/// The repository's own texts, and what they name.
struct Documents {
    /// A word, link or command line, and where it stands.
    struct Mention: CustomStringConvertible {
        var text: String
        var file: String
        var line: Int

        var description: String { "\(self.file):\(self.line): \(self.text)" }
    }

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Folders that hold products and not the project.
    private static let skipped: Set<String> = [".git", ".swiftpm", "corpus"]

    /// Every file and folder of the repository, relative to its root.
    static let paths: [String] = {
        guard let walk = FileManager.default.enumerator(atPath: root.path) else { return [] }
        var paths: [String] = []
        while let path = walk.nextObject() as? String {
            let name = (path as NSString).lastPathComponent
            if skipped.contains(name) || name.hasPrefix(".build") {
                walk.skipDescendants()
            } else {
                paths.append(path)
            }
        }
        return paths.sorted()
    }()

    /// Every text.
    static var texts: [String] { paths.filter { $0.hasSuffix(".md") } }

    static func lines(of path: String) throws -> [String] {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The targets of links in `path`, those to the web left out, without what follows `#`.
    static func links(in path: String) throws -> [Mention] {
        try Self.prose(of: path).flatMap { line in
            line.text.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
                .filter { !$0.contains("://") && !$0.hasPrefix("#") && !$0.hasPrefix("mailto:") }
                .map { Mention(text: String($0.prefix { $0 != "#" }), file: path, line: line.line) }
        }
    }

    /// What stands in backticks within the running text of `path`.
    static func codeSpans(in path: String) throws -> [Mention] {
        try Self.prose(of: path).flatMap { line in
            line.text.matches(of: /`([^`]+)`/).map { Mention(text: String($0.1), file: path, line: line.line) }
        }
    }

    /// The lines of the code blocks of `path`; those of a language only where `language` names it.
    static func codeLines(in path: String, language: String = "") throws -> [Mention] {
        try Self.split(path).code.filter { $0.language == language }.flatMap(\.lines)
    }

    /// The code blocks of one language, each as one text.
    static func codeBlocks(in path: String, language: String) throws -> [String] {
        try Self.split(path).code.filter { $0.language == language }
            .map { $0.lines.map(\.text).joined(separator: "\n") + "\n" }
    }

    private static func prose(of path: String) throws -> [Mention] { try Self.split(path).prose }

    /// The running text of a file, and its code blocks.
    private static func split(
        _ path: String
    ) throws -> (prose: [Mention], code: [(language: String, lines: [Mention])]) {
        var prose: [Mention] = []
        var code: [(language: String, lines: [Mention])] = []
        var isCode = false
        for (index, text) in try Self.lines(of: path).enumerated() {
            let trimmed = text.trimmingCharacters(in: .whitespaces)
            if trimmed.hasPrefix("```") {
                if !isCode { code.append((String(trimmed.dropFirst(3)), [])) }
                isCode.toggle()
            } else if isCode {
                code[code.count - 1].lines.append(Mention(text: text, file: path, line: index + 1))
            } else {
                prose.append(Mention(text: text, file: path, line: index + 1))
            }
        }
        return (prose, code)
    }
}
