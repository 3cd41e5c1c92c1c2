/// The same numbers for the same seed (SplitMix64), so that a failure can be seen again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var z = self.state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Bytes in which those with a meaning are frequent.
    mutating func line(length: Int) -> [UInt8] {
        let special = Array("\"\\#= \n\r\tGETVARups.".utf8)
        return (0..<length).map { _ in
            Int.random(in: 0..<4, using: &self) == 0
                ? UInt8.random(in: 0...255, using: &self) : special.randomElement(using: &self) ?? 0
        }
    }
}
