extension Configuration {
    /// Outlets behind a `powermand`.
    public struct Powerman: Hashable, Sendable, NamesFiles {
        /// Where the daemon listens.
        public var address: Endpoint
        /// The daemon's nodes, the first of them outlet 1; empty for all it has, which then cannot be switched.
        public var nodes: [String]
        /// How long a call may take.
        public var timeout: Duration

        /// Where the daemon listens as long as nothing else is said.
        public static let usualPort = 10101
        /// How long a call may take as long as nothing else is said: scripts of devices have as a rule five to ten seconds,
        /// and more than one of them may be run.
        public static let callLimit = Duration.seconds(20)

        /// Makes a daemon.
        public init(address: Endpoint, nodes: [String] = [], timeout: Duration = Self.callLimit) {
            self.address = address
            self.nodes = nodes
            self.timeout = timeout
        }

        /// Characters of a node's name.
        public static let longestNode = 64

        /// Whether a text is one node's name: what has brackets, commas or blanks is a name for several.
        public static func isNode(_ text: String) -> Bool {
            !text.isEmpty && text.utf8.count <= Self.longestNode
                && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !Self.listSigns.contains($0) }
        }

        /// What makes a name one for several nodes, or ends it: brackets, commas, quotes and backslashes.
        private static let listSigns = Array("[],\"\\".utf8)
    }
}
