/// A kind of device by its numbers.
public struct USBDeviceID: Hashable, Sendable {
    /// The vendor's number.
    public var vendor: UInt16
    /// The product's number; nil for all of the vendor's.
    public var product: UInt16?

    /// Makes an id.
    public init(_ vendor: UInt16, _ product: UInt16? = nil) {
        self.vendor = vendor
        self.product = product
    }

    func covers(_ device: USBDeviceDescription) -> Bool {
        device.vendorID == self.vendor && (self.product ?? device.productID) == device.productID
    }
}
