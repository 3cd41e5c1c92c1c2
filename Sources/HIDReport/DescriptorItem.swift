/// One item of a report descriptor, its data not yet given a meaning (HID 1.11, 6.2.2.2 and 6.2.2.3).
struct DescriptorItem: Equatable {
    /// The byte its prefix stands at.
    var offset: Int
    /// The prefix with the size bits cleared, so that one tag has one number whatever its size.
    var tag: UInt8
    /// The number of data bytes: 0, 1, 2 or 4.
    var size: Int
    /// The data as an unsigned number.
    var unsigned: UInt32

    /// The prefix of a long item, whose data nobody has given a meaning yet.
    private static let longItem: UInt8 = 0xfe

    /// The data as a signed number of its own size.
    var signed: Int {
        switch self.size {
        case 1: Int(Int8(truncatingIfNeeded: self.unsigned))
        case 2: Int(Int16(truncatingIfNeeded: self.unsigned))
        default: Int(Int32(truncatingIfNeeded: self.unsigned))
        }
    }

    /// What stands at some byte of a descriptor.
    enum Step: Equatable {
        /// A short item, and where the next one begins.
        case item(DescriptorItem, next: Int)
        /// A long item, to be skipped.
        case skip(next: Int)
        /// The bytes end within an item.
        case truncated
    }

    /// Reads the item at `offset`, which lies within `bytes`.
    static func read(_ bytes: [UInt8], at offset: Int) -> Step {
        let prefix = bytes[offset]
        guard prefix != Self.longItem else { return self.readLong(bytes, at: offset) }
        let size = prefix & 3 == 3 ? 4 : Int(prefix & 3)
        let next = offset + 1 + size
        guard next <= bytes.count else { return .truncated }
        var value: UInt32 = 0
        for byte in bytes[(offset + 1)..<next].reversed() { value = value << 8 | UInt32(byte) }
        return .item(DescriptorItem(offset: offset, tag: prefix & 0xfc, size: size, unsigned: value), next: next)
    }

    private static func readLong(_ bytes: [UInt8], at offset: Int) -> Step {
        // Prefix, data size, tag, data.
        guard offset + 2 < bytes.count else { return .truncated }
        let next = offset + 3 + Int(bytes[offset + 1])
        return next <= bytes.count ? .skip(next: next) : .truncated
    }
}
