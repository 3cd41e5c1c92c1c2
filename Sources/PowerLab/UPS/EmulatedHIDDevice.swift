public import HIDReport
public import PowerCore

/// An emulated UPS as an open HID device; made by ``EmulatedUPSPort``.
public final class EmulatedHIDDevice: HIDDevice {
    /// Who the device is.
    public let identity: HIDIdentity
    /// The report descriptor, absurd when the port was told so.
    public let reportDescriptor: [UInt8]
    /// Reports the device sends by itself; ends when it is unplugged or closed.
    public let inputReports: AsyncStream<ReceivedReport>
    private let handle: UInt64
    private let port: EmulatedUPSPort

    init(
        _ port: EmulatedUPSPort, handle: UInt64, reportDescriptor: [UInt8], inputReports: AsyncStream<ReceivedReport>
    ) {
        self.identity = port.identity
        self.reportDescriptor = reportDescriptor
        self.inputReports = inputReports
        self.handle = handle
        self.port = port
    }

    /// Asks for a report, of which at most `length` bytes come back.
    public func getReport(_ type: ReportType, id: UInt8, length: Int) async throws(DeviceFailure) -> [UInt8] {
        let request = "GET_REPORT(\(type), \(id.hexadecimal))"
        return try await self.port.transfer(request, report: id, of: self.handle) { ups, disguise in
            guard let reply = ups.report(type, id: id) else { return nil }
            return Array(disguise(reply).prefix(max(0, length)))
        }
    }

    /// Sends a report, the ID first.
    public func setReport(_ type: ReportType, id: UInt8, bytes: [UInt8]) async throws(DeviceFailure) {
        let request = "SET_REPORT(\(type), \(id.hexadecimal))"
        try await self.port.transfer(request, report: id, of: self.handle) { ups, _ in
            ups.setReport(type, id: id, bytes: bytes) ? () : nil
        }
    }

    /// Reads a string descriptor.
    public func string(at index: UInt8) async throws(DeviceFailure) -> String {
        try await self.port.transfer("string \(index)", report: nil, of: self.handle) { ups, disguise in
            guard let text = ups.string(at: index) else { return nil }
            return String(decoding: disguise(Array(text.utf8)), as: UTF8.self)
        }
    }

    /// Lets another one open the device.
    public func close() async {
        self.port.close(self.handle)
    }
}
