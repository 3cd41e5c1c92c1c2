import Foundation
import Testing

/// The tables of `docs/COMPATIBILITY.md` that name every command and error of the protocol, against the source and the
/// recordings that they point to.
@Suite struct ProtocolTableTests {
    /// A line of a table: the words in backticks of its first cell, and the files that its last one names.
    struct Row: CustomStringConvertible {
        var words: [String]
        var files: [String]

        var description: String { self.words.joined(separator: ", ") }
    }

    private static let sources = "Sources/NUTProtocol/Session/"

    @Test func `every command is in the table, and was recorded`() throws {
        let rows = try Self.rows(under: "## Protocol: every command")
        let topics = try Set(["Get", "List", "Orders"].flatMap { try Self.rawValues(in: "Session+\($0).swift") })
        let verbs = try Set(Self.rawValues(in: "Verb.swift"))
        let named = Set(rows.flatMap(\.words).flatMap { $0.split(separator: " ").map(String.init) })
        #expect(named == topics.union(verbs))
        for row in rows {
            let command = try #require(row.words.first)
            let requests = try row.files.flatMap { try Self.lines(of: $0, after: /^[a-z]?>+ "?/) }
            #expect(requests.contains { $0 == command || $0.hasPrefix(command + " ") }, "\(row)")
        }
    }

    @Test func `every error word is in the table, and was recorded`() throws {
        let rows = try Self.rows(under: "## Protocol: every error word")
        let words = try Documents.lines(of: Self.sources + "ErrorWord.swift")
            .compactMap { $0.firstMatch(of: /ErrorWord\("([A-Z-]+)"\)/).map { String($0.1) } }
        #expect(words.count > 20)
        let named = rows.filter { !$0.files.isEmpty }.flatMap(\.words)
        #expect(Set(named) == Set(words))
        #expect(named.count == words.count)
        for row in rows where !row.files.isEmpty {
            let word = try #require(row.words.first)
            let isShown = try row.files.contains { file in
                if file.hasSuffix(".swift") {
                    return try Self.lines(of: file, after: /^/).contains { $0.contains(word) }
                }
                return try Self.lines(of: file, after: #/^< ERR /#).contains { $0.prefix { $0 != " " } == word }
            }
            #expect(isShown, "\(row)")
        }
    }

    @Test func `the number of exchanges that the text names is theirs`() throws {
        let folder = "Tests/Fixtures/NUT/recorded/"
        let count = try Documents.paths.filter { $0.hasPrefix(folder) && $0.hasSuffix(".transcript") }
            .reduce(0) { try $0 + Documents.lines(of: $1).count { $0.contains(/^[a-z]?>>?( |$)/) } }
        #expect(count >= 150)
        for text in ["docs/COMPATIBILITY.md", "README.md"] {
            #expect(try Documents.lines(of: text).contains { $0.contains("\(count) exchanges") }, "\(text)")
        }
    }

    /// The rows of the first table behind `heading`.
    private static func rows(under heading: String) throws -> [Row] {
        let lines = try Documents.lines(of: "docs/COMPATIBILITY.md")
        let start = try #require(lines.firstIndex(of: heading), "\(heading)")
        let table = lines[start...].drop { !$0.hasPrefix("| ---") }.dropFirst().prefix { $0.hasPrefix("|") }
        return table.map { line in
            let cells = line.split(separator: "|")
            let spans = cells.map { $0.matches(of: /`([^`]+)`/).map { String($0.1) } }
            return Row(words: spans.first ?? [], files: cells.count > 2 ? spans.last ?? [] : [])
        }
    }

    /// What stands behind `mark` in the lines of a file that begin so; the file as a table names it.
    private static func lines(of file: String, after mark: Regex<Substring>) throws -> [String] {
        let path =
            file.hasSuffix(".swift")
            ? try #require(Documents.paths.first { $0.hasSuffix("/" + file) }, "\(file)") : "Tests/Fixtures/NUT/" + file
        return try Documents.lines(of: path).compactMap { line in
            line.prefixMatch(of: mark).map { String(line[$0.range.upperBound...]) }
        }
    }

    /// The words of the enumerations in a file of the source: `case netVersion = "NETVER"`.
    private static func rawValues(in file: String) throws -> [String] {
        try Documents.lines(of: Self.sources + file)
            .compactMap { $0.firstMatch(of: /^ +case \w+ = "([A-Z]+)"/).map { String($0.1) } }
    }
}
