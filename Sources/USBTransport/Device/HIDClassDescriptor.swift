/// The HID descriptor of an interface (HID 1.11, 6.2.1), as far as it tells how long the report descriptor is.
enum HIDClassDescriptor {
    /// The descriptor's type, in `wValue` and in its second byte.
    static let type: UInt8 = 0x21
    /// The type of a report descriptor, in the HID descriptor's list and in `wValue`.
    static let reportType: UInt8 = 0x22
    /// Bytes before the list of class descriptors.
    static let headLength = 6
    /// Bytes of each entry of the list: a type and a length of 16 bits.
    static let entryLength = 3
    /// The longest a HID descriptor can say it is: its length is one byte.
    static let maximumLength = 255

    /// The report descriptor's length that one HID descriptor announces; nil where it announces none.
    ///
    /// Reads no further than there are bytes, whatever the descriptor says of its own length.
    static func announcedLength(in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= headLength, bytes.dropFirst().first == type else { return nil }
        var entries = bytes.prefix(Int(bytes[bytes.startIndex])).dropFirst(headLength)
        while entries.count >= entryLength {
            let at = entries.startIndex
            if entries[at] == reportType { return Int(entries[at + 1]) | Int(entries[at + 2]) << 8 }
            entries = entries.dropFirst(entryLength)
        }
        return nil
    }

    /// The same out of descriptors that follow each other, as they stand after an interface's own descriptor.
    static func announcedLength(amongDescriptors bytes: [UInt8]) -> Int? {
        var rest = bytes[...]
        while let length = rest.first, length >= 2, rest.count >= 2 {
            if let found = Self.announcedLength(in: rest) { return found }
            rest = rest.dropFirst(Int(length))
        }
        return nil
    }

    /// The lengths worth asking a report descriptor with, the best first.
    ///
    /// The longer wins: a River 3 Plus announces 376 in its configuration, 403 when asked, and has 403. The other one
    /// is the second try, should the device refuse the first.
    static func lengthsToAsk(inConfiguration: Int?, whenAsked: Int?, limit: Int) -> [Int] {
        let lengths = Set([inConfiguration, whenAsked].compactMap(\.self).filter { $0 > 0 }.map { min($0, limit) })
        return lengths.sorted(by: >)
    }
}
