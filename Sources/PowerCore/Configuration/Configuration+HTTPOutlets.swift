extension Configuration {
    /// A PDU, strip or controller that is reached by HTTP.
    public struct HTTPOutlets: Hashable, Sendable {
        /// Whose requests and answers are spoken; the words of the file.
        public enum Profile: String, Hashable, Sendable, CaseIterable {
            /// Shelly of the second generation and later: RPC, digest with SHA-256.
            case shelly
            /// Shelly of the first generation: `/relay/0`, basic.
            case shellyGen1 = "shelly-gen1"
            /// Tasmota's `/cm`, where the password stands in the query.
            case tasmota
            /// Digital Loggers' REST interface, digest.
            case digitalLoggers = "digital-loggers"
            /// NETIO's `/netio.json`, basic.
            case netio
            /// A PDU with DMTF's Redfish, basic or a token.
            case redfish
            /// A PDU or strip behind a UniFi controller, an API key or a login.
            case unifi
        }

        /// Where a device answers: a scheme, a host and a port, and nothing behind them.
        public struct Address: Hashable, Sendable, CustomStringConvertible {
            /// Whether it is `https`.
            public var isEncrypted: Bool
            /// The host's name or address, an IPv6 address without brackets.
            public var host: String
            /// The port, nil for the scheme's own.
            public var port: Int?

            /// Makes an address.
            public init(isEncrypted: Bool, host: String, port: Int? = nil) {
                self.isEncrypted = isEncrypted
                self.host = host
                self.port = port
            }

            /// As it stands in the file: `https://pdu.lan:8443`.
            public var description: String {
                let host = self.host.contains(":") ? "[\(self.host)]" : self.host
                return "\(self.isEncrypted ? "https" : "http")://\(host)\(self.port.map { ":\($0)" } ?? "")"
            }
        }

        /// How long one request may take where nothing else is said: a controller under load takes a second or two.
        public static let usualTimeout = Duration.seconds(5)

        /// Whose requests and answers are spoken.
        public var profile: Profile
        /// Where it answers.
        public var url: Address
        /// Who we are there; nil for the profile's usual user, or for nobody where there is no password either.
        public var user: String?
        /// The file whose first line is the password; relative to the configuration file until that has been read.
        public var passwordFile: String?
        /// The file whose first line is an API key or token.
        public var tokenFile: String?
        /// SHA-256 of the one certificate that is taken, 32 bytes; nil where authorities vouch for it.
        public var fingerprint: [UInt8]?
        /// The file with the certificates that vouch for the device; nil for those that the machine trusts.
        public var authoritiesFile: String?
        /// Which device is meant where there are several behind one address: a MAC at UniFi, a PDU's Id with Redfish.
        public var device: String?
        /// The site at UniFi.
        public var site: String
        /// How long one request may take.
        public var timeout: Duration

        /// Makes a device.
        public init(
            profile: Profile, url: Address, user: String? = nil, passwordFile: String? = nil, tokenFile: String? = nil,
            fingerprint: [UInt8]? = nil, authoritiesFile: String? = nil, device: String? = nil,
            site: String = "default", timeout: Duration = Self.usualTimeout
        ) {
            self.profile = profile
            self.url = url
            self.user = user
            self.passwordFile = passwordFile
            self.tokenFile = tokenFile
            self.fingerprint = fingerprint
            self.authoritiesFile = authoritiesFile
            self.device = device
            self.site = site
            self.timeout = timeout
        }
    }
}

extension Configuration.HTTPOutlets.Profile {
    /// Whether a device can be told who asks by an API key or token.
    public var takesToken: Bool { self == .redfish || self == .unifi }
    /// Whether an address may have several devices behind it.
    public var takesDevice: Bool { self == .redfish || self == .unifi }
    /// The user of a device that knows only one, nil where there is none that is the same everywhere.
    public var usualUser: String? {
        switch self {
        case .shelly, .shellyGen1, .tasmota, .digitalLoggers: "admin"
        case .netio, .redfish, .unifi: nil
        }
    }
    /// Whether the device can encrypt, so that a password in the clear is a choice and no necessity.
    public var canEncrypt: Bool {
        switch self {
        case .shelly, .shellyGen1, .tasmota: false
        case .digitalLoggers, .netio, .redfish, .unifi: true
        }
    }
    /// Whether the password itself travels, and not only a proof of it.
    public var sendsPassword: Bool { self != .shelly && self != .digitalLoggers }
}

extension Configuration.HTTPOutlets: NamesFiles {
    /// The password, the token and the authorities.
    public var files: [DriverFile] {
        [
            self.passwordFile.map { DriverFile("password file", $0) },
            self.tokenFile.map { DriverFile("token file", $0) },
            self.authoritiesFile.map { DriverFile("ca", $0, isSecret: false) },
        ].compactMap(\.self)
    }

    /// Puts `path(old)` in the place of all three paths.
    public mutating func mapPaths(_ path: (String) -> String) {
        self.passwordFile = self.passwordFile.map(path)
        self.tokenFile = self.tokenFile.map(path)
        self.authoritiesFile = self.authoritiesFile.map(path)
    }
}
