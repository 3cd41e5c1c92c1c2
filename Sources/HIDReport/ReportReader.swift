/// Turns the bytes of a report into numbers, field by field.
public struct ReportReader: Sendable {
    /// One field and what a report holds for it.
    public struct Value: Hashable, Sendable {
        /// The field.
        public var field: ReportField
        /// The number on the wire with its sign, brought within the logical range.
        public var logical: Int
        /// What it stands for, in volts, watts, seconds and so on.
        public var physical: Double
        /// Whether all its bits were in the report; those that were not count as 0.
        public var isComplete: Bool

        /// Makes a value.
        public init(field: ReportField, logical: Int, physical: Double, isComplete: Bool) {
            self.field = field
            self.logical = logical
            self.physical = physical
            self.isComplete = isComplete
        }
    }

    /// The descriptor that says what lies where.
    public let descriptor: ReportDescriptor

    /// Makes a reader for the reports of `descriptor`.
    public init(_ descriptor: ReportDescriptor) {
        self.descriptor = descriptor
    }

    /// The ID of the report in `bytes`, 0 where the device does not number its reports; nil where there is no byte.
    public func reportID(of bytes: [UInt8]) -> UInt8? {
        self.descriptor.usesReportIDs ? bytes.first : 0
    }

    /// The numbers in a report, in the order of the descriptor; empty where the descriptor has no such report.
    ///
    /// `bytes` begins with the ID where the device numbers its reports. A report may be short: what is missing reads
    /// as 0 and is marked (EcoFlow River 3 Plus, V1.33.81.55 sends 2 of the 3 bytes of report 0x09). What is beyond
    /// the descriptor is ignored. Padding and buffers wider than ``ReportField/maximumNumberBits`` are left out.
    public func read(_ bytes: [UInt8], as type: ReportType) -> [Value] {
        guard let id = self.reportID(of: bytes) else { return [] }
        let start = self.descriptor.usesReportIDs ? 1 : 0
        return self.descriptor.fields(of: type, id: id).lazy.filter(\.isNumber).map { field in
            let logical = field.clamped(field.number(in: bytes, from: start))
            return Value(
                field: field, logical: logical, physical: field.physical(fromLogical: logical),
                isComplete: field.bitOffset + field.bitSize <= (bytes.count - start) * 8)
        }
    }
}
