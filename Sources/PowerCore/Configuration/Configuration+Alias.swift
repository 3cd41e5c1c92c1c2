extension Configuration {
    /// Another name under which clients may ask for a device: some can ask for one fixed name only.
    public struct Alias: Hashable, Sendable {
        /// The name that clients ask for, compared without case.
        public var name: String
        /// The UPS, PDU or host that is meant.
        public var device: DeviceID
        /// The clients for whom it holds; nil is all of them.
        public var from: [NetworkRange]?

        /// Makes an alias.
        public init(name: String, device: DeviceID, from: [NetworkRange]? = nil) {
            self.name = name
            self.device = device
            self.from = from
        }

        /// Whether it holds for a client that comes from `address`.
        public func holds(for address: String) -> Bool {
            self.from?.contains { $0.contains(address) } ?? true
        }
    }
}
