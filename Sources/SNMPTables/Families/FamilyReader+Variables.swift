import PowerCore

extension FamilyReader {
    /// `variables`: NUT variables of the device as a whole.
    mutating func variables(of file: inout FamilySection) -> [VariableSource] {
        guard let node = file.take("variables"), var section = self.section("variables", node) else { return [] }
        return section.takeAll().compactMap { self.variable($0) }
    }

    private mutating func variable(_ entry: ConfigurationNode.Entry) -> VariableSource? {
        let isName = entry.key.utf8.allSatisfy {
            (0x61...0x7a).contains($0) || (0x41...0x5a).contains($0) || (0x2d...0x39).contains($0) && $0 != 0x2f
        }
        guard isName, entry.key.contains(".") else {
            self.fail(entry.mark, "'\(entry.key)' is no NUT variable", remedy: "write a name such as battery.charge")
            return nil
        }
        if case .scalar(let text) = entry.value.content { return self.plain(entry, text) }
        guard var section = self.section(entry.key, entry.value) else { return nil }
        let objects = self.objects("object", of: &section)
        var source = VariableSource(name: entry.key, objects: objects, content: self.content(of: &section))
        source.combination = self.choice("combine", of: &section, VariableSource.Combination.self) ?? .first
        source.absent = self.wholes("absent", of: &section)
        self.finish(&section)
        if objects.isEmpty {
            self.fail(entry.mark, "\(entry.key) has no object", remedy: "add object: and its name")
        }
        return source
    }

    /// An object that is a text, or a text that is the same for every device.
    private mutating func plain(_ entry: ConfigurationNode.Entry, _ text: String) -> VariableSource? {
        guard text.hasPrefix(".") || text.contains(".") && ObjectTemplate(text) != nil else {
            return VariableSource(name: entry.key, objects: [], content: .constant(text))
        }
        return self.object(entry.key, text, at: entry.value.mark)
            .map { VariableSource(name: entry.key, objects: [$0], content: .text) }
    }

    /// `unit` for numbers, `words` for numbers that stand for words, neither for texts.
    private mutating func content(of section: inout FamilySection) -> VariableSource.Content {
        if let scale = self.scale(of: &section) { return .number(scale) }
        guard let node = section.take("words"), var words = self.section(section.label("words"), node) else {
            return .text
        }
        return .words(self.words(of: &words))
    }

    /// `unit`; nil where it is missing or after an error.
    mutating func scale(of section: inout FamilySection) -> Scale? {
        guard let text = self.text("unit", of: &section) else { return nil }
        if let scale = Scale(text.value) { return scale }
        self.fail(
            text.mark, "\(section.label("unit")) is '\(text.value)'",
            remedy: "write what one step is, such as 0.1 A, mA, W, 0.01 kW, 0.1 kWh, min, s, Hz, %, C, or 0.1")
        return nil
    }

    private mutating func words(of section: inout FamilySection) -> [Int64: String] {
        var words: [Int64: String] = [:]
        for entry in section.takeAll() {
            guard let number = Int64(entry.key) else {
                self.fail(
                    entry.mark, "\(section.label(entry.key)): '\(entry.key)' is no number",
                    remedy: "write NUMBER: WORD")
                continue
            }
            words[number] = self.scalar(section.label(entry.key), entry.value)
        }
        return words
    }

    /// Words that `ups.status` may have.
    static let statusWords: Set<String> = [
        "OL", "OB", "LB", "HB", "RB", "CHRG", "DISCHRG", "BYPASS", "CAL", "OFF", "OVER", "TRIM", "BOOST", "ALARM",
    ]

    /// `status`: objects, and the words of `ups.status` for their numbers.
    mutating func status(of file: inout FamilySection) -> [StatusSource] {
        guard let node = file.take("status"), var section = self.section("status", node) else { return [] }
        return section.takeAll().compactMap { entry in
            guard let object = self.object("status", entry.key, at: entry.mark),
                var words = self.section("status \(entry.key)", entry.value)
            else { return nil }
            let mark = entry.mark
            let all = self.words(of: &words).mapValues { $0.split(separator: " ").map(String.init) }
            for word in all.values.joined() where !Self.statusWords.contains(word) {
                self.fail(
                    mark, "'\(word)' is no word of ups.status",
                    remedy: "known: \(Self.statusWords.sorted().joined(separator: ", "))")
            }
            return StatusSource(object: object, words: all)
        }
    }
}
