extension Configuration {
    /// A power strip that speaks Kasa's local protocol.
    public struct KasaStrip: Hashable, Sendable, NamesFiles {
        /// Where it listens.
        public var address: Endpoint

        /// Where such a strip listens as long as nothing else is said.
        public static let usualPort = 9999
        /// How long a call may take: a question to the strip and one to the meter of each outlet, on a bad radio link.
        public static let callLimit = Duration.seconds(8)

        /// Makes a strip.
        public init(address: Endpoint) {
            self.address = address
        }
    }
}
