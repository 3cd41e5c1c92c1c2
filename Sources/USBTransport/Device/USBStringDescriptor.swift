/// A string descriptor (USB 2.0, 9.6.7).
enum USBStringDescriptor {
    /// The descriptor's type.
    static let type: UInt8 = 0x03
    /// The longest one: its length is one byte.
    static let maximumLength = 255
    /// English (United States), which a device that gives no list of languages is asked in.
    static let fallbackLanguage: UInt16 = 0x0409

    /// The text, trimmed; empty where the reply holds none. Half a character at the end is left out.
    static func text(in reply: [UInt8]) -> String {
        String(decoding: Self.units(in: reply), as: UTF16.self).trimmed
    }

    /// The first language of descriptor 0.
    static func firstLanguage(in reply: [UInt8]) -> UInt16 {
        Self.units(in: reply).first ?? Self.fallbackLanguage
    }

    /// The 16-bit units after the head; none where the reply is not a string descriptor.
    private static func units(in reply: [UInt8]) -> [UInt16] {
        guard reply.count >= 2, reply[1] == Self.type else { return [] }
        let body = reply.prefix(Int(reply[0])).dropFirst(2)
        return stride(from: body.startIndex, to: body.endIndex - 1, by: 2).map {
            UInt16(body[$0]) | UInt16(body[$0 + 1]) << 8
        }
    }
}
