/// Fills the fields of one report into its bytes, for SET_REPORT and for devices that are emulated.
///
/// ```swift
/// var report = ReportWriter(descriptor, .feature, id: 0x11, over: lastBytes)
/// report?.set(physical: 20, at: field)
/// ```
public struct ReportWriter: Sendable {
    /// The report, its ID first where the device numbers its reports; as long as the descriptor says.
    public private(set) var bytes: [UInt8]
    /// The kind of report.
    public let type: ReportType
    /// The ID of the report.
    public let id: UInt8
    private let headerCount: Int

    /// Begins with the report `id` as `existing` has it, so that fields not set keep what the device said of them.
    ///
    /// `existing` begins with the ID; what it lacks is 0, what it has too much is cut. Nil where the descriptor has
    /// no such report.
    public init?(_ descriptor: ReportDescriptor, _ type: ReportType, id: UInt8, over existing: [UInt8] = []) {
        guard let count = descriptor.byteCount(of: type, id: id) else { return nil }
        var bytes = Array(existing.prefix(count))
        bytes += repeatElement(0, count: count - bytes.count)
        if descriptor.usesReportIDs, !bytes.isEmpty { bytes[0] = id }
        self.bytes = bytes
        self.type = type
        self.id = id
        self.headerCount = descriptor.usesReportIDs ? 1 : 0
    }

    /// Writes `logical`, brought within the logical range, into `field`; false where the field is not in this report.
    @discardableResult
    public mutating func set(logical: Int, at field: ReportField) -> Bool {
        guard field.type == self.type, field.reportID == self.id, field.isNumber else { return false }
        field.put(field.clamped(logical), into: &self.bytes, from: self.headerCount)
        return true
    }

    /// Writes the number that comes nearest to `physical` into `field`; false where there is none or no such field.
    @discardableResult
    public mutating func set(physical: Double, at field: ReportField) -> Bool {
        guard let logical = field.logical(fromPhysical: physical) else { return false }
        return self.set(logical: logical, at: field)
    }
}
