/// The local items in force: they hold for the next main item only (HID 1.11, 6.2.2.8).
///
/// Usages are kept as the ranges they came in, so that a range of four thousand million costs no more than one.
struct DescriptorLocals {
    private(set) var usageCount = 0
    private var usages: [ClosedRange<UInt32>] = []
    private var usageMinimum: UInt32?
    private var strings: [ClosedRange<UInt32>] = []
    private var stringMinimum: UInt32?
    private var delimiter = Delimiter.closed

    private enum Delimiter {
        /// Usages count.
        case closed
        /// A set of alternative usages has begun; its first one counts, for that is the preferred one.
        case open
        /// The preferred usage of the set is taken; the others are passed over.
        case taken
    }

    /// Takes note of `item`, `page` being the usage page in force; items that no field needs are passed over.
    mutating func take(_ item: DescriptorItem, page: UInt16) {
        let usage = item.size == 4 ? item.unsigned : UInt32(page) << 16 | item.unsigned
        switch item.tag {
        case 0x08: self.add(usage...usage)
        case 0x18: self.usageMinimum = usage
        case 0x28:
            if let minimum = self.usageMinimum, minimum <= usage { self.add(minimum...usage) }
            self.usageMinimum = nil
        case 0x78: self.strings.append(item.unsigned...item.unsigned)
        case 0x88: self.stringMinimum = item.unsigned
        case 0x98:
            if let minimum = self.stringMinimum, minimum <= item.unsigned {
                self.strings.append(minimum...item.unsigned)
            }
            self.stringMinimum = nil
        case 0xa8: self.delimiter = item.unsigned == 1 ? .open : .closed
        default: break
        }
    }

    /// The usage of the field at `index` among those of a main item; nil beyond the last usage.
    func usage(at index: Int) -> Usage? {
        Self.value(at: index, in: self.usages).map(Usage.init(rawValue:))
    }

    /// The string index of the field at `index`; nil where none was given for it.
    func string(at index: Int) -> UInt8? {
        Self.value(at: index, in: self.strings).flatMap { UInt8(exactly: $0) }
    }

    private mutating func add(_ range: ClosedRange<UInt32>) {
        guard self.delimiter != .taken else { return }
        if self.delimiter == .open { self.delimiter = .taken }
        self.usages.append(range)
        self.usageCount += range.count
    }

    private static func value(at index: Int, in ranges: [ClosedRange<UInt32>]) -> UInt32? {
        var index = index
        for range in ranges {
            if index < range.count { return range.lowerBound + UInt32(index) }
            index -= range.count
        }
        return nil
    }
}
