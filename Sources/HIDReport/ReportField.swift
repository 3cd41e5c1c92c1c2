/// One field of a report: where its bits lie, what it is, and how its number is to be read.
public struct ReportField: Hashable, Sendable {
    /// What the main item says of its data (HID 1.11, 6.2.2.5).
    public struct Flags: OptionSet, Hashable, Sendable {
        /// The data of the main item.
        public let rawValue: UInt32

        /// Makes flags from the data of a main item.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// The host cannot change the field (where clear: data).
        public static let constant = Flags(rawValue: 1 << 0)
        /// Each field has one usage of its own (where clear: an array of usage numbers).
        public static let variable = Flags(rawValue: 1 << 1)
        /// The number is a difference from the last report.
        public static let relative = Flags(rawValue: 1 << 2)
        /// The number rolls over at its ends.
        public static let wrap = Flags(rawValue: 1 << 3)
        /// The number is not proportional to what was measured.
        public static let nonlinear = Flags(rawValue: 1 << 4)
        /// The control has no state that it returns to.
        public static let noPreferred = Flags(rawValue: 1 << 5)
        /// The control has a state in which it sends no meaningful number.
        public static let nullState = Flags(rawValue: 1 << 6)
        /// The device may change the field by itself.
        public static let volatile = Flags(rawValue: 1 << 7)
        /// The field is a stream of bytes and not a number.
        public static let bufferedBytes = Flags(rawValue: 1 << 8)
    }

    /// The kind of report the field is in.
    public var type: ReportType
    /// The ID of the report, 0 where the device does not number its reports.
    public var reportID: UInt8
    /// The way to the field; nil for padding.
    public var path: UsagePath?
    /// Which of the repeats of one usage it is: 0, and more where Report Count exceeds the number of usages.
    public var repetition: Int
    /// The first bit, counted from the byte after the report ID, least significant bit first.
    public var bitOffset: Int
    /// The number of bits, 1 or more; padding may be long.
    public var bitSize: Int
    /// The least number the field can hold; a negative one makes the field signed.
    public var logicalMinimum: Int
    /// The greatest number the field can hold.
    public var logicalMaximum: Int
    /// Whether the descriptor gave a maximum below the minimum, so that it had to be read without its sign.
    public var isLogicalMaximumAssumed: Bool
    /// What the logical minimum stands for; nil where the descriptor does not say.
    public var physicalMinimum: Int?
    /// What the logical maximum stands for; nil where the descriptor does not say.
    public var physicalMaximum: Int?
    /// The unit as HID codes it (HID 1.11, 6.2.2.7), 0 for none.
    public var unit: UInt32
    /// The power of ten that goes with the unit.
    public var unitExponent: Int
    /// What the main item says of its data.
    public var flags: Flags
    /// The string descriptor that the descriptor names for the field; nil where it names none.
    public var stringIndex: UInt8?

    /// Makes a field; what is left out is as in a descriptor that says nothing of it.
    public init(
        type: ReportType, reportID: UInt8 = 0, path: UsagePath?, repetition: Int = 0, bitOffset: Int, bitSize: Int,
        logicalMinimum: Int = 0, logicalMaximum: Int = 0, isLogicalMaximumAssumed: Bool = false,
        physicalMinimum: Int? = nil, physicalMaximum: Int? = nil, unit: UInt32 = 0, unitExponent: Int = 0,
        flags: Flags = [], stringIndex: UInt8? = nil
    ) {
        self.type = type
        self.reportID = reportID
        self.path = path
        self.repetition = repetition
        self.bitOffset = bitOffset
        self.bitSize = bitSize
        self.logicalMinimum = logicalMinimum
        self.logicalMaximum = logicalMaximum
        self.isLogicalMaximumAssumed = isLogicalMaximumAssumed
        self.physicalMinimum = physicalMinimum
        self.physicalMaximum = physicalMaximum
        self.unit = unit
        self.unitExponent = unitExponent
        self.flags = flags
        self.stringIndex = stringIndex
    }

    /// Whether the field holds nothing and only fills space.
    public var isPadding: Bool { self.path == nil }

    /// Whether the host may not change the field.
    public var isConstant: Bool { self.flags.contains(.constant) }

    /// Whether the host may change the field: a Feature or Output item that is not constant.
    public var isWritable: Bool { self.type != .input && !self.isConstant && !self.isPadding }
}
