import Foundation

/// What a program of ours tells of its own command line (`--experimental-dump-help`), as far as a manual needs it.
struct CommandDump: Decodable {
    struct Dump: Decodable {
        var command: CommandDump
    }

    struct Name: Decodable {
        var kind: String
        var name: String

        /// As it is typed.
        var typed: String { self.kind == "long" ? "--\(self.name)" : "-\(self.name)" }
    }

    struct Argument: Decodable {
        var kind: String
        var isOptional: Bool
        var isRepeating: Bool
        var shouldDisplay: Bool
        var valueName: String?
        var defaultValue: String?
        var abstract: String?
        var names: [Name]?

        /// Whether it is of ArgumentParser's own.
        var isUsual: Bool { ["help", "version"].contains(self.valueName) }
    }

    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool
    var arguments: [Argument]?
    var subcommands: [CommandDump]?

    /// Asks a product.
    static func of(_ program: String) throws -> CommandDump {
        let answer = try Tool.run(Tool.products.appending(path: program).path, ["--experimental-dump-help"])
        return try JSONDecoder().decode(Dump.self, from: Data(answer.output.utf8)).command
    }
}
