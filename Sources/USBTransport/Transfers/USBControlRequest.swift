internal import HIDReport

/// What the first eight bytes of a control transfer ask for (USB 2.0, 9.3), and the bytes that go with it.
struct USBControlRequest: Hashable, Sendable {
    var type: UInt8
    var request: UInt8
    var value: UInt16
    var index: UInt16
    /// The most bytes the device may answer with; for what is sent, their number.
    var length: UInt16
    /// The bytes sent; empty where the device answers.
    var payload: [UInt8]
    /// The request for messages: `GET_REPORT(feature, 0x0c)`.
    var name: String

    /// Whether the device answers with bytes.
    var isRead: Bool { self.type & 0x80 != 0 }

    /// The most bytes of one control transfer: libusb refuses more on Linux, whose usbfs does not take them.
    static let maximumLength = 4096

    /// HID 1.11, 7.2.1.
    static func getReport(_ type: ReportType, id: UInt8, length: Int, interface: UInt8) -> Self {
        Self(
            type: 0xa1, request: 0x01, value: Self.value(type, id), index: UInt16(interface),
            length: UInt16(clamping: min(max(length, 1), Self.maximumLength)), payload: [],
            name: "GET_REPORT(\(type), \(hexByte(id)))")
    }

    /// HID 1.11, 7.2.2.
    static func setReport(_ type: ReportType, id: UInt8, bytes: [UInt8], interface: UInt8) -> Self {
        Self(
            type: 0x21, request: 0x09, value: Self.value(type, id), index: UInt16(interface),
            length: UInt16(clamping: bytes.count), payload: bytes, name: "SET_REPORT(\(type), \(hexByte(id)))")
    }

    /// HID 1.11, 7.1.1: a class descriptor is asked of the interface.
    static func classDescriptor(_ kind: UInt8, length: Int, interface: UInt8) -> Self {
        Self(
            type: 0x81, request: 0x06, value: UInt16(kind) << 8, index: UInt16(interface),
            length: UInt16(clamping: min(length, Self.maximumLength)), payload: [],
            name: "GET_DESCRIPTOR(\(hexByte(kind)), \(length) bytes)")
    }

    /// USB 2.0, 9.4.3.
    static func string(_ index: UInt8, language: UInt16) -> Self {
        Self(
            type: 0x80, request: 0x06, value: UInt16(USBStringDescriptor.type) << 8 | UInt16(index),
            index: language, length: UInt16(USBStringDescriptor.maximumLength), payload: [],
            name: "GET_DESCRIPTOR(string \(index))")
    }

    private static func value(_ type: ReportType, _ id: UInt8) -> UInt16 {
        UInt16(type.rawValue) << 8 | UInt16(id)
    }
}

/// Two hexadecimal digits after `0x`.
func hexByte(_ byte: UInt8) -> String {
    "0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
}
