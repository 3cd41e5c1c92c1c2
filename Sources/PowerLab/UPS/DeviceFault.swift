/// Something wrong with an emulated HID device, for a while or until it is healed.
public struct DeviceFault: Hashable, Sendable, CustomStringConvertible {
    /// The ways in which it may misbehave.
    public enum Kind: Hashable, Sendable {
        /// It stalls the request.
        case stall
        /// It answers with noise of the right length whose first byte is not the report's ID.
        case garbage
        /// It answers so much later; beyond the transfer's time-out nothing comes.
        case slow(Duration)
        /// It answers with the ID alone.
        case short
        /// It refuses to answer or to stall, until the transfer times out.
        case nak
        /// It gives a report descriptor that no device may have, when it is opened.
        case absurdDescriptor
    }

    /// What is wrong.
    public var kind: Kind
    /// The report it concerns; nil for every request, and for the reports the device sends by itself.
    public var report: UInt8?
    /// For so many requests; nil until it is healed.
    public var count: Int?

    /// Makes a fault.
    public init(_ kind: Kind, report: UInt8? = nil, count: Int? = nil) {
        self.kind = kind
        self.report = report
        self.count = count
    }

    /// The fault in a few words (`stall, 3 more`).
    public var description: String {
        let what: String =
            switch self.kind {
            case .stall: "stall"
            case .garbage: "garbage"
            case .slow(let delay): "slow by \(delay)"
            case .short: "short"
            case .nak: "nak"
            case .absurdDescriptor: "absurd descriptor"
            }
        let scope = self.report.map { " of report \($0.hexadecimal)" } ?? ""
        return what + scope + (self.count.map { ", \($0) more" } ?? "")
    }
}

extension FixedWidthInteger where Self: UnsignedInteger {
    /// The number as `0x0c`, with two digits for each byte.
    var hexadecimal: String { "0x" + self.hexadecimalDigits }

    /// The number as `0c`, with two digits for each byte.
    var hexadecimalDigits: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: Self.bitWidth / 4 - digits.count) + digits
    }
}
