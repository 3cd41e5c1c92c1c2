internal import PowerCore
internal import Synchronization

/// From where connections are taken.
final class AccessList: Sendable {
    private let allowed: Mutex<[NetworkRange]?>

    /// Takes connections from `allowed`, or from everywhere where that is nil.
    init(_ allowed: [NetworkRange]?) {
        self.allowed = Mutex(allowed)
    }

    /// Takes connections from elsewhere from now on; those that stand are not looked at again.
    func replace(_ allowed: [NetworkRange]?) {
        self.allowed.withLock { $0 = allowed }
    }

    /// Whether a connection from `address` is taken.
    func admits(_ address: String?) -> Bool {
        guard let allowed = self.allowed.withLock({ $0 }) else { return true }
        return address.map { address in allowed.contains { $0.contains(address) } } ?? false
    }
}
