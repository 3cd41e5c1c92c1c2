extension Configuration {
    /// A PDU or UPS that is asked by SNMP.
    public struct SNMPAgent: Hashable, Sendable {
        /// Where agents answer (RFC 3417, 3.2).
        public static let usualPort = 161
        /// What agents let everybody read with, as they come from the factory.
        public static let usualCommunity = "public"

        /// A word that opens an agent of SNMPv1 or v2c.
        public enum Community: Hashable, Sendable {
            /// As it is.
            case text(String)
            /// The first line of a file, relative to the configuration file until that has been read.
            case file(String)
        }

        /// How the agent is spoken to.
        public enum Access: Hashable, Sendable {
            /// SNMPv1; `write` is nil where orders are given with the community that reads.
            case v1(read: Community, write: Community?)
            /// SNMPv2c, otherwise as v1.
            case v2c(read: Community, write: Community?)
            /// SNMPv3.
            case v3(User)
        }

        /// Where the agent answers, UDP port 161 where nothing else is said.
        public var address: Endpoint
        /// How the agent is spoken to.
        public var access: Access
        /// How long an answer is waited for before the request is sent again.
        public var timeout: Duration
        /// How often a request is sent again.
        public var retries: Int
        /// The family of devices it is taken for; nil where it is to be found out.
        public var family: String?
        /// Files that describe more families; relative to the configuration file until that has been read.
        public var families: [String]

        /// Makes an agent.
        public init(
            address: Endpoint, access: Access = .v2c(read: .text(Self.usualCommunity), write: nil),
            timeout: Duration = .seconds(3), retries: Int = 2, family: String? = nil, families: [String] = []
        ) {
            self.address = address
            self.access = access
            self.timeout = timeout
            self.retries = retries
            self.family = family
            self.families = families
        }
    }
}

extension Configuration.SNMPAgent {
    /// Who we are for an agent of SNMPv3 (RFC 3414).
    public struct User: Hashable, Sendable {
        /// What proves who sent a message (RFC 3414, RFC 7860).
        public enum Digest: String, Hashable, Sendable, CaseIterable {
            case md5, sha, sha224, sha256, sha384, sha512
        }
        /// What hides a message (RFC 3414, RFC 3826). Of the longer keys of AES there are two ways to make them, neither of
        /// them in an RFC: those with a `c` as Cisco does it, the others as net-snmp does it.
        public enum Cipher: String, Hashable, Sendable, CaseIterable {
            case des, aes128, aes192, aes256, aes192c, aes256c
        }
        /// The proof and the file whose first line is its password.
        public struct Authentication: Hashable, Sendable {
            /// The digest.
            public var digest: Digest
            /// The file whose first line is the password; relative to the configuration file until that has been read.
            public var passwordFile: String

            /// Makes a proof.
            public init(digest: Digest, passwordFile: String) {
                self.digest = digest
                self.passwordFile = passwordFile
            }
        }
        /// The cipher and the file whose first line is its password.
        public struct Privacy: Hashable, Sendable {
            /// The cipher.
            public var cipher: Cipher
            /// The file whose first line is the password; relative to the configuration file until that has been read.
            public var passwordFile: String

            /// Makes a way to hide.
            public init(cipher: Cipher, passwordFile: String) {
                self.cipher = cipher
                self.passwordFile = passwordFile
            }
        }

        /// The name, at most 32 bytes.
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
    }
}

extension Configuration.SNMPAgent: NamesFiles {
    /// The communities, the passwords and the families.
    public var files: [DriverFile] {
        let secrets: [DriverFile?]
        switch self.access {
        case .v1(let read, let write), .v2c(let read, let write):
            secrets = [read.file("community file"), write?.file("write community file")]
        case .v3(let user):
            secrets = [
                user.authentication.map { DriverFile("auth password file", $0.passwordFile) },
                user.privacy.map { DriverFile("privacy password file", $0.passwordFile) },
            ]
        }
        return secrets.compactMap(\.self) + self.families.map { DriverFile("family file", $0, isSecret: false) }
    }

    /// Puts `path(old)` in the place of every path.
    public mutating func mapPaths(_ path: (String) -> String) {
        switch self.access {
        case .v1(let read, let write):
            self.access = .v1(read: read.mapping(path), write: write?.mapping(path))
        case .v2c(let read, let write):
            self.access = .v2c(read: read.mapping(path), write: write?.mapping(path))
        case .v3(var user):
            let (proof, privacy) = (user.authentication, user.privacy)
            user.authentication = proof.map { .init(digest: $0.digest, passwordFile: path($0.passwordFile)) }
            user.privacy = privacy.map { .init(cipher: $0.cipher, passwordFile: path($0.passwordFile)) }
            self.access = .v3(user)
        }
        self.families = self.families.map(path)
    }
}

extension Configuration.SNMPAgent.Community {
    fileprivate func file(_ what: String) -> DriverFile? {
        if case .file(let path) = self { return DriverFile(what, path) }
        return nil
    }

    fileprivate func mapping(_ path: (String) -> String) -> Self {
        if case .file(let old) = self { return .file(path(old)) }
        return self
    }
}
