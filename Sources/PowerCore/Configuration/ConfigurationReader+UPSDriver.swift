extension ConfigurationReader {
    /// The models of emulated UPSes, as the lab names them.
    static let emulatedModels = ["river-3-plus", "delta-3-plus", "river-3-plus-2024", "delta-3-plus-2024"]

    /// The drivers of UPSes.
    static let upsDrivers = ["usb-hid", "snmp", "emulated", "nut-driver", "nut-upstream", "dummy"]

    /// `driver` and what belongs to it; nil after an error.
    mutating func upsDriver(
        of section: inout ConfigurationSection, called id: DeviceID
    ) -> Configuration.UPS.Driver? {
        guard section.contains("driver") else {
            self.fail(section.mark, "\(section.name) has no driver", remedy: "add driver: usb-hid")
            return nil
        }
        guard let name = self.text("driver", of: &section) else { return nil }
        switch name.value {
        case "usb-hid": return .usbHID(self.usbCriteria(of: &section))
        case "emulated": return self.emulatedUPS(of: &section)
        case "dummy": return self.dummyUPS(of: &section)
        case "snmp": return self.snmp(of: &section, called: id).map { .snmp($0) }
        case "nut-upstream": return self.nutUpstream(of: &section, called: id).map { .nutUpstream($0) }
        case "nut-driver": return self.nutDriver(of: &section, called: id).map { .nutDriver($0) }
        default:
            self.failDriver(name, of: section, known: Self.upsDrivers, otherwise: "remove this UPS")
            return nil
        }
    }

    /// Says which drivers there are.
    mutating func failDriver(
        _ name: Marked<String>, of section: ConfigurationSection, known: [String], otherwise remedy: String
    ) {
        let near = Spelling.nearest(to: name.value, among: known, atMost: 1)
        self.fail(
            name.mark,
            "\(section.name): this version knows no driver '\(name.value)', only \(known.joined(separator: ", "))",
            remedy: near.isEmpty ? remedy : "did you mean \(near[0])?")
    }

    /// `match` of a device on USB.
    mutating func usbCriteria(of section: inout ConfigurationSection) -> Configuration.USBCriteria {
        var criteria = Configuration.USBCriteria()
        guard var match = self.section("match", of: &section) else { return criteria }
        criteria.vendorID = self.usbNumber("vendor", of: &match)
        criteria.productID = self.usbNumber("product", of: &match)
        criteria.manufacturer = self.pattern("manufacturer", of: &match)?.value
        criteria.product = self.pattern("name", of: &match)?.value
        criteria.serial = self.pattern("serial", of: &match)?.value
        criteria.bus = self.pattern("bus", of: &match)?.value
        criteria.port = self.usbPort(of: &match)
        self.finish(match)
        return criteria
    }

    /// A POSIX extended regular expression, as the matching of USB devices takes it; nil where it is missing or
    /// after an error.
    private mutating func pattern(_ key: String, of section: inout ConfigurationSection) -> Marked<String>? {
        guard let text = self.text(key, of: &section) else { return nil }
        guard text.value.utf8.count <= Self.longestDescription, (try? Regex(text.value)) != nil else {
            self.fail(
                text.mark, "\(section.label(key)) is no regular expression", remedy: "write signs like ( [ * as \\(")
            return nil
        }
        // Both are common elsewhere; in POSIX the first is the letter d, which matches nothing anybody means.
        guard !text.value.contains("\\d"), !text.value.contains("(?") else {
            self.fail(
                text.mark, "\(section.label(key)) is no POSIX regular expression", remedy: "write [0-9] for a digit")
            return nil
        }
        return text
    }

    /// A vendor's or product's number as lsusb shows it, or a regular expression over such numbers.
    private mutating func usbNumber(_ key: String, of section: inout ConfigurationSection) -> String? {
        guard let text = self.pattern(key, of: &section) else { return nil }
        let digits = text.value.lowercased().hasPrefix("0x") ? text.value.dropFirst(2) : text.value[...]
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return text.value }
        guard digits.count <= 4 else {
            self.fail(
                text.mark, "\(section.label(key)) is '\(text.value)'",
                remedy: "write the four hexadecimal digits that lsusb shows, such as 0463")
            return nil
        }
        return String(repeating: "0", count: 4 - digits.count) + digits.lowercased()
    }

    /// A place such as `1-2.4`; nil where it is missing, `auto` or after an error.
    private mutating func usbPort(of section: inout ConfigurationSection) -> String? {
        guard let text = self.text("port", of: &section), text.value.lowercased() != "auto" else { return nil }
        let halves = text.value.split(separator: "-", omittingEmptySubsequences: false)
        let numbers =
            halves.prefix(1) + (halves.dropFirst().first?.split(separator: ".", omittingEmptySubsequences: false) ?? [])
        let isPath = halves.count == 2 && numbers.allSatisfy { (try? ConfigurationScalar.whole(String($0))) != nil }
        if isPath { return text.value }
        self.fail(
            text.mark, "\(section.label("port")) is '\(text.value)'",
            remedy: "write the bus and the ports such as 1-2.4, as in /sys/bus/usb/devices")
        return nil
    }

    /// `driver: emulated` with `model`, `charge` and `serial`.
    private mutating func emulatedUPS(of section: inout ConfigurationSection) -> Configuration.UPS.Driver? {
        let hasModel = section.contains("model")
        let model = self.text("model", of: &section)
        let charge = self.percent("charge", of: &section) ?? 100
        let serial = self.text("serial", of: &section)
        let remedy = "write one of \(Self.emulatedModels.joined(separator: ", "))"
        guard let model else {
            if !hasModel { self.fail(section.mark, "\(section.name) has no model", remedy: remedy) }
            return .emulated(Configuration.EmulatedUPS(model: "", charge: charge))
        }
        if !Self.emulatedModels.contains(model.value) {
            self.fail(model.mark, "\(section.name): no emulated model '\(model.value)'", remedy: remedy)
        }
        return .emulated(Configuration.EmulatedUPS(model: model.value, charge: charge, serial: serial?.value))
    }

    /// Two UPSes that are recognised by the same signs would be one device under two names.
    mutating func checkSameDevice(_ ups: Configuration.UPS, at mark: ConfigurationMark) {
        guard ups.driver.isOneDevice, !self.unknownDrivers.contains(ups.rack.id),
            let twin = self.configuration.upses.dropLast().first(where: {
                $0.driver == ups.driver && !self.unknownDrivers.contains($0.rack.id)
            })
        else { return }
        guard case .usbHID = ups.driver else {
            self.fail(mark, "ups \(ups.rack.id) is the same device as ups \(twin.rack.id)", remedy: "remove one")
            return
        }
        self.fail(
            mark, "ups \(ups.rack.id) matches the same USB device as ups \(twin.rack.id)",
            remedy: "give each the serial of its device under match")
    }
}

extension Configuration.UPS.Driver {
    /// Whether there is only one device that this can mean; made-up ones are there as often as they are named.
    var isOneDevice: Bool {
        switch self {
        case .usbHID, .snmp, .nutDriver, .nutUpstream: true
        case .emulated, .dummy: false
        }
    }
}
