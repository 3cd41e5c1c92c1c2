import Foundation
import Testing

/// A recording of what NUT's server says: conversations of several connections, and what its drivers do meanwhile.
///
/// `Tests/Fixtures/NUT/record-transcripts.py` makes them, and says how they are written.
struct Transcript: Sendable, CustomTestStringConvertible {
    /// Something a client says, and what was heard.
    struct Exchange: Sendable {
        var client: Substring
        /// As it stands in the file, for people and for ``Difference/request``.
        var request: String
        /// What is sent, with its line end, where it does not depend on an identifier.
        var bytes: [UInt8]
        /// The lines of the answer.
        var answer: [String] = []
        var line: Int

        /// What stands for the end of the connection.
        static let closed = "(closed)"

        /// Whether it can be said twice without making a difference.
        var isQuestion: Bool { self.request.hasPrefix("GET ") || self.request.hasPrefix("LIST ") }
    }

    enum Step: Sendable {
        case says(Exchange)
        case driver(name: String, does: String)
    }

    struct Conversation: Sendable {
        var name: String
        var steps: [Step] = []

        var exchanges: [Exchange] {
            self.steps.compactMap { if case .says(let exchange) = $0 { exchange } else { nil } }
        }
    }

    var name: String
    /// The lines before the first conversation.
    var head: [String] = []
    var conversations: [Conversation] = []

    var isEncrypted: Bool { self.head.contains("tls: offered") }
    var exchanges: [Exchange] { self.conversations.flatMap(\.exchanges) }
    var testDescription: String { self.name }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures/NUT/recorded").standardized

    /// All of them, by name.
    static let all: [Transcript] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".transcript") }.sorted().compactMap { try? Transcript($0) }
    }()

    /// Reads the file `name`.
    init(_ name: String) throws {
        self.name = name
        let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            try self.take(line, number: index + 1)
        }
    }

    private mutating func take(_ line: Substring, number: Int) throws {
        if line.hasPrefix("== ") {
            self.conversations.append(Conversation(name: String(line.dropFirst(3))))
        } else if line.isEmpty || self.conversations.isEmpty {
            self.head.append(String(line))
        } else if line.hasPrefix("< ") {
            let last = self.conversations.count - 1
            guard case .says(var exchange) = self.conversations[last].steps.popLast() else {
                throw Unreadable(file: self.name, line: number)
            }
            exchange.answer.append(String(line.dropFirst(2)))
            self.conversations[last].steps.append(.says(exchange))
        } else {
            self.conversations[self.conversations.count - 1].steps.append(try self.step(line, number: number))
        }
    }

    private func step(_ line: Substring, number: Int) throws -> Step {
        if let match = line.wholeMatch(of: /driver (\S+) (.*)/) {
            return .driver(name: String(match.1), does: String(match.2))
        }
        guard let match = line.wholeMatch(of: /([a-z]?)(>>?)(?: (.*))?/) else {
            throw Unreadable(file: self.name, line: number)
        }
        let text = match.3 ?? ""
        return .says(
            Exchange(
                client: match.1, request: String(text),
                bytes: match.2 == ">>" ? try Self.raw(text) : Array((Self.expand(text) + "\n").utf8), line: number))
    }

    /// The bytes of a JSON text: each character is one.
    private static func raw(_ text: Substring) throws -> [UInt8] {
        try JSONDecoder().decode(String.self, from: Data(text.utf8)).unicodeScalars
            .map { UInt8(truncatingIfNeeded: $0.value) }
    }

    /// `{x*600}` is 600 times x.
    private static func expand(_ text: Substring) -> String {
        String(text).replacing(/\{([^}]+?)\*(\d+)\}/) { String(repeating: String($0.1), count: Int($0.2) ?? 0) }
    }

    struct Unreadable: Error {
        var file: String
        var line: Int
    }
}
