public import PowerCore

/// What went wrong with USB: which of the six ways, what was tried, what libusb said, and what the user can do.
public struct USBError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which of the six ways in which a device fails.
    public var kind: DeviceFailure.Kind
    /// The device as the user knows it, or the description of the one looked for.
    public var device: String
    /// What was tried and how it came out, in a few words.
    public var detail: String
    /// What the user can do about it; empty where nothing is to be done.
    public var remedy: String
    /// libusb's own name of the failure (`LIBUSB_ERROR_ACCESS`); empty where libusb had no part in it.
    public var cause: String

    /// Makes an error.
    public init(
        _ kind: DeviceFailure.Kind, device: String, detail: String, remedy: String = "", cause: String = ""
    ) {
        self.kind = kind
        self.device = device
        self.detail = detail
        self.remedy = remedy
        self.cause = cause
    }

    /// The same as the port above the transport has it.
    public var failure: DeviceFailure {
        let detail = self.cause.isEmpty ? self.detail : "\(self.detail) (\(self.cause))"
        return DeviceFailure(self.kind, device: self.device, detail: detail, remedy: self.remedy)
    }

    /// One line: device, what went wrong, libusb's word for it, remedy.
    public var description: String { self.failure.description }
}
