import PowerCore

extension FamilyReader {
    /// A value with its place.
    struct Placed<Value> {
        var value: Value
        var mark: ConfigurationMark
    }

    /// The group of keys in `node`; nil after an error.
    mutating func section(_ name: String, _ node: ConfigurationNode) -> FamilySection? {
        guard case .mapping(let entries) = node.content else {
            self.fail(
                node.mark, "\(name.isEmpty ? "the file" : name) must be a group of keys", remedy: "write `key: value`")
            return nil
        }
        var seen: Set<String> = []
        for entry in entries where !seen.insert(entry.key).inserted {
            self.fail(entry.mark, "'\(entry.key)' stands twice", remedy: "remove one")
        }
        return FamilySection(name, at: node.mark, entries)
    }

    /// The text of a single value that is not empty; nil after an error.
    mutating func scalar(_ label: String, _ node: ConfigurationNode) -> String? {
        guard case .scalar(let text) = node.content, !text.isEmpty else {
            self.fail(node.mark, "\(label) must be a single value", remedy: "write `\(label): VALUE`")
            return nil
        }
        return text
    }

    /// The text called `key`; nil where it is missing, after an error where `missing` says what to do then.
    mutating func text(_ key: String, of section: inout FamilySection, missing: String? = nil) -> Placed<String>? {
        guard let node = section.take(key) else {
            if let missing { self.fail(section.mark, "\(section.label(key)) is missing", remedy: missing) }
            return nil
        }
        return self.scalar(section.label(key), node).map { Placed(value: $0, mark: node.mark) }
    }

    /// One of the words of `Choice` called `key`; nil where it is missing or after an error.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of section: inout FamilySection, _ type: Choice.Type, missing: String? = nil
    ) -> Choice? where Choice.RawValue == String {
        guard let text = self.text(key, of: &section, missing: missing) else { return nil }
        if let choice = Choice(rawValue: text.value) { return choice }
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        self.fail(text.mark, "\(section.label(key)) is '\(text.value)'", remedy: "write one of: \(words)")
        return nil
    }

    /// A whole number, which may be negative; nil after an error.
    mutating func whole(_ label: String, _ node: ConfigurationNode) -> Int64? {
        guard let text = self.scalar(label, node) else { return nil }
        if let value = Int64(text) { return value }
        self.fail(node.mark, "\(label) is '\(text)'", remedy: "write a whole number")
        return nil
    }

    /// A whole number or a list of them; empty where it is missing.
    mutating func wholes(_ key: String, of section: inout FamilySection) -> Set<Int64> {
        Set(self.items(key, of: &section).compactMap { self.whole(section.label(key), $0) })
    }

    /// The items of a list, a single value counting as a list of one; empty where it is missing.
    mutating func items(_ key: String, of section: inout FamilySection) -> [ConfigurationNode] {
        guard let node = section.take(key) else { return [] }
        if case .sequence(let items) = node.content { return items }
        return [node]
    }

    // MARK: Objects

    /// The name of an object; nil after an error.
    mutating func object(_ label: String, _ node: ConfigurationNode) -> ObjectTemplate? {
        guard let text = self.scalar(label, node) else { return nil }
        return self.object(label, text, at: node.mark)
    }

    /// The name of an object, the base in front where it begins with a point; nil after an error.
    mutating func object(_ label: String, _ text: String, at mark: ConfigurationMark) -> ObjectTemplate? {
        if let object = ObjectTemplate(text.hasPrefix(".") ? self.base + text : text) { return object }
        self.fail(
            mark, "\(label) is '\(text)', which is no name of an object",
            remedy: "write numbers with points between, with a point in front to go on from base:; "
                + "{row}, {row+1}, {row-1}, {unit} and {model} may stand between points, in quotes")
        return nil
    }

    /// The object called `key`; nil where it is missing or after an error.
    mutating func object(_ key: String, of section: inout FamilySection) -> ObjectTemplate? {
        section.take(key).flatMap { self.object(section.label(key), $0) }
    }

    /// The column called `key`; nil where it is missing or after an error.
    mutating func column(_ key: String, of section: inout FamilySection) -> ObjectTemplate? {
        self.object(key, of: &section)?.asColumn
    }

    /// The objects of the list called `key`.
    mutating func objects(_ key: String, of section: inout FamilySection) -> [ObjectTemplate] {
        self.items(key, of: &section).compactMap { self.object(section.label(key), $0) }
    }
}
