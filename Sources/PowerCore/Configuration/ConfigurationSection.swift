/// One group of keys while it is being read: knows which keys were asked for, so that the others can be named.
struct ConfigurationSection {
    /// What the group describes, for sentences (`ups river`); empty for the file itself.
    let name: String
    /// Where the group begins, or its name.
    let mark: ConfigurationMark
    /// The entries nobody has asked for yet.
    private(set) var entries: [ConfigurationNode.Entry]
    /// The keys that were asked for, whether present or not.
    private(set) var known: [String] = []

    /// Begins to read a group.
    init(_ name: String, at mark: ConfigurationMark, _ entries: [ConfigurationNode.Entry]) {
        self.name = name
        self.mark = mark
        self.entries = entries
    }

    /// The first entry called `key`, which counts as understood from now on; nil where it is missing.
    mutating func take(_ key: String) -> ConfigurationNode.Entry? {
        self.known.append(key)
        let entry = self.entries.first { $0.key == key }
        self.entries.removeAll { $0.key == key }
        return entry
    }

    /// The first entry called `key`, which is not named among the keys that belong here; nil where it is missing.
    mutating func takeUnlisted(_ key: String) -> ConfigurationNode.Entry? {
        defer { self.known.removeAll { $0 == key } }
        return self.take(key)
    }

    /// Whether `key` is present and nobody has asked for it yet.
    func contains(_ key: String) -> Bool {
        self.entries.contains { $0.key == key }
    }

    /// The name of a key in a sentence: `ups river: poll`.
    func label(_ key: String) -> String {
        self.name.isEmpty ? key : "\(self.name): \(key)"
    }
}
