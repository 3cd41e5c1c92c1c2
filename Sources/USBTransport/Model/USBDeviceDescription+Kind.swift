extension USBDeviceDescription {
    /// What a device probably is, by its numbers and its product string.
    public enum Kind: String, Hashable, Sendable {
        /// A HID power device.
        case ups = "UPS, driver usb-hid"
        /// A board of relays.
        case relayBoard = "relay board, driver usb-relay"
        /// A power strip with outlets that can be switched.
        case powerStrip = "power strip, driver usb-sispm"
    }

    /// The product strings of relay boards.
    public static let relayBoardProduct = "USBRelay[1-8]"

    /// What it is; nil where its numbers say nothing: it may still be a UPS.
    public var kind: Kind? {
        if USBDeviceID.powerDevices.contains(where: { $0.covers(self) }) { return .ups }
        if USBDeviceID.powerStrips.contains(where: { $0.covers(self) }) { return .powerStrip }
        let isRelay = USBDeviceID.relayBoards.contains { $0.covers(self) } && self.product.hasPrefix("USBRelay")
        return isRelay ? .relayBoard : nil
    }
}
