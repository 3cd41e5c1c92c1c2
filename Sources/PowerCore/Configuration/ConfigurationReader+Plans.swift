extension ConfigurationReader {
    /// From the least that can be measured to a day: longer ones are slips of the unit.
    private static let timeouts: ClosedRange<Duration> = .seconds(1)...(.seconds(86400))

    /// How a host is stopped, started and reached.
    mutating func readPlans(
        ofHost consumer: inout Consumer, _ index: Int, from section: inout ConfigurationSection
    ) {
        var words = HostWords()
        self.readAccess(of: consumer.id, &words, from: &section)
        consumer.via = self.via(of: &section) { .via(index, $0) }
        consumer.kind = .host(self.stopPlan(of: consumer.id, &words, from: &section))
        consumer.start = self.startPlan(of: consumer.id, &words, from: &section)
        consumer.isProbed = !words.access.probes.isEmpty
        if words.access != Configuration.HostAccess() { self.configuration.access[consumer.id] = words.access }
        self.checkWords(words, section.name)
    }

    /// How a load is started; whatever else a host may have has no meaning for it.
    mutating func readPlans(ofLoad consumer: inout Consumer, from section: inout ConfigurationSection) {
        let reasons = [
            ("stop", "a load has nothing to stop"), ("ssh", "a load has nothing to stop"),
            ("mac", "a load is up as soon as its outlets are on"),
            ("witness", "a load is up while its outlets are on"), ("via", "a load is told nothing"),
        ]
        for (key, reason) in reasons {
            guard let entry = section.takeUnlisted(key) else { continue }
            self.fail(
                entry.mark, "\(section.name) cannot have \(key): \(reason)",
                remedy: "remove it, or move \(consumer.id) to hosts")
        }
        var words = HostWords()
        consumer.start = self.startPlan(of: consumer.id, &words, from: &section)
        for method in words.methods where method.value != .outlet {
            self.fail(
                method.mark,
                "\(section.name) cannot be started by \(method.value.rawValue): it is up as soon as its outlets are on",
                remedy: "write [outlet], or move \(consumer.id) to hosts")
        }
        if let command = words.startCommand, !words.methods.contains(where: { $0.value == .command }) {
            self.fail(
                command, "\(section.name): start: command: a load is not started by a program", remedy: "remove it")
        }
    }

    /// `stop` of a host; what the manual names where it is missing.
    private mutating func stopPlan(
        of host: HostID, _ words: inout HostWords, from section: inout ConfigurationSection
    ) -> StopPlan {
        var plan = StopPlan()
        guard var stop = self.section("stop", of: &section) else { return plan }
        let start = stop
        if let ways = self.words("ways", of: &stop, known: StopPlan.Way.allCases, &words) {
            words.ways = ways
            plan.ways = ways.map(\.value)
        }
        if let timeout = self.duration("timeout", of: &stop, in: Self.timeouts) { plan.timeout = timeout }
        if let next = self.duration("next-way", of: &stop, in: Self.timeouts) { plan.nextWayAfter = next }
        if let off = self.duration("off-after", of: &stop, in: .zero...(.seconds(86400))) { plan.offAfterLogout = off }
        if let below = self.watts("off-below", of: &stop) { plan.offBelow = below }
        words.stopCommand = stop.contains("command") ? stop.place(of: "command", or: "command") : nil
        words.access.stopCommand = self.command(of: host, from: &stop)
        self.finish(stop)
        self.checkLastWay(of: plan, start)
        return plan
    }

    /// A way whose turn comes after the time is over is none.
    private mutating func checkLastWay(of plan: StopPlan, _ stop: ConfigurationSection) {
        let turn = plan.nextWayAfter * (plan.ways.count - 1)
        guard plan.ways.count > 1, turn >= plan.timeout else { return }
        let last = "\(plan.ways[plan.ways.count - 1].rawValue) after \(ConfigurationScalar.text(turn))"
        self.fail(
            stop.place(of: "next-way", or: "ways"),
            "\(stop.name): the way \(last) would never be tried: the timeout is \(ConfigurationScalar.text(plan.timeout))",
            remedy: "write a longer timeout or a shorter next-way")
    }

    /// `start` of a host or load, a list of methods or a group of keys; what the manual names where it is missing.
    private mutating func startPlan(
        of host: HostID, _ words: inout HostWords, from section: inout ConfigurationSection
    ) -> StartPlan {
        var plan = StartPlan()
        guard let entry = section.take("start") else { return plan }
        guard case .mapping = entry.value.content else {
            var list = ConfigurationSection(section.name, at: entry.mark, [entry])
            words.methods = self.words("start", of: &list, known: StartPlan.Method.allCases, &words) ?? []
            if !words.methods.isEmpty { plan.methods = words.methods.map(\.value) }
            return plan
        }
        guard var start = self.section(section.label("start"), entry.value, at: entry.mark) else { return plan }
        words.methods = self.words("methods", of: &start, known: StartPlan.Method.allCases, &words) ?? []
        if !words.methods.isEmpty { plan.methods = words.methods.map(\.value) }
        if let timeout = self.duration("timeout", of: &start, in: Self.timeouts) { plan.timeout = timeout }
        words.startCommand = start.contains("command") ? start.place(of: "command", or: "command") : nil
        words.access.startCommand = self.command(of: host, from: &start)
        self.finish(start)
        return plan
    }

    /// A list of words of a closed set; nil where it is missing, an error where it is empty or a word is not known.
    private mutating func words<Word: RawRepresentable<String>>(
        _ key: String, of section: inout ConfigurationSection, known: [Word], _ words: inout HostWords
    ) -> [Marked<Word>]? {
        let mark = section.place(of: key, or: key)
        guard let texts = self.texts(key, of: &section) else { return nil }
        let names = known.map(\.rawValue)
        if texts.isEmpty { self.fail(mark, "\(section.label(key)) is empty", remedy: "write [\(names[0])]") }
        let found = texts.compactMap { text in
            if let word = Word(rawValue: text.value) { return Marked(value: word, mark: text.mark) }
            let near = Spelling.nearest(to: text.value, among: names, atMost: 1)
            self.fail(
                text.mark,
                "\(section.label(key)): this version knows no '\(text.value)', only \(names.joined(separator: ", "))",
                remedy: near.isEmpty ? "remove it" : "did you mean \(near[0])?")
            return nil
        }
        if found.isEmpty || found.count < texts.count { words.isUnderstood = false }
        return found.isEmpty ? nil : found
    }
}
