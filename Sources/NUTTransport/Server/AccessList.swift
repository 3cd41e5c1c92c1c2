internal import PowerCore

/// From where connections are taken.
struct AccessList: Sendable {
    private let allowed: [NetworkRange]?

    /// Takes connections from `allowed`, or from everywhere where that is nil.
    init(_ allowed: [NetworkRange]?) {
        self.allowed = allowed
    }

    /// Whether a connection from `address` is taken.
    func admits(_ address: String?) -> Bool {
        guard let allowed = self.allowed else { return true }
        return address.map { address in allowed.contains { $0.contains(address) } } ?? false
    }
}
