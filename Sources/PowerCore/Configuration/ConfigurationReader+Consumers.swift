extension ConfigurationReader {
    /// Tiers of one rack; each is a step of the shedding.
    static let mostTiers = 32
    /// Hosts and loads of one rack; every change of power looks at all of them.
    static let mostConsumers = 1024

    /// `tiers`: the classes of hosts and loads, the first to be shed first.
    mutating func readTiers(of file: inout ConfigurationSection) {
        guard let tiers = self.texts("tiers", of: &file) else { return }
        for (index, tier) in tiers.prefix(Self.mostTiers).enumerated() {
            self.checkName(tier.value, "tier", at: tier.mark)
            self.places[.tier(index)] = tier.mark
            self.configuration.rack.tiers.append(tier.value)
        }
        if tiers.count > Self.mostTiers {
            self.fail(tiers[Self.mostTiers].mark, "more than \(Self.mostTiers) tiers", remedy: "join some")
        }
    }

    /// `hosts` and `loads`: the leaves of the power graph.
    mutating func readConsumers(of file: inout ConfigurationSection) {
        for (key, kind) in [("hosts", "host"), ("loads", "load")] {
            guard let section = self.section(key, of: &file) else { continue }
            for entry in section.entries {
                guard self.configuration.rack.consumers.count < Self.mostConsumers else {
                    self.fail(entry.mark, "more than \(Self.mostConsumers) hosts and loads", remedy: "remove some")
                    return
                }
                self.readConsumer(entry, kind)
            }
        }
    }

    /// One host or load.
    private mutating func readConsumer(_ entry: ConfigurationNode.Entry, _ kind: String) {
        self.checkName(entry.key, kind, at: entry.mark)
        let index = self.configuration.rack.consumers.count
        self.places[.consumer(index)] = entry.mark
        let name = "\(kind) \(entry.key)"
        let body = self.section(name, entry.value, at: entry.mark)
        var section = body ?? ConfigurationSection(name, at: entry.mark, [])
        var consumer = Consumer(id: HostID(entry.key), kind: .load, tier: "", feeds: [])
        if body != nil { self.readPower(of: &consumer, index, from: &section) }
        self.readNeeds(of: &consumer, index, from: &section)
        if kind == "host" {
            self.readPlans(ofHost: &consumer, index, from: &section)
        } else {
            self.readPlans(ofLoad: &consumer, from: &section)
        }
        consumer.watts = self.watts("watts", of: &section, isPositive: false)
        if let text = self.description(of: &section) { self.configuration.hostDescriptions[consumer.id] = text }
        self.readMachine(of: consumer, from: &section)
        self.configuration.rack.consumers.append(consumer)
        self.finish(section)
    }

    /// Tier, feeds and how many of them it takes.
    private mutating func readPower(
        of consumer: inout Consumer, _ index: Int, from section: inout ConfigurationSection
    ) {
        let hasTier = section.contains("tier")
        if let tier = self.text("tier", of: &section) {
            consumer.tier = tier.value
            self.places[.consumerTier(index)] = tier.mark
        } else if !hasTier {
            self.fail(section.mark, "\(section.name) has no tier", remedy: "add tier: with a name from tiers")
        }
        let hasFeeds = section.contains("feeds")
        let feeds = self.texts("feeds", of: &section)
        for text in feeds ?? [] {
            guard let feed = self.feed(text, of: section) else { continue }
            self.places[.feed(index, consumer.feeds.count)] = text.mark
            consumer.feeds.append(feed)
        }
        if !hasFeeds || feeds?.isEmpty == true {
            self.fail(section.mark, "\(section.name) has no feed", remedy: "add feeds: [PDU/OUTLET] or feeds: [UPS]")
        }
        self.readRequires(of: &consumer, index, isComplete: consumer.feeds.count == feeds?.count, from: &section)
    }

    /// `requires`; of a host whose feeds could not be read nothing is said about their number.
    private mutating func readRequires(
        of consumer: inout Consumer, _ index: Int, isComplete: Bool, from section: inout ConfigurationSection
    ) {
        guard let requires = self.value("requires", of: &section, ConfigurationScalar.whole), isComplete else { return }
        consumer.requires = requires.value
        self.places[.requires(index)] = requires.mark
    }

    /// A UPS's name, or `PDU/OUTLET`.
    private mutating func feed(_ text: Marked<String>, of section: ConfigurationSection) -> Feed? {
        guard text.value.contains("/") else { return .ups(DeviceID(text.value)) }
        if let outlet = OutletID(parsing: text.value) { return .outlet(outlet) }
        self.fail(
            text.mark, "\(section.name): feeds: '\(text.value)' is no outlet", remedy: "write it like rack-a/4")
        return nil
    }

    /// What it needs, and when it is shed.
    private mutating func readNeeds(
        of consumer: inout Consumer, _ index: Int, from section: inout ConfigurationSection
    ) {
        for need in self.texts("needs", of: &section) ?? [] {
            self.places[.need(index, consumer.needs.count)] = need.mark
            consumer.needs.append(HostID(need.value))
        }
        if let isProtected = self.value("protected", of: &section, ConfigurationScalar.boolean) {
            consumer.isProtected = isProtected.value
        }
        if let shed = section.take("shed") {
            consumer.shed = self.triggers("\(section.name): shed", shed.value)
        }
    }
}
