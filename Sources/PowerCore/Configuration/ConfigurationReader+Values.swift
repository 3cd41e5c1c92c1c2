extension ConfigurationReader {
    /// A text as a value, or what was expected in its place.
    typealias Parser<Value> = (String) throws(ConfigurationScalar.Refusal) -> Value

    /// The group of keys in `node`; nil after an error where it is something else. Nothing at all is an empty group.
    mutating func section(_ name: String, _ node: ConfigurationNode, at mark: ConfigurationMark)
        -> ConfigurationSection?
    {
        if case .mapping(let entries) = node.content {
            self.checkRepeated(entries, name)
            return ConfigurationSection(name, at: mark, entries)
        }
        if node.isNothing { return ConfigurationSection(name, at: mark, []) }
        let subject = name.isEmpty ? "the file" : name
        self.fail(node.mark, "\(subject) must be a group of keys, not \(node.shape)", remedy: "write `key: value`")
        return nil
    }

    /// Names every key that stands in a group for the second time. What is behind it is read all the same.
    mutating func checkRepeated(_ entries: [ConfigurationNode.Entry], _ name: String) {
        var seen: [String: ConfigurationMark] = [:]
        for entry in entries {
            if let first = seen[entry.key] {
                let subject = name.isEmpty ? "" : "\(name): "
                self.fail(entry.mark, "\(subject)'\(entry.key)' stands already at \(first)", remedy: "remove one")
                self.repeatedMarks.insert(entry.mark)
            }
            seen[entry.key] = seen[entry.key] ?? entry.mark
        }
    }

    /// The group of keys called `key`; nil where it is missing, or after an error.
    mutating func section(_ key: String, of parent: inout ConfigurationSection) -> ConfigurationSection? {
        guard let entry = parent.take(key) else { return nil }
        return self.section(parent.label(key), entry.value, at: entry.mark)
    }

    /// Names every key of a section that nobody has asked for.
    mutating func finish(_ section: ConfigurationSection) {
        for entry in section.entries {
            let subject = section.name.isEmpty ? "" : "\(section.name): "
            guard entry.key != "<<" else {
                self.fail(entry.mark, "\(subject)merge keys (<<) are not read", remedy: "write the keys out")
                continue
            }
            self.fail(
                entry.mark, "\(subject)unknown key '\(entry.key)'",
                remedy: Spelling.remedy(for: entry.key, among: section.known))
        }
    }

    /// The text in `node`, nil after an error where it is something else or nothing.
    mutating func text(_ label: String, _ node: ConfigurationNode) -> String? {
        if case .scalar(let text) = node.content, !node.isNothing { return text }
        if node.isNothing {
            self.fail(node.mark, "\(label) has no value", remedy: "write one or remove the key")
        } else {
            self.fail(node.mark, "\(label) must be a single value, not \(node.shape)")
        }
        return nil
    }

    /// The text called `key` with its place; nil where it is missing or after an error.
    mutating func text(_ key: String, of section: inout ConfigurationSection) -> Marked<String>? {
        guard let entry = section.take(key), let text = self.text(section.label(key), entry.value) else { return nil }
        return Marked(value: text, mark: entry.value.mark)
    }

    /// The value called `key`; nil where it is missing, or after an error where the text is no such value.
    mutating func value<Value>(
        _ key: String, of section: inout ConfigurationSection, _ parse: Parser<Value>
    ) -> Marked<Value>? {
        guard let text = self.text(key, of: &section) else { return nil }
        do {
            return Marked(value: try parse(text.value), mark: text.mark)
        } catch {
            self.fail(text.mark, "\(section.label(key)) is '\(text.value)'", remedy: "write \(error.expected)")
            return nil
        }
    }

    /// The value called `key`, which must lie within `bounds`; nil where it is missing or after an error.
    mutating func value<Value: Comparable>(
        _ key: String, of section: inout ConfigurationSection, in bounds: ClosedRange<Value>,
        _ parse: Parser<Value>, written: (Value) -> String
    ) -> Value? {
        guard let found = self.value(key, of: &section, parse) else { return nil }
        if bounds.contains(found.value) { return found.value }
        let isSmall = found.value < bounds.lowerBound
        let limit = written(isSmall ? bounds.lowerBound : bounds.upperBound)
        self.fail(
            found.mark, "\(section.label(key)) is \(written(found.value))",
            remedy: "write \(isSmall ? "at least" : "at most") \(limit)")
        return nil
    }

    /// The time called `key` within `bounds`; nil where it is missing or after an error.
    mutating func duration(
        _ key: String, of section: inout ConfigurationSection, in bounds: ClosedRange<Duration>
    ) -> Duration? {
        self.value(key, of: &section, in: bounds, ConfigurationScalar.duration) { ConfigurationScalar.text($0) }
    }

    /// The whole number called `key` within `bounds`; nil where it is missing or after an error.
    mutating func whole(
        _ key: String, of section: inout ConfigurationSection, in bounds: ClosedRange<Int>
    ) -> Int? {
        self.value(key, of: &section, in: bounds, ConfigurationScalar.whole) { "\($0)" }
    }

    /// The power called `key`, more than nothing where `isPositive`; nil where it is missing or after an error.
    mutating func watts(_ key: String, of section: inout ConfigurationSection, isPositive: Bool = true) -> Watts? {
        let lower = isPositive ? Watts(0.1) : .zero
        return self.value(key, of: &section, in: lower...ConfigurationReader.mostWatts, ConfigurationScalar.watts) {
            "\(ConfigurationScalar.text($0.value)) W"
        }
    }

    /// The share called `key`; nil where it is missing or after an error.
    mutating func percent(
        _ key: String, of section: inout ConfigurationSection, in bounds: ClosedRange<Percent> = 0...100
    ) -> Percent? {
        self.value(key, of: &section, in: bounds, ConfigurationScalar.percent) {
            "\(ConfigurationScalar.text($0.value))%"
        }
    }

    /// The items of the list called `key`, a single value counting as a list of one; nil where it is
    /// missing or after an error.
    mutating func items(_ key: String, of section: inout ConfigurationSection) -> [ConfigurationNode]? {
        guard let entry = section.take(key) else { return nil }
        switch entry.value.content {
        case .sequence(let items): return items
        case .scalar: return entry.value.isNothing ? [] : [entry.value]
        case .mapping:
            self.fail(entry.value.mark, "\(section.label(key)) must be a list", remedy: "write `\(key): [a, b]`")
            return nil
        }
    }

    /// The texts of the list called `key`, each only once; nil where it is missing.
    mutating func texts(_ key: String, of section: inout ConfigurationSection) -> [Marked<String>]? {
        guard let items = self.items(key, of: &section) else { return nil }
        var texts: [Marked<String>] = []
        for item in items {
            guard let text = self.text(section.label(key), item) else { continue }
            guard !texts.contains(where: { $0.value == text }) else {
                self.fail(item.mark, "\(section.label(key)) names '\(text)' twice", remedy: "remove one")
                continue
            }
            texts.append(Marked(value: text, mark: item.mark))
        }
        return texts
    }

    /// No single device of a rack comes near this power.
    static let mostWatts = Watts(1_000_000)
}
