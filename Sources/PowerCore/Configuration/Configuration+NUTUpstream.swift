extension Configuration {
    /// A UPS or PDU of another NUT server.
    public struct NUTUpstream: Hashable, Sendable {
        /// Whether the connection is encrypted.
        public enum Encryption: String, Hashable, Sendable, CaseIterable {
            /// Not even asked for.
            case off
            /// Where the other server can.
            case `try`
            /// Or there is no connection.
            case require
        }

        /// Where the other server listens.
        public var server: Endpoint
        /// The device's name there.
        public var name: String
        /// Who we are there; nil for one who only reads.
        public var user: String?
        /// The file whose first line is the password; relative to the configuration file until that has been read.
        public var passwordFile: String?
        /// Whether the connection is encrypted.
        public var encryption: Encryption
        /// The file with the certificates that vouch for the other server; nil for those that the machine trusts.
        public var authoritiesFile: String?

        /// Makes a device.
        public init(
            server: Endpoint, name: String, user: String? = nil, passwordFile: String? = nil,
            encryption: Encryption = .off, authoritiesFile: String? = nil
        ) {
            self.server = server
            self.name = name
            self.user = user
            self.passwordFile = passwordFile
            self.encryption = encryption
            self.authoritiesFile = authoritiesFile
        }
    }
}
