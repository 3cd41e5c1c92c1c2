extension Configuration {
    /// A PDU, strip or controller that is reached by HTTP.
    public struct HTTPOutlets: Hashable, Sendable {
        /// Whose requests and answers it understands (`shelly`).
        public var profile: String
        /// Where it answers.
        public var url: String

        /// Makes a device.
        public init(profile: String, url: String) {
            self.profile = profile
            self.url = url
        }
    }
}
