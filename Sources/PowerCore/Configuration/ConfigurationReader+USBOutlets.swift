extension ConfigurationReader {
    /// `driver: usb-relay` or `driver: usb-sispm` with `match`; nil after an error.
    mutating func usbOutlets(of section: inout ConfigurationSection) -> Configuration.USBOutlets? {
        Configuration.USBOutlets()
    }
}
