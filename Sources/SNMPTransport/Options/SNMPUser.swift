public import PowerCore

/// Who we are for an agent of SNMPv3, passwords and all.
public struct SNMPUser: Hashable, Sendable {
    /// What proves who sent a message.
    public typealias Digest = Configuration.SNMPAgent.User.Digest
    /// What hides a message.
    public typealias Cipher = Configuration.SNMPAgent.User.Cipher

    /// A digest with its password.
    public struct Authentication: Hashable, Sendable {
        /// The digest.
        public var digest: Digest
        /// The password, at least 8 bytes (RFC 3414, 11.2).
        public var password: String

        /// Makes a proof.
        public init(digest: Digest, password: String) {
            self.digest = digest
            self.password = password
        }
    }

    /// A cipher with its password.
    public struct Privacy: Hashable, Sendable {
        /// The cipher.
        public var cipher: Cipher
        /// The password, at least 8 bytes (RFC 3414, 11.2).
        public var password: String

        /// Makes a way to hide.
        public init(cipher: Cipher, password: String) {
            self.cipher = cipher
            self.password = password
        }
    }

    /// The name.
    public var name: String
    /// The proof; nil for a user without one.
    public var authentication: Authentication?
    /// The way to hide, which needs a proof; nil where everybody may read along.
    public var privacy: Privacy?
    /// The context, empty for most devices.
    public var context: String

    /// Makes a user.
    public init(
        name: String, authentication: Authentication? = nil, privacy: Privacy? = nil, context: String = ""
    ) {
        self.name = name
        self.authentication = authentication
        self.privacy = privacy
        self.context = context
    }

    /// The user of the configuration; `secret` gives the first line of a file.
    init<Failure: Error>(
        _ user: Configuration.SNMPAgent.User, secret: (_ path: String) throws(Failure) -> String
    ) throws(Failure) {
        self.init(name: user.name, context: user.context)
        if let proof = user.authentication {
            self.authentication = Authentication(digest: proof.digest, password: try secret(proof.passwordFile))
        }
        if let privacy = user.privacy {
            self.privacy = Privacy(cipher: privacy.cipher, password: try secret(privacy.passwordFile))
        }
    }
}
