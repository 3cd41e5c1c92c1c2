extension ConfigurationReader {
    /// The largest PDUs have 48 outlets; every outlet costs a handful of variables.
    static let mostOutlets = 64
    /// What a PDU has that does not say how many.
    static let usualOutlets = 8

    /// `pdu`: every PDU with its driver.
    mutating func readPDUs(of file: inout ConfigurationSection) {
        guard let section = self.section("pdu", of: &file) else { return }
        for entry in section.entries {
            guard self.configuration.pdus.count < Self.mostDevices else {
                self.fail(entry.mark, "more than \(Self.mostDevices) PDUs", remedy: "remove some")
                return
            }
            self.checkName(entry.key, "PDU", at: entry.mark)
            let index = self.configuration.pdus.count
            self.places[.pdu(index)] = entry.mark
            let body = self.section("pdu \(entry.key)", entry.value, at: entry.mark)
            var fields = body ?? ConfigurationSection("pdu \(entry.key)", at: entry.mark, [])
            let pdu = self.pdu(DeviceID(entry.key), index: index, isReadable: body != nil, of: &fields)
            self.configuration.pdus.append(pdu)
            self.configuration.rack.pdus.append(pdu.rack)
        }
    }

    /// The lab can only darken its own PDUs: an emulated one must hang on an emulated UPS.
    mutating func checkEmulatedFeeds() {
        for (index, pdu) in self.configuration.pdus.enumerated() {
            guard let ups = self.configuration.upses.first(where: { $0.rack.id == pdu.rack.feed }),
                !ups.isEmulated, case .emulated = pdu.driver, !self.unknownDrivers.contains(pdu.rack.id),
                !self.unknownDrivers.contains(ups.rack.id)
            else { continue }
            self.fail(
                self.places[.pduFeed(index)] ?? .start,
                "pdu \(pdu.rack.id) is emulated, but ups \(ups.rack.id), which it is plugged into, is not",
                remedy: "remove the PDU, or make the UPS an emulated one")
        }
    }

    /// One PDU.
    private mutating func pdu(
        _ id: DeviceID, index: Int, isReadable: Bool, of section: inout ConfigurationSection
    ) -> Configuration.PDU {
        let driver = isReadable ? self.pduDriver(of: &section, called: id) : nil
        let isKnown = driver != nil
        if !isKnown { self.unknownDrivers.insert(id) }
        let hasFeed = section.contains("feed") || !isReadable
        let feed = self.text("feed", of: &section)
        if !hasFeed {
            self.fail(section.mark, "\(section.name) has no feed", remedy: "add feed: and the UPS it is plugged into")
        }
        self.places[.pduFeed(index)] = feed?.mark
        let (count, names, namesAtDevice) = self.outlets(of: &section)
        // With an unknown driver the number of outlets is not known: nothing must be said of those that are used.
        var pdu = Configuration.PDU(
            rack: RackPDU(id: id, feed: DeviceID(feed?.value ?? "")),
            driver: driver ?? .emulated(outlets: Self.mostOutlets), outletNames: names)
        pdu.namesAtDevice = namesAtDevice
        if case .emulated = driver { pdu.driver = .emulated(outlets: count) }
        pdu.rack.via = self.via(of: &section) { .pduVia(index, $0) }
        self.readShared(of: &pdu, index, from: &section)
        pdu.description = self.description(of: &section)
        if let poll = self.duration("poll", of: &section, in: Self.polls) { pdu.pollInterval = poll }
        if isKnown { self.finish(section) }
        return pdu
    }

    /// The drivers of PDUs.
    static let pduDrivers = [
        "snmp", "usb-relay", "usb-sispm", "http", "kasa", "powerman", "command", "nut-driver", "nut-upstream",
        "emulated",
    ]

    /// `driver` of a PDU and what belongs to it; nil after an error.
    private mutating func pduDriver(
        of section: inout ConfigurationSection, called id: DeviceID
    ) -> Configuration.PDU.Driver? {
        guard section.contains("driver") else {
            self.fail(section.mark, "\(section.name) has no driver", remedy: "add driver: emulated")
            return nil
        }
        guard let name = self.text("driver", of: &section) else { return nil }
        switch name.value {
        case "emulated": return .emulated(outlets: Self.usualOutlets)
        case "snmp": return self.snmp(of: &section, called: id).map { .snmp($0) }
        case "usb-relay": return self.usbOutlets(of: &section).map { .usbRelay($0) }
        case "usb-sispm": return self.usbOutlets(of: &section).map { .usbSispm($0) }
        case "http": return self.httpOutlets(of: &section, called: id).map { .http($0) }
        case "kasa": return self.kasa(of: &section).map { .kasa($0) }
        case "powerman": return self.powerman(of: &section).map { .powerman($0) }
        case "command": return self.outletCommands(of: &section, called: id).map { .command($0) }
        case "nut-driver": return self.nutDriver(of: &section, called: id).map { .nutDriver($0) }
        case "nut-upstream": return self.nutUpstream(of: &section, called: id).map { .nutUpstream($0) }
        default:
            self.failDriver(
                name, of: section, known: Self.pduDrivers,
                otherwise: "remove this PDU, and feed what hangs on it from its UPS")
            return nil
        }
    }

    /// `outlets`: how many there are, or names by number.
    private mutating func outlets(
        of section: inout ConfigurationSection
    ) -> (count: Int, names: [Int: String], namesAtDevice: [Int: String]) {
        guard let entry = section.take("outlets") else { return (Self.usualOutlets, [:], [:]) }
        guard case .mapping(let entries) = entry.value.content else {
            var counted = ConfigurationSection(section.name, at: section.mark, [entry])
            return (self.whole("outlets", of: &counted, in: 1...Self.mostOutlets) ?? Self.mostOutlets, [:], [:])
        }
        self.checkRepeated(entries, "\(section.name): outlets")
        var (names, namesAtDevice): ([Int: String], [Int: String]) = ([:], [:])
        for entry in entries {
            guard let number = self.outletNumber(entry, of: section) else { continue }
            let label = "\(section.name): outlet \(number)"
            let (name, nameAtDevice) = self.outletNames(entry.value, label)
            namesAtDevice[number] = nameAtDevice
            guard let name else { continue }
            if names.values.contains(where: { $0.lowercased() == name.lowercased() }) {
                self.fail(entry.value.mark, "\(section.name): two outlets are called '\(name)'", remedy: "rename one")
            }
            names[number] = name
        }
        let most = max(names.keys.max() ?? 0, namesAtDevice.keys.max() ?? 0)
        return (max(Self.usualOutlets, most), names, namesAtDevice)
    }

    /// `shared`: the outlets that feed more than one thing on purpose.
    private mutating func readShared(
        of pdu: inout Configuration.PDU, _ index: Int, from section: inout ConfigurationSection
    ) {
        for text in self.texts("shared", of: &section) ?? [] {
            guard let number = try? ConfigurationScalar.whole(text.value), (1...Self.mostOutlets).contains(number)
            else {
                self.fail(
                    text.mark, "\(section.name): shared: '\(text.value)' is no outlet number",
                    remedy: "write a number from 1 to \(Self.mostOutlets)")
                continue
            }
            self.places[.pduShared(index, number)] = text.mark
            pdu.rack.shared.insert(number)
        }
    }

    /// `via` of a PDU or host: what orders to it travel through, each name at the place that `place` gives it.
    mutating func via(
        of section: inout ConfigurationSection, _ place: (Int) -> RackValidation.Place
    ) -> [HostID] {
        let names = self.texts("via", of: &section) ?? []
        for (number, name) in names.enumerated() { self.places[place(number)] = name.mark }
        return names.map { HostID($0.value) }
    }

    /// One outlet's number; nil after an error.
    private mutating func outletNumber(
        _ entry: ConfigurationNode.Entry, of section: ConfigurationSection
    ) -> Int? {
        guard let number = try? ConfigurationScalar.whole(entry.key), (1...Self.mostOutlets).contains(number) else {
            self.fail(
                entry.mark, "\(section.name): outlets: '\(entry.key)' is no outlet number",
                remedy: "write a number from 1 to \(Self.mostOutlets)")
            return nil
        }
        return number
    }

    /// One outlet's name here, and with `name-at-device` the one that it must have at the PDU.
    private mutating func outletNames(
        _ node: ConfigurationNode, _ label: String
    ) -> (name: String?, nameAtDevice: String?) {
        guard case .mapping = node.content else {
            let name = self.text(label, node)
            if let name { self.checkName(name, "outlet", at: node.mark) }
            return (name, nil)
        }
        guard var fields = self.section(label, node, at: node.mark) else { return (nil, nil) }
        let (name, nameAtDevice) = (self.text("name", of: &fields), self.text("name-at-device", of: &fields))
        if let name { self.checkName(name.value, "outlet", at: name.mark) }
        self.finish(fields)
        return (name?.value, nameAtDevice?.value)
    }
}
