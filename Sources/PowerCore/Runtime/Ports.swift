public import HIDReport

/// Reads the clock and waits; the only way to time for everything above the transports.
public protocol Timekeeper: Sendable {
    /// The present moment.
    var now: Moment { get }
    /// Returns when `moment` has come, or throws `CancellationError` when the task is cancelled.
    func sleep(until moment: Moment) async throws
}

/// Who a HID device says it is, and where it is plugged in.
public struct HIDIdentity: Hashable, Sendable {
    /// The vendor's number, as in `3746:ffff`.
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
    /// The port the device is plugged into as the kernel writes it (`1-2.4`), the same after a replug.
    public var portPath: String

    /// Makes an identity.
    public init(
        vendorID: UInt16, productID: UInt16, release: UInt16 = 0x0100, manufacturer: String = "",
        product: String = "", serial: String = "", portPath: String = ""
    ) {
        self.vendorID = vendorID
        self.productID = productID
        self.release = release
        self.manufacturer = manufacturer
        self.product = product
        self.serial = serial
        self.portPath = portPath
    }
}

/// A report as it came, and when.
public struct ReceivedReport: Hashable, Sendable {
    /// The bytes, the report ID first where the device numbers its reports.
    public var bytes: [UInt8]
    /// When the transfer ended.
    public var moment: Moment

    /// Makes a received report.
    public init(bytes: [UInt8], moment: Moment) {
        self.bytes = bytes
        self.moment = moment
    }
}

/// An open HID device: real through libusb, emulated in the lab.
///
/// Whoever implements it keeps transfers in order and gives every one a time-out.
public protocol HIDDevice: Sendable {
    /// Who the device is.
    var identity: HIDIdentity { get }
    /// The raw report descriptor as the device gave it, not yet trusted.
    var reportDescriptor: [UInt8] { get }
    /// Reports the device sends by itself, in order; ends when the device is gone or closed.
    var inputReports: AsyncStream<ReceivedReport> { get }
    /// Asks for a report (HID 1.11, 7.2.1); the reply may be shorter than `length`, its first byte is the ID.
    func getReport(_ type: ReportType, id: UInt8, length: Int) async throws(DeviceFailure) -> [UInt8]
    /// Sends a report (HID 1.11, 7.2.2); `bytes` begins with the ID where the device numbers its reports.
    func setReport(_ type: ReportType, id: UInt8, bytes: [UInt8]) async throws(DeviceFailure)
    /// Reads a string descriptor in the device's first language, trimmed.
    func string(at index: UInt8) async throws(DeviceFailure) -> String
    /// Gives the device back to the system, a detached kernel driver included; harmless when repeated.
    func close() async
}

/// Finds one HID device and opens it.
public protocol HIDDeviceSource: Sendable {
    /// Opens the matching device, or says why that is not possible now.
    func open() async throws(DeviceFailure) -> any HIDDevice
    /// Returns when it is worth trying ``open()`` again: something was plugged in, or `limit` has passed.
    func waitForArrival(atMost limit: Duration) async throws
}

/// A PDU whose outlets can be read and switched one by one.
public protocol OutletController: Sendable {
    /// Reads the PDU and all its outlets.
    func read() async throws(DeviceFailure) -> PDUReading
    /// Puts one outlet into a position, and returns when the PDU has taken the order.
    ///
    /// Says nothing of whether a relay moved: the caller reads the state back.
    func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure)
}
