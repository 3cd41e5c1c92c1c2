public import PowerCore

/// What is known of a plugged-in device without talking to it.
public struct USBDeviceDescription: Hashable, Sendable {
    /// The vendor's number.
    public var vendorID: UInt16
    /// The product's number.
    public var productID: UInt16
    /// The device's release number in binary coded decimal (`0x0100` is 1.00).
    public var release: UInt16
    /// The manufacturer string, trimmed; empty where there is none.
    public var manufacturer: String
    /// The product string, trimmed; empty where there is none.
    public var product: String
    /// The serial number string, trimmed; empty where there is none.
    public var serial: String
    /// The place where it is plugged in.
    public var portPath: USBPortPath
    /// The number the kernel gave it on its bus; another one after each replug.
    public var address: UInt8
    /// Its interfaces of class HID, in the order of the configuration.
    public var hidInterfaces: [USBHIDInterface]

    /// Makes a description.
    public init(
        vendorID: UInt16, productID: UInt16, release: UInt16 = 0x0100, manufacturer: String = "",
        product: String = "", serial: String = "", portPath: USBPortPath, address: UInt8,
        hidInterfaces: [USBHIDInterface] = []
    ) {
        self.vendorID = vendorID
        self.productID = productID
        self.release = release
        self.manufacturer = manufacturer
        self.product = product
        self.serial = serial
        self.portPath = portPath
        self.address = address
        self.hidInterfaces = hidInterfaces
    }

    /// The bus, 1 and up.
    public var bus: UInt8 { self.portPath.bus }

    /// Vendor and product as everybody writes them (`3746:ffff`).
    public var ids: String { "\(hex(self.vendorID)):\(hex(self.productID))" }

    /// The device node that libusb opens (`/dev/bus/usb/001/004`).
    public var node: String { "/dev/bus/usb/\(threeDigits(self.bus))/\(threeDigits(self.address))" }

    /// The device as a user knows it, for messages: `3746:ffff "EF-UPS-RIVER 3 Plus" serial R631ZAB port 1-1`.
    public var label: String {
        var words = [self.ids]
        if !self.product.isEmpty { words.append("\"\(self.product)\"") }
        if !self.serial.isEmpty { words.append("serial \(self.serial)") }
        words.append("port \(self.portPath)")
        return words.joined(separator: " ")
    }

    /// The same facts as the port above the transport has them.
    public var identity: HIDIdentity {
        HIDIdentity(
            vendorID: self.vendorID, productID: self.productID, release: self.release,
            manufacturer: self.manufacturer, product: self.product, serial: self.serial,
            portPath: self.portPath.description)
    }
}

/// Four hexadecimal digits, in lower case.
func hex(_ number: UInt16) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
}

/// Three decimal digits, as the kernel names device nodes and NUT writes bus, device and port.
func threeDigits(_ number: UInt8) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 3 - digits.count) + digits
}
