public import HIDReport
public import PowerCore

/// An open HID device on USB.
///
/// Requests from several tasks take turns. Closes itself when it is dropped, though only ``close()`` tells when that is
/// done.
public final class USBDevice: HIDDevice {
    /// Reports kept until they are read; when more come, the oldest are dropped: only the newest state matters.
    public static let inputReportLimit = 64

    /// Who the device is.
    public let identity: HIDIdentity
    /// The raw report descriptor as the device gave it, which may be shorter than it announced.
    public let reportDescriptor: [UInt8]
    /// Reports the device sends by itself, in order, for one reader; ends when the device is gone or closed.
    public let inputReports: AsyncStream<ReceivedReport>

    private let connection: USBConnection
    private let options: USBOptions
    private let language: UInt16

    /// Asks an open device for its report descriptor, and starts reading what it sends by itself.
    init(_ connection: USBConnection, _ options: USBOptions, _ timekeeper: any Timekeeper) async throws(USBError) {
        self.connection = connection
        self.options = options
        self.identity = connection.handle.device.identity
        let isAsked = options.readsDescriptors
        self.reportDescriptor = isAsked ? try await connection.reportDescriptor(timeout: options.timeout) : []
        self.language =
            isAsked
            ? await connection.language(timeout: options.timeout) : USBStringDescriptor.firstLanguage(in: [])
        let (stream, reports) = AsyncStream.makeStream(
            of: ReceivedReport.self, bufferingPolicy: .bufferingNewest(Self.inputReportLimit))
        self.inputReports = stream
        let interface = connection.handle.interface
        let length = InputReportLength.bytes(
            descriptor: self.reportDescriptor, packetSize: interface.inputPacketSize)
        guard options.readsInputReports, let endpoint = interface.inputEndpoint, length > 0 else { return }
        connection.readInput(endpoint: endpoint, length: length) { bytes in
            reports.yield(ReceivedReport(bytes: bytes, moment: timekeeper.now))
        } ended: {
            reports.finish()
        }
    }

    deinit {
        self.connection.startClosing()
    }

    /// Asks for a report (HID 1.11, 7.2.1).
    ///
    /// The reply is what came: it may be empty, shorter than `length`, or another report than was asked for.
    public func getReport(_ type: ReportType, id: UInt8, length: Int) async throws(DeviceFailure) -> [UInt8] {
        let interface = self.connection.handle.interface.number
        return try await self.transfer(.getReport(type, id: id, length: length, interface: interface))
    }

    /// Sends a report (HID 1.11, 7.2.2).
    public func setReport(_ type: ReportType, id: UInt8, bytes: [UInt8]) async throws(DeviceFailure) {
        let interface = self.connection.handle.interface.number
        let request = USBControlRequest.setReport(type, id: id, bytes: bytes, interface: interface)
        guard bytes.count <= USBControlRequest.maximumLength else {
            let detail = "\(request.name): \(bytes.count) bytes are more than \(USBControlRequest.maximumLength)"
            throw DeviceFailure(.notSupported, device: self.connection.label, detail: detail)
        }
        _ = try await self.transfer(request)
    }

    /// Reads a string descriptor in the device's first language, trimmed; index 0 is no string, and empty.
    public func string(at index: UInt8) async throws(DeviceFailure) -> String {
        guard index != 0 else { return "" }
        return USBStringDescriptor.text(in: try await self.transfer(.string(index, language: self.language)))
    }

    /// Gives the device back to the system, a detached kernel driver included; harmless when repeated.
    public func close() async {
        await self.connection.close()
    }

    private func transfer(_ request: USBControlRequest) async throws(DeviceFailure) -> [UInt8] {
        do throws(USBError) {
            return try await self.connection.transfer(request, timeout: self.options.timeout)
        } catch {
            throw error.failure
        }
    }
}
