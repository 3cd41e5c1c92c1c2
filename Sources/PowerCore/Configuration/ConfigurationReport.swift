/// What `upsd-swift --check` prints: every problem on a line of its own, then what was understood.
public enum ConfigurationReport {
    /// The whole text, ending with a newline.
    ///
    /// With an error there is no overview, only the problems and their number.
    public static func text(_ reading: ConfigurationReading, file: String) -> String {
        var lines = reading.problems.map { $0.line(in: file) }
        lines.append(Self.verdict(reading, file: file))
        if let configuration = reading.configuration {
            lines += [""] + Self.powerLines(configuration) + Self.tierLines(configuration)
            lines += Self.hostLines(configuration) + Self.storeLines(configuration)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// How many problems there are, and of what there would be a daemon.
    private static func verdict(_ reading: ConfigurationReading, file: String) -> String {
        let errors = reading.problems.filter { $0.severity == .error }.count
        let warnings = reading.problems.count - errors
        let counts = "\(Self.count(errors, "error")), \(Self.count(warnings, "warning"))"
        guard let configuration = reading.configuration else { return "\(file): \(counts)" }
        let hosts = configuration.rack.consumers.filter(\.isHost).count
        let parts = [
            Self.count(configuration.upses.count, "UPS", "UPSes"), Self.count(configuration.pdus.count, "PDU"),
            Self.count(hosts, "host"), Self.count(configuration.rack.consumers.count - hosts, "load"),
            Self.count(configuration.server.users.count, "user"),
        ]
        return "\(file): \(counts); \(parts.joined(separator: ", "))"
    }

    /// Every UPS with what hangs on it.
    private static func powerLines(_ configuration: Configuration) -> [String] {
        configuration.upses.flatMap { ups in
            let direct = configuration.rack.consumers.filter { $0.feeds.contains(.ups(ups.rack.id)) }
            let pdus = configuration.pdus.filter { $0.rack.feed == ups.rack.id }
            return [Self.line(ups)] + direct.map { "  \($0.id)" }
                + pdus.flatMap { Self.lines($0, configuration.rack) }
        }
    }

    /// A UPS in one line: `river: emulated, 286 Wh, 600 W, on mains`.
    private static func line(_ ups: Configuration.UPS) -> String {
        var words: [String] = []
        switch ups.driver {
        case .usbHID: words.append("usb-hid")
        case .emulated(let emulated): words.append("emulated \(emulated.model)")
        case .dummy(let dummy): words.append("made up from \(dummy.file)")
        case .nutUpstream(let upstream): words.append("\(upstream.name)@\(upstream.server)")
        case .nutDriver(let driver): words.append("NUT driver at \(driver.path)")
        case .snmp(let agent): words.append("snmp at \(agent.address)")
        }
        if let capacity = ups.rack.capacity { words.append("\(ConfigurationScalar.text(capacity.value)) Wh") }
        if let rated = ups.rack.rated { words.append("\(ConfigurationScalar.text(rated.value)) W") }
        words.append("on \(ups.rack.source)")
        return "\(ups.rack.id): \(words.joined(separator: ", "))"
    }

    /// A PDU and its outlets that are in use.
    private static func lines(_ pdu: Configuration.PDU, _ rack: Rack) -> [String] {
        let outlets = (1...max(1, pdu.outletCount)).compactMap { number -> String? in
            let id = OutletID(pdu.rack.id, number)
            let consumers = rack.consumers.filter { $0.feeds.contains(.outlet(id)) }
            let fed = consumers.map { "\($0.id)\($0.isProtected ? " (protected)" : "")" }
            let names = fed.isEmpty ? [pdu.outletNames[number]].compactMap(\.self) : fed
            return names.isEmpty ? nil : "    \(id)  \(names.joined(separator: ", "))"
        }
        let via = pdu.rack.via.isEmpty ? "" : ", \(Self.via(pdu.rack.via))"
        return ["  \(pdu.rack.id): \(pdu.driver.inWords)\(via)"] + outlets
    }

    /// The tiers in the order in which they are shed.
    private static func tierLines(_ configuration: Configuration) -> [String] {
        let rack = configuration.rack
        guard !rack.tiers.isEmpty else { return [] }
        return ["", "shed in this order:"]
            + rack.tiers.enumerated().map { index, tier in
                let names = rack.consumers.filter { $0.tier == tier }.map(\.id.name)
                let triggers = configuration.policy.triggers[tier] ?? [.lastSafeMoment]
                let when = triggers.map(Self.text).joined(separator: ", or ")
                return "  \(index + 1). \(tier) (\(names.joined(separator: " "))): \(when)"
            }
    }

    /// A trigger in words.
    private static func text(_ trigger: Trigger) -> String {
        switch trigger {
        case .onBattery(let time): "after \(ConfigurationScalar.text(time)) on battery"
        case .charge(let share): "at \(ConfigurationScalar.text(share.value))% charge"
        case .runtime(let time): "with \(ConfigurationScalar.text(time)) left"
        case .lastSafeMoment: "at the last safe moment"
        }
    }

    /// `1 error`, `2 errors`.
    private static func count(_ number: Int, _ word: String, _ plural: String? = nil) -> String {
        "\(number) \(number == 1 ? word : plural ?? word + "s")"
    }
}
