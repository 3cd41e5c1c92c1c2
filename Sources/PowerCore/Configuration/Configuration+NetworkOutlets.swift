extension Configuration {
    /// A power strip that speaks Kasa's local protocol.
    public struct KasaStrip: Hashable, Sendable {
        /// Where it listens, TCP port 9999 where nothing else is said.
        public var address: Endpoint

        /// Makes a strip.
        public init(address: Endpoint) {
            self.address = address
        }
    }

    /// Outlets behind a `powermand`.
    public struct Powerman: Hashable, Sendable {
        /// Where the daemon listens, TCP port 10101 where nothing else is said.
        public var address: Endpoint

        /// Makes a daemon.
        public init(address: Endpoint) {
            self.address = address
        }
    }

    /// Outlets that programs on this machine read and switch.
    public struct OutletCommands: Hashable, Sendable {
        /// The program that reads them, with its arguments.
        public var read: [String]

        /// Makes the commands.
        public init(read: [String]) {
            self.read = read
        }
    }
}
