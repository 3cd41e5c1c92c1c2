extension ConfigurationReader {
    /// Words of one command; a program that needs more takes a file.
    static let mostArguments = 64

    /// `command`: a program with its whole path and its arguments, which no shell looks at; empty where it is missing
    /// or after an error.
    mutating func command(of host: HostID, from section: inout ConfigurationSection) -> [String] {
        guard let entry = section.take("command") else { return [] }
        let label = section.label("command")
        guard let (words, mark) = self.programWords(entry.value, label), let program = words.first else { return [] }
        self.hostFiles.append(HostFile(host: host, label: label, path: program, use: .program, mark: mark))
        return words
    }

    /// The words of a program with its whole path, and where that stands; nil after an error.
    mutating func programWords(
        _ node: ConfigurationNode, _ label: String
    ) -> (words: [String], mark: ConfigurationMark)? {
        let example = "write [/path/to/program, argument]"
        guard let nodes = self.commandWords(node, label, remedy: example) else { return nil }
        guard nodes.count <= Self.mostArguments else {
            self.fail(node.mark, "\(label) has more than \(Self.mostArguments) words", remedy: "use a script")
            return nil
        }
        let words = nodes.compactMap { self.argument($0, label) }
        guard let program = words.first, words.count == nodes.count else { return nil }
        guard program.hasPrefix("/"), !program.hasSuffix("/") else {
            self.fail(nodes[0].mark, "\(label): '\(program)' is not the whole path of a program", remedy: example)
            return nil
        }
        return (words, nodes[0].mark)
    }

    /// The words of a command, nil after an error. A single text is a program without arguments: blanks in it would be
    /// for a shell to split.
    private mutating func commandWords(
        _ node: ConfigurationNode, _ label: String, remedy: String
    ) -> [ConfigurationNode]? {
        switch node.content {
        case .sequence(let items) where !items.isEmpty: return items
        case .scalar(let text) where !node.isNothing:
            guard text.contains(where: \.isWhitespace) else { return [node] }
            self.fail(node.mark, "\(label) is one word with blanks: no shell splits it", remedy: remedy)
        case .sequence, .scalar: self.fail(node.mark, "\(label) names no program", remedy: remedy)
        case .mapping: self.fail(node.mark, "\(label) must be a list", remedy: remedy)
        }
        return nil
    }

    /// One word as it stands, an empty one too; nil after an error.
    private mutating func argument(_ node: ConfigurationNode, _ label: String) -> String? {
        guard case .scalar(let text) = node.content else {
            self.fail(node.mark, "\(label): a word must be a single value, not \(node.shape)")
            return nil
        }
        guard !text.utf8.contains(0) else {
            self.fail(node.mark, "\(label): a word has a zero byte, which ends it", remedy: "remove it")
            return nil
        }
        return text
    }
}
