/// What a board of relays of the family "USBRelayN" (dcttech, 16c0:05df) says in its only report.
///
/// Source: usbrelay 1.0 and usb-relay-hid, which agree: five characters that tell boards apart, two bytes that mean
/// nothing, and a bit for each relay, the lowest for relay 1.
struct RelayReport: Hashable, Sendable {
    /// The five characters; each that cannot be printed as `\x` and two hexadecimal digits.
    var id: String
    /// A bit for each relay.
    var bits: UInt8

    /// The number of the report: boards number none, and take 0.
    static let number: UInt8 = 0
    /// The bytes of a report.
    static let length = 8
    /// The most bytes asked for: some ways to the board put a report number in front.
    static let longestAnswer = Self.length + 1
    /// The characters of an id.
    static let idLength = 5
    /// The most relays a board has: they share one byte.
    static let mostRelays = 8

    /// Reads an answer, with or without a report number in front; nil where it is neither.
    init?(_ bytes: [UInt8]) {
        var report = bytes[...]
        if bytes.count == Self.longestAnswer, bytes[0] <= 1 { report = report.dropFirst() }
        guard report.count == Self.length, let bits = report.last else { return nil }
        self.id = report.prefix(Self.idLength).map(Self.character).joined()
        self.bits = bits
    }

    /// The position of a relay, 1 and up.
    func position(of relay: Int) -> OutletPosition {
        self.bits >> UInt8(clamping: relay - 1) & 1 == 1 ? .on : .off
    }

    /// The report that puts one relay into a position.
    static func order(_ relay: Int, _ position: OutletPosition) -> [UInt8] {
        let command: UInt8 = position == .on ? 0xff : 0xfd
        return [command, UInt8(clamping: relay)] + [UInt8](repeating: 0, count: Self.length - 2)
    }

    /// How many relays a board has by its product string (`USBRelay4`); nil where it is no such board.
    ///
    /// The numbers 16c0:05df belong to everybody who builds a HID gadget with V-USB: only this string decides.
    static func relays(ofProduct product: String) -> Int? {
        guard product.hasPrefix("USBRelay"), let count = Int(product.dropFirst("USBRelay".count)) else { return nil }
        return (1...Self.mostRelays).contains(count) ? count : nil
    }

    private static func character(_ byte: UInt8) -> String {
        if (0x20...0x7e).contains(byte) { return String(UnicodeScalar(byte)) }
        return "\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
    }
}
