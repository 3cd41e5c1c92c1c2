extension ConfigurationReader {
    /// `policy`: the times, and the triggers of each tier.
    mutating func readPolicy(of file: inout ConfigurationSection) {
        guard var section = self.section("policy", of: &file) else { return }
        self.readTimes(from: &section)
        let margins = 1.0...10.0
        if let margin = self.value(
            "margin", of: &section, in: margins, ConfigurationScalar.number,
            written: {
                ConfigurationScalar.text($0)
            })
        {
            self.configuration.policy.margin = margin
        }
        self.configuration.policy.restartCharge = self.percent("restart-charge", of: &section)
        self.readTriggers(of: &section)
        self.finish(section)
    }

    /// The waiting times of the policy.
    private mutating func readTimes(from section: inout ConfigurationSection) {
        let hour: ClosedRange<Duration> = .zero...(.seconds(3600))
        if let debounce = self.duration("debounce", of: &section, in: hour) {
            self.configuration.policy.debounce = debounce
        }
        if let stable = self.duration("stable", of: &section, in: .zero...(.seconds(86400))) {
            self.configuration.policy.stable = stable
        }
        if let settle = self.duration("settle", of: &section, in: hour) { self.configuration.policy.settle = settle }
        if let stagger = self.duration("stagger", of: &section, in: hour) {
            self.configuration.policy.stagger = stagger
        }
    }

    /// `triggers`: per tier, any of which sheds it.
    private mutating func readTriggers(of section: inout ConfigurationSection) {
        guard let tiers = self.section("triggers", of: &section) else { return }
        for entry in tiers.entries {
            self.places[.triggers(entry.key)] = entry.mark
            let triggers = self.triggers("\(tiers.name): \(entry.key)", entry.value)
            if triggers.isEmpty, entry.value.isEmpty {
                self.fail(
                    entry.mark, "\(tiers.name): \(entry.key) has no trigger", remedy: "write [last-safe-moment]")
            }
            self.configuration.policy.triggers[entry.key] = triggers
        }
    }

    /// Triggers as a list (`[last-safe-moment, charge: 25%]`), as a group of keys, or a single one.
    mutating func triggers(_ label: String, _ node: ConfigurationNode) -> [Trigger] {
        if case .sequence(let items) = node.content { return items.flatMap { self.triggerItem(label, $0) } }
        return self.triggerItem(label, node)
    }

    /// A word, or one or more keys with values.
    private mutating func triggerItem(_ label: String, _ node: ConfigurationNode) -> [Trigger] {
        guard case .mapping(let entries) = node.content else { return [self.trigger(label, node)].compactMap { $0 } }
        self.checkRepeated(entries, label)
        return entries.compactMap { self.trigger(label, $0) }
    }

    /// The one trigger that has no value.
    private mutating func trigger(_ label: String, _ node: ConfigurationNode) -> Trigger? {
        guard let text = self.text(label, node) else { return nil }
        if text == "last-safe-moment" { return .lastSafeMoment }
        let needsValue = Self.valueTriggers.contains(text)
        self.fail(
            node.mark, needsValue ? "\(label): \(text) has no value" : "\(label): unknown trigger '\(text)'",
            remedy: needsValue
                ? "write \(text): \(text == "charge" ? "25%" : "5m")"
                : Spelling.remedy(for: text, among: Self.valueTriggers + ["last-safe-moment"]))
        return nil
    }

    /// The triggers that have a value.
    private static let valueTriggers = ["on-battery", "charge", "runtime"]

    /// A trigger with a value.
    private mutating func trigger(_ label: String, _ entry: ConfigurationNode.Entry) -> Trigger? {
        var section = ConfigurationSection(label, at: entry.mark, [entry])
        let times: ClosedRange<Duration> = .seconds(1)...(.seconds(7 * 86400))
        switch entry.key {
        case "on-battery": return self.duration(entry.key, of: &section, in: times).map { .onBattery($0) }
        case "runtime": return self.duration(entry.key, of: &section, in: times).map { .runtime($0) }
        case "charge": return self.percent(entry.key, of: &section, in: 1...100).map { .charge($0) }
        case "last-safe-moment":
            guard !entry.value.isNothing else { return .lastSafeMoment }
            self.fail(entry.value.mark, "\(label): last-safe-moment takes no value", remedy: "write it alone")
        default:
            self.fail(
                entry.mark, "\(label): unknown trigger '\(entry.key)'",
                remedy: Spelling.remedy(for: entry.key, among: Self.valueTriggers + ["last-safe-moment"]))
        }
        return nil
    }
}

extension ConfigurationNode {
    /// Whether it is an empty list, an empty group of keys or nothing.
    var isEmpty: Bool {
        switch self.content {
        case .mapping(let entries): entries.isEmpty
        case .sequence(let items): items.isEmpty
        case .scalar: false
        }
    }
}
