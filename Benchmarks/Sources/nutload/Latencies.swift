/// Times that requests took, each of them kept up to a limit.
struct Latencies {
    /// What is kept: some seconds of the fastest server. Later ones are counted nowhere but in the longest.
    static let limit = 4_000_000

    private var nanoseconds: [UInt32] = []
    private var longest: Int64 = 0
    private(set) var count = 0

    init() {
        self.nanoseconds.reserveCapacity(1 << 16)
    }

    mutating func add(_ nanoseconds: Int64) {
        self.count += 1
        self.longest = max(self.longest, nanoseconds)
        guard self.nanoseconds.count < Self.limit else { return }
        // 4.29 s and more are all the same to percentiles; the longest is kept as it is.
        self.nanoseconds.append(UInt32(clamping: nanoseconds))
    }

    mutating func sort() {
        self.nanoseconds.sort()
    }

    /// The latency that `share` of the requests did not pass; nil where there was none. Sort first.
    func microseconds(at share: Double) -> Double? {
        guard !self.nanoseconds.isEmpty else { return nil }
        if share >= 1 { return Double(self.longest) / 1000 }
        let index = Int(share * Double(self.nanoseconds.count))
        return Double(self.nanoseconds[min(index, self.nanoseconds.count - 1)]) / 1000
    }
}
