/// An interface of class 3 (HID 1.11, 4.1) in a device's configuration.
public struct USBHIDInterface: Hashable, Sendable {
    /// The interface's number: 0 for most UPSes, 1 for a Liebert PSI5, 2 for an Arduino.
    public var number: UInt8
    /// The address of its interrupt IN endpoint; nil where it has none.
    public var inputEndpoint: UInt8?
    /// The most bytes one packet of that endpoint carries.
    public var inputPacketSize: Int
    /// The length of the report descriptor, as the HID descriptor within the configuration announces it; nil where
    /// it announces none.
    public var announcedLength: Int?

    /// Makes an interface.
    public init(number: UInt8, inputEndpoint: UInt8? = nil, inputPacketSize: Int = 0, announcedLength: Int? = nil) {
        self.number = number
        self.inputEndpoint = inputEndpoint
        self.inputPacketSize = inputPacketSize
        self.announcedLength = announcedLength
    }
}
