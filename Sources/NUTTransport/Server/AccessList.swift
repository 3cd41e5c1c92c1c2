internal import NIOCore
internal import PowerCore
internal import Synchronization

/// From where connections are taken, and how often it is said that one was not.
final class AccessList: Sendable {
    /// At most one word about refused connections in this time: a stranger must not fill the log.
    static let reportInterval = TimeAmount.seconds(10)

    private let allowed: Mutex<[NetworkRange]?>
    private let report: @Sendable (_ address: String, _ others: Int) -> Void
    private let silence = Mutex((until: NIODeadline.uptimeNanoseconds(0), unsaid: 0))

    /// Takes connections from `allowed`, or from everywhere where that is nil.
    init(_ allowed: [NetworkRange]?, report: @escaping @Sendable (_ address: String, _ others: Int) -> Void) {
        self.allowed = Mutex(allowed)
        self.report = report
    }

    /// Takes connections from elsewhere from now on; those that stand are not looked at again.
    func replace(_ allowed: [NetworkRange]?) {
        self.allowed.withLock { $0 = allowed }
    }

    /// Whether a connection from `address` is taken; says so where it is not, but not often.
    func admits(_ address: String?) -> Bool {
        guard let allowed = self.allowed.withLock({ $0 }) else { return true }
        if let address, allowed.contains(where: { $0.contains(address) }) { return true }
        let now = NIODeadline.now()
        let others = self.silence.withLock { silence -> Int? in
            guard now >= silence.until else {
                silence.unsaid &+= 1
                return nil
            }
            defer { silence = (now + Self.reportInterval, 0) }
            return silence.unsaid
        }
        if let others { self.report(address ?? "an unknown address", others) }
        return false
    }
}
