/// Numbers that look random and are the same in every run (xorshift64*).
struct RepeatableRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed | 1
    }

    mutating func next() -> UInt64 {
        self.state ^= self.state >> 12
        self.state ^= self.state << 25
        self.state ^= self.state >> 27
        return self.state &* 0x2545_f491_4f6c_dd1d
    }

    mutating func next(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }
}
