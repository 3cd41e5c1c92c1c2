import Foundation
import Testing

/// Endings by which a word in backticks is known to be a file of this repository.
private let endings = [".swift", ".md", ".sh", ".py", ".svg", ".upsc", ".transcript"]

@Test(arguments: Documents.texts)
func `every link leads to a file`(text: String) throws {
    let folder = Documents.root.appending(path: text).deletingLastPathComponent()
    for link in try Documents.links(in: text) {
        let target = folder.appending(path: link.text).standardizedFileURL.path
        #expect(FileManager.default.fileExists(atPath: target), "\(link)")
    }
}

/// A path may be given from the root, from `Sources`, or by its end where that says enough.
@Test(arguments: Documents.texts)
func `every path in backticks exists`(text: String) throws {
    let folders = Set(Documents.paths.compactMap { $0.contains("/") ? $0.split(separator: "/").first : nil })
    let targets = Set(
        Documents.paths.filter { $0.hasPrefix("Sources/") }.compactMap { $0.split(separator: "/").dropFirst().first })
    for mention in try Documents.codeSpans(in: text) {
        let path = mention.text.hasSuffix("/") ? String(mention.text.dropLast()) : mention.text
        guard path.contains(/^[\w.+\/-]+$/), !path.hasPrefix("/"), !path.hasPrefix("..") else { continue }
        if endings.contains(where: path.hasSuffix) {
            let isThere = Documents.paths.contains { $0 == path || $0.hasSuffix("/" + path) }
            #expect(isThere, "\(mention)")
        } else if let first = path.split(separator: "/").first, path.contains("/"),
            folders.contains(first) || targets.contains(first)
        {
            let isThere = Documents.paths.contains(path) || Documents.paths.contains("Sources/" + path)
            #expect(isThere, "\(mention)")
        }
    }
}

