/// The packet that wakes a network card: six bytes of ones, then the card's address sixteen times.
struct MagicPacket: Hashable, Sendable {
    /// An Ethernet address.
    private static let addressLength = 6

    let bytes: [UInt8]

    /// Makes the packet for a card, nil where that is no Ethernet address.
    init?(for hardwareAddress: [UInt8]) {
        guard hardwareAddress.count == Self.addressLength else { return nil }
        let ones = Array(repeating: UInt8.max, count: 6)
        self.bytes = ones + Array(repeating: hardwareAddress, count: 16).joined()
    }
}
