extension Configuration {
    /// A UPS of another NUT server.
    public struct NUTUpstream: Hashable, Sendable {
        /// Where the other server listens.
        public var server: Endpoint
        /// The UPS's name there.
        public var name: String
        /// Who we are there; nil for one who only reads.
        public var user: String?
        /// The file whose first line is the password; relative to the configuration file until that has been read.
        public var passwordFile: String?

        /// Makes a UPS.
        public init(server: Endpoint, name: String, user: String? = nil, passwordFile: String? = nil) {
            self.server = server
            self.name = name
            self.user = user
            self.passwordFile = passwordFile
        }
    }
}