@Test func `the README names two commands and no others`() throws {
    let commands = try Documents.codeLines(in: "README.md").map(\.text)
    #expect(commands == ["make demo", "make test"])
    let named = try Documents.lines(of: "README.md").flatMap { $0.matches(of: /`(make [^`]*)`/).map { String($0.1) } }
    #expect(Set(named).isSubset(of: commands))
    let recipes = try Documents.lines(of: "Makefile").compactMap { $0.firstMatch(of: /^(\w+):/).map { "make \($0.1)" } }
    #expect(Set(commands).isSubset(of: recipes))
}

/// A command line of ours in a text: the program, its subcommands (several where a synopsis says `on|off`), its options.
private struct CommandLine {
    var program: String
    var subcommands: [String]
    var options: [String]

    /// Nil where `text` is no command line of ours.
    init?(_ text: Substring) {
        var words = text.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
        if words.first == "$" { words.removeFirst() }
        if words.first == "sudo" { words.removeFirst(words.dropFirst().first == "-u" ? 3 : 1) }
        guard let path = words.first else { return nil }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        // The script hands its options to the daemon.
        let program = name == "demo.sh" ? "upsd-swift" : name
        guard ["pductl", "upsd-swift"].contains(program) else { return nil }
        self.program = program
        let rest = words.dropFirst().map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "[]")) }
        self.options = rest.filter { $0.hasPrefix("-") && $0 != "--" }.map { String($0.prefix { $0 != "=" }) }
        let first = rest.first.flatMap { $0.hasPrefix("-") || $0.isEmpty ? nil : $0 }
        self.subcommands = program == "pductl" ? first?.split(separator: "|").map(String.init) ?? [] : []
    }

    /// All of them in a line of a code block or a span in backticks.
    static func all(in text: String) -> [CommandLine] {
        text.split(separator: #/ \| | && |; | & /#).compactMap(CommandLine.init)
    }
}

/// What a program or one of its subcommands says of itself.
private func help(_ program: String, _ subcommands: String...) throws -> String {
    let answer = try Tool.run(Tool.products.appending(path: program).path, subcommands + ["--help"])
    #expect(answer.code == 0, "\(program) \(subcommands.joined(separator: " ")) --help")
    return answer.output
}

/// What `pductl` says of itself as a whole and of each subcommand, and what the daemon says.
private struct Helps {
    let daemon: String
    let overview: String
    let subcommands: [String: String]

    init() throws {
        self.daemon = try help("upsd-swift")
        let overview = try help("pductl")
        let names = overview.components(separatedBy: "SUBCOMMANDS:").last?.split(separator: "\n")
            .prefix { $0.hasPrefix("  ") && !$0.contains("help <") }.compactMap { $0.split(separator: " ").first }
        self.overview = overview
        var subcommands = try Dictionary(
            (names ?? []).map { (String($0), try help("pductl", String($0))) }, uniquingKeysWith: { first, _ in first })
        subcommands["config"]? += try help("pductl", "config", "import")
        self.subcommands = subcommands
    }

    /// The subcommands and options of `line` that do not exist.
    func unknown(in line: CommandLine) -> [String] {
        let wrong = line.subcommands.filter { self.subcommands[$0] == nil }
        let text =
            line.program == "pductl"
            ? line.subcommands.compactMap { self.subcommands[$0] }.first ?? self.overview : self.daemon
        let words = Set(text.split { !$0.isLetter && $0 != "-" }.map(String.init))
        return wrong + line.options.filter { !words.contains($0) }
    }
}

/// Asked once for all texts.
private let helps = Result { try Helps() }

@Test(arguments: Documents.texts)
func `every command line uses subcommands and options that exist`(text: String) throws {
    let helps = try helps.get()
    #expect(Set(helps.subcommands.keys).isSuperset(of: ["status", "cycle", "explain", "lab"]))
    for mention in try Documents.codeLines(in: text) + Documents.codeSpans(in: text) {
        for line in CommandLine.all(in: mention.text) {
            #expect(helps.unknown(in: line) == [], "\(mention)")
        }
    }
}

@Test func `the command lines of the texts are found`() throws {
    let lines = try Documents.texts.flatMap { try Documents.codeLines(in: $0) + Documents.codeSpans(in: $0) }
        .flatMap { CommandLine.all(in: $0.text) }
    #expect(lines.count > 50)
    #expect(lines.contains { $0.program == "upsd-swift" && $0.options.contains("--check") })
    #expect(lines.contains { $0.subcommands == ["cycle"] })
}

@Test func `the service starts the daemon with options that exist`() throws {
    let unit = try Documents.lines(of: "systemd/upsd-swift.service")
    let start = try #require(unit.first { $0.hasPrefix("ExecStart=") })
    let line = try #require(CommandLine.all(in: String(start.dropFirst("ExecStart=".count))).first)
    let help = try help(line.program)
    #expect(line.options == ["--config"])
    #expect(line.options.allSatisfy { help.contains($0) })
}

@Test func `the configuration that the installation shows is in order`() throws {
    let blocks = try Documents.codeBlocks(in: "docs/install.md", language: "yaml")
    let yaml = try #require(blocks.first { $0.contains("hosts:") })
    let folder = FileManager.default.temporaryDirectory.appending(path: "upsd-swift-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder.appending(path: "secrets"), withIntermediateDirectories: true)
    for secret in yaml.matches(of: /password-file: ([\w\/]+)/) {
        let made = FileManager.default.createFile(
            atPath: folder.appending(path: String(secret.1)).path, contents: Data("secret".utf8),
            attributes: [.posixPermissions: 0o600])
        #expect(made)
    }
    let file = folder.appending(path: "rack.yaml")
    try Data(yaml.utf8).write(to: file)
    let check = try Tool.run(
        Tool.products.appending(path: "upsd-swift").path, ["--check", "--config", file.path])
    #expect(check.code == 0)
    #expect(check.output.contains("0 errors, 0 warnings"), "\(check.output)")
}
