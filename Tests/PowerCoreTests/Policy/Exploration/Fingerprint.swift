/// A number that stands for everything that was put into it, in its order (SplitMix64 on a running sum).
struct Fingerprint {
    private(set) var value: UInt64 = 0x9e37_79b9_7f4a_7c15

    mutating func add(_ part: Int) {
        var mixed = (self.value &+ UInt64(bitPattern: Int64(part))) &* 0xbf58_476d_1ce4_e5b9
        mixed ^= mixed >> 29
        mixed = mixed &* 0x94d0_49bb_1331_11eb
        self.value = mixed ^ (mixed >> 32)
    }

    mutating func add(_ part: Bool) { self.add(part ? 1 : 0) }

    mutating func add(_ parts: [Bool]) {
        self.add(parts.reduce(1) { $0 * 2 + ($1 ? 1 : 0) })
    }
}
