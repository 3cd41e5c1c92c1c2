import PowerCore

/// A group of keys of a family's file while it is being read: knows which keys were asked for.
struct FamilySection {
    /// What it describes, for sentences; empty for the file itself.
    let name: String
    /// Where it begins.
    let mark: ConfigurationMark
    private(set) var entries: [ConfigurationNode.Entry]
    private(set) var known: [String] = []

    init(_ name: String, at mark: ConfigurationMark, _ entries: [ConfigurationNode.Entry]) {
        self.name = name
        self.mark = mark
        self.entries = entries
    }

    /// The value of `key`, which counts as understood from now on; nil where it is missing.
    mutating func take(_ key: String) -> ConfigurationNode? {
        self.known.append(key)
        guard let index = self.entries.firstIndex(where: { $0.key == key }) else { return nil }
        return self.entries.remove(at: index).value
    }

    /// Everything that nobody has asked for.
    mutating func takeAll() -> [ConfigurationNode.Entry] {
        defer { self.entries = [] }
        return self.entries
    }

    /// The name of a key in a sentence.
    func label(_ key: String) -> String { self.name.isEmpty ? key : "\(self.name): \(key)" }
}
