/// What a HID device says of its reports: the fields in each, in the order of the descriptor (HID 1.11, 6.2.2).
public struct ReportDescriptor: Sendable {
    /// Something the device got wrong and that could be read nevertheless.
    public enum Warning: Hashable, Sendable {
        /// The descriptor ends within an item, which is left out (the bytes are too few for it).
        case truncatedItem(offset: Int)
        /// So many collections are still open at the end, as in EcoFlow's, whose own length is 27 bytes short.
        case openCollections(Int)
        /// End Collection without a collection.
        case strayEndCollection(offset: Int)
        /// Pop without a Push.
        case strayPop(offset: Int)
        /// An array repeats its last usage more than ``maximumRepetitions`` times; the rest counts as padding.
        case longArray(offset: Int)
    }

    /// Longest descriptor that is read.
    ///
    /// The longest known of a UPS has about 2 kB, NUT asks for 6144 at most, Linux for 4096.
    public static let maximumLength = 8192
    /// Deepest nesting of collections; power devices use five.
    public static let maximumDepth = 32
    /// Most Push items open at once; no UPS seen uses any.
    public static let maximumPushes = 16
    /// Most fields in all reports together, padding included; the richest UPS known has about 400.
    public static let maximumFields = 8192
    /// Most repeats of one usage that become fields of their own, so that a count of 65535 costs nothing.
    public static let maximumRepetitions = 256
    /// Most bits in one report: `wLength` of GET_REPORT has 16 bits and counts the ID as well.
    public static let maximumReportBits = (65535 - 1) * 8

    /// The fields, padding included, in the order of the descriptor.
    public private(set) var fields: [ReportField]
    /// Whether reports begin with their ID.
    public let usesReportIDs: Bool
    /// What the device got wrong and was read nevertheless.
    public let warnings: [Warning]

    private var layouts: [Key: Layout]

    /// Makes a descriptor of fields already found; those of one report must lie side by side.
    init(fields: [ReportField], usesReportIDs: Bool, warnings: [Warning]) {
        self.fields = fields
        self.usesReportIDs = usesReportIDs
        self.warnings = warnings
        self.layouts = [:]
        for (index, field) in fields.enumerated() {
            self.layouts[Key(type: field.type, id: field.reportID), default: Layout()].add(field, at: index)
        }
    }

    /// The fields of one report in their order in the descriptor; empty where there is no such report.
    public func fields(of type: ReportType, id: UInt8) -> [ReportField] {
        guard let layout = self.layouts[Key(type: type, id: id)] else { return [] }
        return layout.fieldIndexes.map { self.fields[$0] }
    }

    /// The length of a report on the wire, its ID byte included; nil where there is no such report.
    public func byteCount(of type: ReportType, id: UInt8) -> Int? {
        guard let layout = self.layouts[Key(type: type, id: id)] else { return nil }
        return (layout.bitCount + 7) / 8 + (self.usesReportIDs ? 1 : 0)
    }

    /// The IDs of all reports of one type, in ascending order; 0 where the device does not number its reports.
    public func reportIDs(of type: ReportType) -> [UInt8] {
        self.layouts.keys.filter { $0.type == type }.map(\.id).sorted()
    }

    /// Gives other logical limits to the fields that `isMeant` picks, for devices known to declare wrong ones.
    public mutating func setLogicalRange(_ range: ClosedRange<Int>, where isMeant: (ReportField) -> Bool) {
        for index in self.fields.indices where isMeant(self.fields[index]) {
            self.fields[index].logicalMinimum = range.lowerBound
            self.fields[index].logicalMaximum = range.upperBound
        }
    }

    private struct Key: Hashable, Sendable {
        var type: ReportType
        var id: UInt8
    }

    private struct Layout: Sendable {
        var fieldIndexes: [Int] = []
        var bitCount = 0

        mutating func add(_ field: ReportField, at index: Int) {
            self.fieldIndexes.append(index)
            self.bitCount = max(self.bitCount, field.bitOffset + field.bitSize)
        }
    }
}
