internal import PowerCore
internal import Synchronization

/// From where connections are taken, and a word now and then about one that was not.
final class AccessList: Sendable {
    private let allowed: Mutex<[NetworkRange]?>
    private let report: @Sendable (_ address: String, _ others: Int) -> Void
    private let refused = SparseReport()

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
        if let others = self.refused.mayReport() { self.report(address ?? "an unknown address", others) }
        return false
    }
}
