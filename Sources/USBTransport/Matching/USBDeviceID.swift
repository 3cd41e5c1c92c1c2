/// A kind of device by its numbers.
public struct USBDeviceID: Hashable, Sendable, CustomStringConvertible {
    /// The vendor's number.
    public var vendor: UInt16
    /// The product's number; nil for all of the vendor's.
    public var product: UInt16?

    /// Makes an id.
    public init(_ vendor: UInt16, _ product: UInt16? = nil) {
        self.vendor = vendor
        self.product = product
    }

    /// Vendor and product as lsusb writes them (`04b4:fd13`; `0463:` for all of a vendor's).
    public var description: String { "\(hex(self.vendor)):\(self.product.map(hex) ?? "")" }

    func covers(_ device: USBDeviceDescription) -> Bool {
        device.vendorID == self.vendor && (self.product ?? device.productID) == device.productID
    }
}
