/// What Kasa devices do to the bytes of a message: each is combined with the one before it as it was sent.
///
/// It hides nothing, for the first key is always the same.
enum KasaCipher {
    /// What the first byte is combined with.
    private static let firstKey: UInt8 = 171

    /// A message as it is sent.
    static func scrambled(_ plain: [UInt8]) -> [UInt8] {
        var key = Self.firstKey
        return plain.map { byte in
            key ^= byte
            return key
        }
    }

    /// What was sent, as a message.
    static func unscrambled(_ sent: some Sequence<UInt8>) -> [UInt8] {
        var key = Self.firstKey
        return sent.map { byte in
            defer { key = byte }
            return byte ^ key
        }
    }
}
