public import PowerCore

/// How long whoever gives wrong passwords waits for the answer, by the address they come from.
///
/// A right password is never kept waiting: what a stranger on the same address tries must not keep a host from
/// learning that it has to shut down.
public struct PasswordBackOff: Sendable {
    /// The wait after the first wrong password; each further one doubles it. A typing error costs nothing one feels.
    public static let first = Duration.milliseconds(250)
    /// The longest wait; stock clients give up on an answer after five seconds.
    public static let longest = Duration.seconds(4)
    /// After how long without another wrong password an address counts as new.
    public static let memory = Duration.seconds(600)
    /// Answers of one address that may wait at the same time: more connections guess no faster.
    public static let waitsOfOneAddress = 8
    /// Addresses remembered; beyond them the one that failed longest ago is forgotten.
    public static let addresses = 1_024

    private struct Entry: Sendable {
        var failures = 0
        var waits = 0
        var last: Moment
    }

    private var entries: [String: Entry] = [:]

    /// Remembers nobody.
    public init() {}

    /// How many addresses are remembered.
    public var count: Int { self.entries.count }

    /// Notes a wrong password of `address` and returns how long its answer is to wait, until ``ended(_:)``.
    ///
    /// Nil says that too many of its answers wait already; this one should not be given at all.
    public mutating func failed(_ address: String, at now: Moment) -> Duration? {
        var entry = self.entries[address] ?? Entry(last: now)
        if now - entry.last > Self.memory { entry.failures = 0 }
        guard entry.waits < Self.waitsOfOneAddress else { return nil }
        if self.entries[address] == nil { self.makeRoom() }
        entry.failures = min(entry.failures + 1, 16)
        entry.waits += 1
        entry.last = now
        self.entries[address] = entry
        return min(Self.first * (1 << (entry.failures - 1)), Self.longest)
    }

    /// Notes that one wait of `address` is over, whatever has become of the connection.
    public mutating func ended(_ address: String) {
        guard let entry = self.entries[address], entry.waits > 0 else { return }
        self.entries[address]?.waits -= 1
    }

    private mutating func makeRoom() {
        guard self.entries.count >= Self.addresses else { return }
        if let oldest = self.entries.min(by: { $0.value.last < $1.value.last }) { self.entries[oldest.key] = nil }
    }
}
