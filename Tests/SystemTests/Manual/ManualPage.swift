import Foundation

/// A page of the manual in roff (man(7)), made of what a program tells of itself and of sections written here.
struct ManualPage {
    /// A section with a title and paragraphs; a paragraph with a term is a list's item.
    struct Section {
        var title: String
        var paragraphs: [(term: String?, text: String)]
    }

    var program: String
    var number: Int
    /// What it is for, as one paragraph.
    var description: String
    var dump: CommandDump
    var sections: [Section]

    /// When what stands here was last changed by hand; man(7) wants a date.
    static let date = "2026-11-28"

    /// The page.
    var text: String {
        let head = [
            #".\" Made of the program's own help by Tests/SystemTests/Manual; change that, not this."#,
            ".TH \(self.program.uppercased()) \(self.number) \(Self.date) upsd-swift \"upsd-swift manual\"",
            ".SH NAME", "\(Self.text(self.program)) \\- \(Self.text(Self.lowered(self.dump.abstract ?? "")))",
            ".SH SYNOPSIS",
        ]
        let synopsis = self.subcommands.isEmpty ? Self.synopsis([self.program], self.dump) : self.synopses
        let lines = head + synopsis + [".SH DESCRIPTION", Self.text(self.description)]
        return (lines + self.options + self.commands + self.sections.flatMap(Self.lines)).joined(separator: "\n") + "\n"
    }

    private var subcommands: [(path: [String], dump: CommandDump)] { Self.leaves([self.program], self.dump) }

    /// The commands that do something, with their words.
    private static func leaves(_ path: [String], _ dump: CommandDump) -> [(path: [String], dump: CommandDump)] {
        (dump.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }.flatMap { command in
            let path = path + [command.commandName]
            let inner = Self.leaves(path, command)
            return inner.isEmpty ? [(path, command)] : inner
        }
    }

    private var synopses: [String] {
        [".nf", ".B \(Self.text(self.program)) command \\fR[\\fIarguments\\fR] [\\fIoptions\\fR]", ".fi"]
    }

    private static func synopsis(_ path: [String], _ dump: CommandDump) -> [String] {
        let words = (dump.arguments ?? []).filter { $0.shouldDisplay && $0.kind == "positional" }.map { argument in
            let name = "\\fI\(Self.text(argument.valueName ?? ""))\\fR\(argument.isRepeating ? " ..." : "")"
            return argument.isOptional ? "[\(name)]" : name
        }
        return [
            "\\fB\(path.map(Self.text).joined(separator: " "))\\fR \((words + ["[\\fIoptions\\fR]"]).joined(separator: " "))"
        ]
    }

    /// The options of a program without commands, or those that several commands have.
    private var options: [String] {
        guard self.subcommands.isEmpty else {
            return [".SH OPTIONS OF COMMANDS THAT ASK A SERVER"] + self.shared.flatMap(Self.lines)
        }
        return [".SH OPTIONS"] + (self.dump.arguments ?? []).filter(\.shouldDisplay).flatMap(Self.lines)
    }

    /// The options of the commands that ask a server, which are the same everywhere.
    private var shared: [CommandDump.Argument] {
        let list = self.subcommands.first { $0.path.last == "list" }?.dump
        return (list?.arguments ?? []).filter { $0.shouldDisplay && $0.kind != "positional" && !$0.isUsual }
    }

    private var commands: [String] {
        guard !self.subcommands.isEmpty else { return [] }
        let shared = Set(self.shared.compactMap(\.abstract))
        return [".SH COMMANDS"]
            + self.subcommands.flatMap { path, dump in
                let own = (dump.arguments ?? []).filter {
                    $0.shouldDisplay && !$0.isUsual && !shared.contains($0.abstract ?? "")
                }
                let texts = [dump.abstract, dump.discussion].compactMap { $0 }.filter { !$0.isEmpty }
                return [".SS \(path.dropFirst().map(Self.text).joined(separator: " "))"] + Self.synopsis(path, dump)
                    + texts.flatMap { [".PP", Self.text($0)] } + own.flatMap(Self.lines)
            }
    }

    private static func lines(_ argument: CommandDump.Argument) -> [String] {
        let value = argument.kind == "flag" ? "" : " \\fI\(Self.text(argument.valueName ?? ""))\\fR"
        let names = (argument.names ?? []).map { "\\fB\(Self.text($0.typed))\\fR" }
        let title =
            names.isEmpty ? "\\fI\(Self.text(argument.valueName ?? ""))\\fR" : names.joined(separator: ", ") + value
        let usual = argument.defaultValue.map { " Without it: \($0)." } ?? ""
        return [".TP", title, Self.text((argument.abstract ?? "") + usual)]
    }

    private static func lines(_ section: Section) -> [String] {
        [".SH \(section.title)"]
            + section.paragraphs.enumerated().flatMap { index, paragraph in
                let begin = index == 0 ? [] : [".PP"]
                return paragraph.term.map { [".TP", "\\fB\(Self.text($0))\\fR", Self.text(paragraph.text)] }
                    ?? begin + [Self.text(paragraph.text)]
            }
    }

    /// The text so that roff takes no part of it for an order, a line for each line.
    private static func text(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: true).map { line in
            let escaped = line.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("`", with: "")
            return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&\(escaped)" : String(escaped)
        }.joined(separator: "\n")
    }

    /// A sentence as the title of a page: without its full stop, its first letter small where it is no name.
    private static func lowered(_ sentence: String) -> String {
        let text = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
