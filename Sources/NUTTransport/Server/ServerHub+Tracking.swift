internal import NIOCore
internal import NUTProtocol
internal import PowerCore
internal import Synchronization

extension ServerHub {
    /// Notes an order whose outcome will be asked for, and returns its new identifier.
    func beginTracking() -> String {
        let id = Self.makeIdentifier()
        self.tracking.withLock { $0.begin(id, at: Self.now) }
        return id
    }

    func finishTracking(_ id: String, _ outcome: OrderOutcome) {
        self.tracking.withLock { $0.finish(id, outcome, at: Self.now) }
    }

    func forgetTracking(_ id: String) {
        self.tracking.withLock { $0.forget(id) }
    }

    func trackingState(of id: String) -> TrackingState? {
        self.tracking.withLock { $0.state(of: id, at: Self.now) }
    }

    static var now: Moment {
        Moment(sinceOrigin: .nanoseconds(Int64(clamping: NIODeadline.now().uptimeNanoseconds)))
    }

    /// A UUID of version 4 (RFC 9562, 5.4) in capitals: nobody can guess another client's.
    static func makeIdentifier() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & ~0xF000 | 0x4000
        let low = generator.next() & ~(0b11 << 62) | (0b10 << 62)
        let digits = Array((Self.hexadecimal(high) + Self.hexadecimal(low)).utf8)
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
