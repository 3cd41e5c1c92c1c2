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
    /// Lets the PDU itself take an outlet's power away and give it again, which goes on when nobody can reach it any more.
    ///
    /// Returns when the PDU has taken the order. `offTime` is a wish: many devices have a time of their own.
    func cycle(_ outlet: Int, offTime: Duration) async throws(DeviceFailure)
    /// Stores another name for an outlet in the PDU.
    func rename(_ outlet: Int, to name: String) async throws(DeviceFailure)
}

extension OutletController {
    /// Most devices can only be switched on and off.
    public func cycle(_ outlet: Int, offTime: Duration) async throws(DeviceFailure) {
        throw DeviceFailure(
            .notSupported, device: "outlet \(outlet)", detail: "the device cannot switch it off and on by itself",
            remedy: "leave out --native")
    }

    /// Most devices keep no names.
    public func rename(_ outlet: Int, to name: String) async throws(DeviceFailure) {
        throw DeviceFailure(
            .notSupported, device: "outlet \(outlet)", detail: "the device keeps no names of outlets",
            remedy: "name it under outlets: in the configuration")
    }
}

/// Tells hosts to stop and to start in the ways that do not go through the NUT server, and looks for them.
public protocol HostControl: Sendable {
    /// Asks `host` to stop; returns when the way has taken the order. Says nothing of whether the host obeys.
    ///
    /// What is returned is for the log: what a program had to say, on one line; empty where there is nothing.
    @discardableResult
    func stop(_ host: HostID, by way: StopPlan.Way) async throws(HostFailure) -> String
    /// Starts `host`; returns when the method has been carried out. Says nothing of whether the host comes up.
    ///
    /// What is returned is for the log, as with ``stop(_:by:)``.
    @discardableResult
    func start(_ host: HostID, by method: StartPlan.Method) async throws(HostFailure) -> String
    /// Looks for `host` by all its probes at once; decides within some seconds.
    func look(for host: HostID) async -> HostSighting
}

/// What a look for a host on the network has shown.
public enum HostSighting: Hashable, Sendable {
    /// A probe was answered: it is up.
    case answers
    /// Every probe was carried out and nothing at all came back: a witness that it is down.
    case silent
    /// A witness of neither, in words: it refused, or the look itself was not possible (its name is not known).
    case unclear(String)
}

/// Why a host could not be told, with the sentence a person is shown; the output of a program is part of it.
public struct HostFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence without a full stop.
    public var reason: String

    /// Makes a failure.
    public init(_ reason: String) {
        self.reason = reason
    }

    /// The sentence.
    public var description: String { self.reason }
}

/// Keeps what must outlive the daemon.
public protocol PolicyJournal: Sendable {
    /// Writes the entries, and returns when they are on the disk or when that takes too long.
    ///
    /// Called before what cannot be undone. A failure is said, and stops nothing: a disk that is full must not keep a host
    /// from being told.
    func write(_ entries: [JournalEntry], at now: Moment) -> JournalFailure?
    /// Adds an event to the history, some time soon; never waits and never fails aloud.
    func note(_ event: HistoryEvent)
}

/// Why the journal could not be written, as a sentence without a full stop.
public struct JournalFailure: Error, Hashable, Sendable {
    /// The sentence (`/var/lib/upsd-swift/events.sqlite cannot be written: the disk is full`).
    public var reason: String

    /// Makes a failure.
    public init(_ reason: String) {
        self.reason = reason
    }
}

/// A line of the history: something seen, decided or done, and by whom.
public struct HistoryEvent: Hashable, Sendable {
    /// When it happened, on the daemon's time line.
    public var moment: Moment
    /// How much a person should care.
    public var level: PolicyRecord.Level
    /// The device, host, load or outlet it is about.
    public var subject: String
    /// Who did it; nil for the daemon itself.
    public var actor: String?
    /// What happened, as a sentence without a full stop.
    public var text: String

    /// Makes an event.
    public init(moment: Moment, level: PolicyRecord.Level, subject: String, actor: String? = nil, text: String) {
        self.moment = moment
        self.level = level
        self.subject = subject
        self.actor = actor
        self.text = text
    }
}
