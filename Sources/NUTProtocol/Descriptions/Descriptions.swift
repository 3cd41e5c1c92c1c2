/// One sentence for each of NUT's variables and commands, for people who look at a list of names.
public enum Descriptions {
    /// What is shown for a name that nobody knows.
    public static let none = "Description unavailable"

    /// What a variable means, whatever the case of its name; nil for a name that is not one of NUT's.
    public static func variable(_ name: String) -> String? {
        // Nearly every name is asked for as the table has it.
        if let text = self.variables[name] { return text }
        let pattern = self.pattern(of: name)
        return self.variables[pattern] ?? self.phaseText(pattern)
    }

    /// What a command does, whatever the case of its name; nil for a name that is not one of NUT's.
    public static func command(_ name: String) -> String? {
        self.commands[name] ?? self.commands[self.pattern(of: name)]
    }

    /// `name` in lower case, without `upstream.`, with `n` for each part that is a number: `outlet.n.status`.
    private static func pattern(of name: String) -> String {
        var parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        if parts.first == "upstream" { parts.removeFirst() }
        let isNumber = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        return parts.map { isNumber($0) ? "n" : String($0) }.joined(separator: ".")
    }

    /// The text of a value of one phase (`input.l1.voltage`, `output.l1-n.voltage`) from that of the whole.
    private static func phaseText(_ pattern: String) -> String? {
        var parts = pattern.split(separator: ".").map(String.init)
        guard let place = parts.firstIndex(where: { self.phases.contains($0) }) else { return nil }
        let phase = parts.remove(at: place)
        return self.variables[parts.joined(separator: ".")].map { "\($0), \(phase.uppercased())" }
    }

    private static let phases: Set<String> = [
        "l1", "l2", "l3", "n", "l1-n", "l2-n", "l3-n", "l1-l2", "l2-l3", "l3-l1", "l1-g", "l2-g", "l3-g", "n-g",
    ]
}
