extension ConfigurationReader {
    /// From the least that can be measured to a day: longer ones are slips of the unit.
    private static let timeouts: ClosedRange<Duration> = .seconds(1)...(.seconds(86400))

    /// `stop` of a host; nil where it is missing.
    mutating func stopPlan(of section: inout ConfigurationSection) -> StopPlan? {
        guard var stop = self.section("stop", of: &section) else { return nil }
        var plan = StopPlan()
        if let ways = self.words("ways", of: &stop, StopPlan.Way.init(rawValue:), known: StopPlan.Way.allCases) {
            plan.ways = ways
        }
        if let timeout = self.duration("timeout", of: &stop, in: Self.timeouts) { plan.timeout = timeout }
        if let off = self.duration("off-after", of: &stop, in: .zero...(.seconds(86400))) { plan.offAfterLogout = off }
        if let below = self.watts("off-below", of: &stop) { plan.offBelow = below }
        self.finish(stop)
        return plan
    }

    /// `start` of a host or load, a list of methods or a group of keys; nil where it is missing.
    mutating func startPlan(of section: inout ConfigurationSection) -> StartPlan? {
        guard let entry = section.take("start") else { return nil }
        var plan = StartPlan()
        guard case .mapping = entry.value.content else {
            var list = ConfigurationSection(section.name, at: entry.mark, [entry])
            plan.methods = self.methods("start", of: &list) ?? plan.methods
            return plan
        }
        guard var start = self.section(section.label("start"), entry.value, at: entry.mark) else { return nil }
        plan.methods = self.methods("methods", of: &start) ?? plan.methods
        if let timeout = self.duration("timeout", of: &start, in: Self.timeouts) { plan.timeout = timeout }
        self.finish(start)
        return plan
    }

    /// The methods of starting called `key`.
    private mutating func methods(_ key: String, of section: inout ConfigurationSection) -> [StartPlan.Method]? {
        self.words(key, of: &section, StartPlan.Method.init(rawValue:), known: StartPlan.Method.allCases)
    }

    /// A list of words of a closed set; nil where it is missing, an error where it is empty or a word is not known.
    private mutating func words<Word: RawRepresentable<String>>(
        _ key: String, of section: inout ConfigurationSection, _ make: (String) -> Word?, known: [Word]
    ) -> [Word]? {
        let mark = section.place(of: key, or: key)
        guard let texts = self.texts(key, of: &section) else { return nil }
        let names = known.map(\.rawValue)
        if texts.isEmpty { self.fail(mark, "\(section.label(key)) is empty", remedy: "write [\(names[0])]") }
        return texts.compactMap { text in
            if let word = make(text.value) { return word }
            let near = Spelling.nearest(to: text.value, among: names, atMost: 1)
            self.fail(
                text.mark,
                "\(section.label(key)): this version knows no '\(text.value)', only \(names.joined(separator: ", "))",
                remedy: near.isEmpty ? "remove it" : "did you mean \(near[0])?")
            return nil
        }
    }

    /// `emulated` of a host or load: how the lab's machine behaves.
    mutating func readMachine(of consumer: Consumer, from section: inout ConfigurationSection) {
        let mark = section.place(of: "emulated", or: "emulated")
        guard var fields = self.section("emulated", of: &section) else { return }
        var machine = Configuration.EmulatedMachine(watts: consumer.watts ?? Configuration.EmulatedMachine().watts)
        let times: ClosedRange<Duration> = .zero...(.seconds(86400))
        if let watts = self.watts("watts", of: &fields, isPositive: false) { machine.watts = watts }
        if let boot = self.duration("boot", of: &fields, in: times) { machine.boot = boot }
        if let stop = self.duration("stop", of: &fields, in: times) { machine.stop = stop }
        if let notices = self.duration("notices", of: &fields, in: times) { machine.notices = notices }
        self.finish(fields)
        if self.configuration.hasEmulatedDevices {
            self.configuration.machines[consumer.id] = machine
        } else {
            self.warn(mark, "\(fields.name) is ignored: no UPS or PDU of this rack is emulated", remedy: "remove it")
        }
    }

    /// Gives every host and load of an emulated rack a machine.
    mutating func fillMachines() {
        guard self.configuration.hasEmulatedDevices else { return }
        for consumer in self.configuration.rack.consumers where self.configuration.machines[consumer.id] == nil {
            var machine = Configuration.EmulatedMachine()
            if let watts = consumer.watts { machine.watts = watts }
            self.configuration.machines[consumer.id] = machine
        }
    }
}
