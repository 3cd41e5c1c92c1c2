/// The global items in force: they hold for every main item until they are changed (HID 1.11, 6.2.2.7).
struct DescriptorGlobals {
    var usagePage: UInt16 = 0
    var reportID: UInt8 = 0
    var reportSize: UInt32 = 0
    var reportCount: UInt32 = 0
    private var logicalMinimum = 0
    private var logicalMaximum: DescriptorItem?
    private var physicalMinimum: Int?
    private var physicalMaximum: DescriptorItem?
    private var unit: UInt32 = 0
    private var unitExponent = 0

    /// Takes note of `item` where it is a global one, and says whether it is.
    mutating func take(_ item: DescriptorItem) -> Bool {
        switch item.tag {
        case 0x04: self.usagePage = UInt16(truncatingIfNeeded: item.unsigned)
        case 0x14: self.logicalMinimum = item.signed
        case 0x24: self.logicalMaximum = item
        case 0x34: self.physicalMinimum = item.signed
        case 0x44: self.physicalMaximum = item
        case 0x54: self.unitExponent = Self.exponent(item)
        case 0x64: self.unit = item.unsigned
        case 0x74: self.reportSize = item.unsigned
        case 0x94: self.reportCount = item.unsigned
        default: return false
        }
        return true
    }

    /// A field with all that the global items say of it, at bit 0 and without a usage.
    func field(_ type: ReportType, flags: UInt32) -> ReportField {
        let maximum = Self.maximum(self.logicalMaximum, above: self.logicalMinimum)
        return ReportField(
            type: type, reportID: self.reportID, path: nil, bitOffset: 0, bitSize: 0,
            logicalMinimum: self.logicalMinimum, logicalMaximum: maximum.value,
            isLogicalMaximumAssumed: maximum.isAssumed, physicalMinimum: self.physicalMinimum,
            physicalMaximum: self.physicalMaximum.map { Self.maximum($0, above: self.physicalMinimum ?? 0).value },
            unit: self.unit, unitExponent: self.unitExponent, flags: ReportField.Flags(rawValue: flags))
    }

    /// Reads a maximum below the minimum without its sign.
    ///
    /// Many devices write `25 ff` and mean 255, among them the APC BK650M2-CH and the GoldenMate Smart Battery.
    private static func maximum(_ item: DescriptorItem?, above minimum: Int) -> (value: Int, isAssumed: Bool) {
        guard let item else { return (0, false) }
        return item.signed < minimum ? (Int(item.unsigned), true) : (item.signed, false)
    }

    /// An exponent is a signed nibble (HID 1.11, 6.2.2.7), but some write it as a signed byte.
    private static func exponent(_ item: DescriptorItem) -> Int {
        (8...15).contains(item.unsigned) ? Int(item.unsigned) - 16 : item.signed
    }
}
