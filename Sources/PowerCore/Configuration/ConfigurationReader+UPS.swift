extension ConfigurationReader {
    /// UPSes of one file, and as many PDUs: each has a task and a session of its own.
    static let mostDevices = 512

    /// `ups`: every UPS with its driver.
    mutating func readUPSes(of file: inout ConfigurationSection) {
        let isThere = file.contains("ups")
        let section = self.section("ups", of: &file)
        if !isThere || section?.entries.isEmpty == true {
            let mark = section?.mark ?? file.mark
            self.fail(mark, "no UPS is configured", remedy: "add `ups: {NAME: {driver: usb-hid}}`")
        }
        guard let section else { return }
        for entry in section.entries {
            guard self.configuration.upses.count < Self.mostDevices else {
                self.fail(entry.mark, "more than \(Self.mostDevices) UPSes", remedy: "remove some")
                return
            }
            self.checkName(entry.key, "UPS", at: entry.mark)
            self.places[.ups(self.configuration.upses.count)] = entry.mark
            let body = self.section("ups \(entry.key)", entry.value, at: entry.mark)
            var fields = body ?? ConfigurationSection("ups \(entry.key)", at: entry.mark, [])
            let ups = self.ups(DeviceID(entry.key), isReadable: body != nil, of: &fields)
            self.configuration.upses.append(ups)
            self.configuration.rack.upses.append(ups.rack)
            self.checkSameDevice(ups, at: entry.mark)
        }
    }

    /// One UPS.
    private mutating func ups(
        _ id: DeviceID, isReadable: Bool, of section: inout ConfigurationSection
    ) -> Configuration.UPS {
        let driver = isReadable ? self.upsDriver(of: &section, called: id) : nil
        if driver == nil { self.unknownDrivers.insert(id) }
        let rack = self.rackUPS(id, of: &section)
        var ups = Configuration.UPS(rack: rack, driver: driver ?? .usbHID(Configuration.USBCriteria()))
        ups.description = self.description(of: &section)
        self.readTimes(of: &ups, from: &section)
        ups.overrides = self.overrides(of: &section)
        if let companion = section.takeUnlisted("companion") {
            self.warn(companion.mark, "\(section.name): companion is ignored: this version reads USB HID only")
        }
        // Without its driver nobody knows which keys belong here.
        if driver != nil { self.finish(section) }
        return ups
    }

    /// What the power graph knows of the UPS.
    private mutating func rackUPS(_ id: DeviceID, of section: inout ConfigurationSection) -> RackUPS {
        var rack = RackUPS(id: id)
        if let source = self.text("source", of: &section) { rack.source = source.value }
        let energies = WattHours(0.1)...WattHours(10_000_000)
        rack.capacity = self.value("capacity", of: &section, in: energies, ConfigurationScalar.wattHours) {
            "\(ConfigurationScalar.text($0.value)) Wh"
        }
        rack.rated = self.watts("rated", of: &section)
        if let cutOff = self.value("cut-off", of: &section, Self.cutOff)?.value { rack.cutOff = cutOff }
        if let low = self.percent("low", of: &section, in: 0...50) { rack.lowMargin = low }
        return rack
    }

    /// `cut-off`: `auto` or a share.
    private static func cutOff(_ text: String) throws(ConfigurationScalar.Refusal) -> RackUPS.CutOff {
        if text == "auto" { return .automatic }
        let refusal = ConfigurationScalar.Refusal(expected: "auto, or a share below 100% such as 11%")
        guard let share = try? ConfigurationScalar.percent(text), share < 100 else { throw refusal }
        return .fixed(share)
    }

    /// How often it is read, and how long without an answer its values hold.
    private mutating func readTimes(of ups: inout Configuration.UPS, from section: inout ConfigurationSection) {
        let start = section
        if let poll = self.duration("poll", of: &section, in: Self.polls) { ups.pollInterval = poll }
        if let full = self.duration("full-poll", of: &section, in: Self.polls) { ups.fullPollInterval = full }
        if let stale = self.duration("stale-after", of: &section, in: Self.polls) { ups.staleAfter = stale }
        if ups.fullPollInterval < ups.pollInterval {
            self.fail(
                start.place(of: "full-poll", or: "poll"), "\(section.name): full-poll is shorter than poll",
                remedy: "write at least \(ConfigurationScalar.text(ups.pollInterval))")
        }
        if ups.staleAfter <= ups.pollInterval {
            self.fail(
                start.place(of: "stale-after", or: "poll"),
                "\(section.name): stale-after is not longer than poll, so that every value would be stale",
                remedy: "write more than \(ConfigurationScalar.text(ups.pollInterval))")
        }
    }

    /// Below 250 ms a full speed device has no time for anything else; above an hour nobody is protected.
    static let polls: ClosedRange<Duration> = .milliseconds(250)...(.seconds(3600))

    /// `override`: variables whose values replace the device's own.
    private mutating func overrides(of section: inout ConfigurationSection) -> [String: String] {
        guard let fields = self.section("override", of: &section) else { return [:] }
        var overrides: [String: String] = [:]
        for entry in fields.entries {
            guard let text = self.text("\(fields.name): \(entry.key)", entry.value) else { continue }
            if self.checkOverride(entry, text, of: fields) { overrides[entry.key] = text }
        }
        return overrides
    }

    /// Whether a variable may be overridden with this value.
    private mutating func checkOverride(
        _ entry: ConfigurationNode.Entry, _ text: String, of section: ConfigurationSection
    ) -> Bool {
        let label = "\(section.name): \(entry.key)"
        if ["ups.status", "ups.alarm"].contains(entry.key.lowercased()) {
            self.fail(entry.mark, "\(label) cannot be overridden: hosts are stopped by it", remedy: "remove it")
            return false
        }
        let isName =
            !entry.key.isEmpty
            && entry.key.utf8.allSatisfy {
                (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || [0x2d, 0x2e, 0x5f].contains($0)
            }
        guard isName, entry.key.utf8.count <= Self.longestName else {
            self.fail(entry.mark, "\(label) is no name of a variable", remedy: "write it like battery.charge.low")
            return false
        }
        guard Self.isPrintable(text), text.utf8.count <= 255 else {
            self.fail(
                entry.value.mark, "\(label) has a value that cannot be sent to clients",
                remedy: "use at most 255 printable ASCII characters")
            return false
        }
        return true
    }
}

extension ConfigurationSection {
    /// Where the value of the first of these keys stands that is present; the section's own place otherwise.
    func place(of first: String, or second: String) -> ConfigurationMark {
        let entry = self.entries.first { $0.key == first } ?? self.entries.first { $0.key == second }
        return entry?.value.mark ?? self.mark
    }
}
