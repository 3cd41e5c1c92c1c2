/// A HID usage: what a field or a collection is for, as a page and a number on that page.
///
/// This module knows report descriptors, reports and the names of the usages of the pages 0x84 (Power Device) and
/// 0x85 (Battery System). It knows nothing of transfers, of what a value means for a UPS, or of NUT's variables.
public struct Usage: Hashable, Sendable, CustomStringConvertible {
    /// The page in the upper half, the usage's number in the lower half, as an extended usage item has it.
    public let rawValue: UInt32

    /// The page of the numbers that stand for indexed collections in a ``UsagePath`` (`Flow.[4]`).
    ///
    /// The page is reserved by the HID Usage Tables, so no field can have a usage there by right.
    static let collectionPage: UInt16 = 0x00ff

    /// Makes a usage from page and number in one word.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Makes the usage `id` of `page`.
    public init(page: UInt16, id: UInt16) {
        self.rawValue = UInt32(page) << 16 | UInt32(id)
    }

    /// Makes the usage that NUT spells `name`; nil where there is none.
    ///
    /// Takes what ``name`` gives, so that the two are inverse: names of the pages 0x84 and 0x85 (the former wins
    /// where both have one), eight hexadecimal digits, `[4]`.
    public init?(named name: String) {
        if let usage = Usage.byName[name] {
            self = usage
        } else if let number = Usage.collectionNumber(in: name) {
            self.init(page: Usage.collectionPage, id: number)
        } else if name.utf8.count == 8, name.first != "+", let raw = UInt32(name, radix: 16) {
            self.init(rawValue: raw)
        } else {
            return nil
        }
    }

    /// The page, 0x84 for power devices.
    public var page: UInt16 { UInt16(truncatingIfNeeded: self.rawValue >> 16) }

    /// The number on the page.
    public var id: UInt16 { UInt16(truncatingIfNeeded: self.rawValue) }

    /// The name as NUT spells it; eight hexadecimal digits in lower case where it has none (`ff860060`).
    public var name: String {
        switch self.page {
        case 0x84: Usage.powerDeviceNames[self.id] ?? self.digits
        case 0x85: Usage.batterySystemNames[self.id] ?? self.digits
        case Usage.collectionPage: "[\(self.id)]"
        default: self.digits
        }
    }

    /// The same as ``name``.
    public var description: String { self.name }

    private var digits: String {
        let digits = String(self.rawValue, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }

    private static let byName: [String: Usage] = {
        var usages: [String: Usage] = [:]
        for (id, name) in Usage.batterySystemNames { usages[name] = Usage(page: 0x85, id: id) }
        for (id, name) in Usage.powerDeviceNames { usages[name] = Usage(page: 0x84, id: id) }
        return usages
    }()

    private static func collectionNumber(in name: String) -> UInt16? {
        guard name.hasPrefix("["), name.hasSuffix("]") else { return nil }
        return UInt16(name.dropFirst().dropLast())
    }
}
