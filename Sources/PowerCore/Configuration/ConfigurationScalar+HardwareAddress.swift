extension ConfigurationScalar {
    /// Reads the six bytes of a network card's address: `aa:bb:cc:dd:ee:ff`, `AA-BB-CC-DD-EE-FF`.
    public static func hardwareAddress(_ text: String) throws(Refusal) -> [UInt8] {
        let refusal = Refusal(expected: "the address of a network card such as \"52:54:00:12:34:56\"")
        let separator: Character = text.contains("-") ? "-" : ":"
        let parts = Self.trimmed(text).split(separator: separator, omittingEmptySubsequences: false)
        let bytes = parts.compactMap(Self.byte)
        guard parts.count == 6, bytes.count == 6 else { throw refusal }
        // The lowest bit of the first byte marks the address of a group (IEEE 802): no card answers to one of its own.
        guard bytes[0] & 1 == 0, bytes.contains(where: { $0 != 0 }) else { throw refusal }
        return bytes
    }

    /// Two hexadecimal digits. `UInt8`'s own reader would take `+f` too.
    private static func byte(_ text: Substring) -> UInt8? {
        guard text.utf8.count == 2, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        return UInt8(text, radix: 16)
    }
}
