/// The three kinds of report a HID device has (HID 1.11, 7.2.1: the high byte of `wValue`).
public enum ReportType: UInt8, Hashable, Sendable, CaseIterable {
    /// Sent by the device, also by itself.
    case input = 1
    /// Sent by the host.
    case output = 2
    /// Read and written through the control endpoint.
    case feature = 3
}
