extension ConfigurationReader {
    /// The two kinds of device with outlets on USB.
    enum USBOutletKind {
        /// `usb-relay`.
        case relays
        /// `usb-sispm`.
        case strip
    }

    /// `driver: usb-relay` or `driver: usb-sispm` with `match` and `id`; nil after an error.
    mutating func usbOutlets(
        of section: inout ConfigurationSection, _ kind: USBOutletKind
    ) -> Configuration.USBOutlets? {
        var device = Configuration.USBOutlets(match: self.usbCriteria(of: &section))
        let id = self.text("id", of: &section)
        if let id { device.id = self.usbOutletsID(id, of: section, kind) }
        if id != nil, device.id == nil { return nil }
        if kind == .relays {
            guard let contact = self.relayContact(of: &section) else { return nil }
            device.contact = contact
        }
        let twin = self.configuration.pdus.first { $0.driver.isSame(device, kind) }
        guard let twin else { return device }
        self.fail(
            section.mark, "\(section.name) matches the same USB device as pdu \(twin.rack.id)",
            remedy: "give each the id of its device, or its port under match")
        return nil
    }

    /// `contact`, which is open at rest where nothing else is said; nil after an error.
    private mutating func relayContact(of section: inout ConfigurationSection) -> RelayContact? {
        let isGiven = section.contains("contact")
        guard let word = self.text("contact", of: &section) else { return isGiven ? nil : .normallyOpen }
        if let contact = RelayContact(rawValue: word.value) { return contact }
        self.fail(
            word.mark, "\(section.label("contact")) is '\(word.value)'",
            remedy: "write normally-open, or normally-closed where the loads are on NC")
        return nil
    }

    /// An id as the device gives it; nil after an error.
    private mutating func usbOutletsID(
        _ id: Marked<String>, of section: ConfigurationSection, _ kind: USBOutletKind
    ) -> String? {
        let isRight: Bool
        let remedy: String
        switch kind {
        case .relays:
            isRight = id.value.utf8.count == RelayReport.idLength && id.value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
            remedy = "write the five characters of the board, such as HURTM, as device.serial shows them"
        case .strip:
            isRight = Self.isStripSerial(id.value)
            remedy = "write five bytes such as 01:02:03:5a:5b, as device.serial shows them"
        }
        if isRight { return kind == .strip ? id.value.lowercased() : id.value }
        self.fail(id.mark, "\(section.label("id")) is '\(id.value)'", remedy: remedy)
        return nil
    }

    private static func isStripSerial(_ text: String) -> Bool {
        let bytes = text.split(separator: ":", omittingEmptySubsequences: false)
        return bytes.count == PowerStripModel.length
            && bytes.allSatisfy { $0.utf8.count == 2 && $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
    }
}

extension Configuration.PDU.Driver {
    /// Whether it is found by the same signs.
    fileprivate func isSame(_ device: Configuration.USBOutlets, _ kind: ConfigurationReader.USBOutletKind) -> Bool {
        switch (self, kind) {
        case (.usbRelay(let other), .relays), (.usbSispm(let other), .strip):
            other.match == device.match && other.id == device.id
        default: false
        }
    }
}
