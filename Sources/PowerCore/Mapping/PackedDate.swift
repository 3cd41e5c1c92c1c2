/// A calendar day as HID devices pack it.
struct PackedDate: Equatable, CustomStringConvertible {
    var year: Int
    var month: Int
    var day: Int

    /// Reads (year - 1980) x 512 + month x 32 + day (Power Device Class 1.1, 4.2.6: ManufacturerDate); nil for 0.
    init?(packed: Int) {
        guard packed > 0, packed <= 0xffff else { return nil }
        self.year = 1980 + packed >> 9
        self.month = packed >> 5 & 0x0f
        self.day = packed & 0x1f
    }

    /// Reads month, day and year in two hexadecimal digits each that read as decimal ones; nil for 0.
    ///
    /// Back-UPS CS 500, report 0x1c: 0x070304 is 2004/07/03. Years from 70 on are of the last century.
    init?(digits: Int) {
        guard digits > 0, digits <= 0xff_ffff else { return nil }
        func decimal(_ byte: Int) -> Int { (byte >> 4 & 0x0f) * 10 + (byte & 0x0f) }
        let year = decimal(digits & 0xff)
        self.year = year + (year >= 70 ? 1900 : 2000)
        self.month = decimal(digits >> 16 & 0xff)
        self.day = decimal(digits >> 8 & 0xff)
    }

    /// Reads `2004/07/03`; nil for what is no such day or cannot be packed.
    init?(parsing text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        guard (1980...2107).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day as ``init(packed:)`` reads it.
    var packed: Int { (self.year - 1980) << 9 | self.month << 5 | self.day }

    /// The day as NUT writes it (`2004/07/03`).
    var description: String {
        func padded(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        return "\(padded(self.year, 4))/\(padded(self.month, 2))/\(padded(self.day, 2))"
    }
}
