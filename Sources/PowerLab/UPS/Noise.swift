/// Bytes without sense that are the same on every run (xorshift, 64 bits).
struct Noise: Hashable, Sendable {
    private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// The next byte.
    mutating func byte() -> UInt8 {
        self.state ^= self.state << 13
        self.state ^= self.state >> 7
        self.state ^= self.state << 17
        return UInt8(truncatingIfNeeded: self.state >> 32)
    }

    /// `count` bytes, the first of which is not `excluded`.
    mutating func bytes(_ count: Int, notBeginningWith excluded: UInt8) -> [UInt8] {
        var bytes = (0..<max(0, count)).map { _ in self.byte() }
        if bytes.first == excluded { bytes[0] = ~excluded }
        return bytes
    }
}
