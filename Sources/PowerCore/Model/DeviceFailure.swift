/// Why a device could not be reached or did not do what it was asked, and what can be done about it.
public struct DeviceFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The seven ways in which a device fails. Each says what the caller may do.
    public enum Kind: String, Hashable, Sendable {
        /// The device is not there (any more): close it, and look for it again.
        case gone
        /// Another program or driver holds it: try again later, and say who holds it where that is known.
        case busy
        /// The system does not let this process use it: only the user can change that.
        case notPermitted
        /// The device keeps an outlet as it is, by a lock of its own: only the user can change that.
        case locked
        /// The device does not know the request: do not ask again.
        case notSupported
        /// The device refused or answered with something that makes no sense this time: ask again later.
        case stalled
        /// No answer came in time: ask again later, with care.
        case timedOut
    }

    /// Which of the seven.
    public var kind: Kind
    /// The device as the user knows it, with its place (`river (3746:ffff, port 1-2)`).
    public var device: String
    /// What went wrong, in a few words (`GET_REPORT(feature, 0x0c)`: no answer within 1 s).
    public var detail: String
    /// What the user can do about it; empty where nothing is to be done.
    public var remedy: String

    /// Makes a failure.
    public init(_ kind: Kind, device: String, detail: String, remedy: String = "") {
        self.kind = kind
        self.device = device
        self.detail = detail
        self.remedy = remedy
    }

    /// One line for the log: device, what went wrong, remedy.
    public var description: String {
        "\(self.device): \(self.detail)\(self.remedy.isEmpty ? "" : "; \(self.remedy)")"
    }
}
