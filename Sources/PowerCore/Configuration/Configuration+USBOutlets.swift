extension Configuration {
    /// A board of relays or a power strip on USB; how it is found.
    public struct USBOutlets: Hashable, Sendable {
        /// What it is recognised by.
        public var match: USBCriteria

        /// Makes a device.
        public init(match: USBCriteria = USBCriteria()) {
            self.match = match
        }
    }
}
