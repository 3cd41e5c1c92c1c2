extension Configuration {
    /// How a host is reached: what the ways of stopping and starting it, and the looks for it on the network, need.
    public struct HostAccess: Hashable, Sendable {
        /// The host through the system's own ssh, with a key and without any question asked.
        public struct SSH: Hashable, Sendable {
            /// The user to log in as; nil leaves it to ssh's own configuration.
            public var user: String?
            /// The host's name or address.
            public var host: String
            /// The port; nil leaves it to ssh's own configuration.
            public var port: Int?
            /// The file with the private key; nil leaves it to ssh's own configuration.
            public var identity: String?
            /// What is run there; a key with a forced command runs that instead.
            public var command: String

            /// Makes the way to a host.
            public init(
                user: String? = nil, host: String, port: Int? = nil, identity: String? = nil,
                command: String = "poweroff"
            ) {
                self.user = user
                self.host = host
                self.port = port
                self.identity = identity
                self.command = command
            }
        }

        /// Where a magic packet goes.
        public struct WakeOnLAN: Hashable, Sendable {
            /// The six bytes of the network card's address.
            public var hardwareAddress: [UInt8]
            /// Where it is sent, a broadcast address as a rule.
            public var broadcast: Endpoint

            /// Makes the place of a network card.
            public init(
                hardwareAddress: [UInt8], broadcast: Endpoint = Endpoint(host: "255.255.255.255", port: 9)
            ) {
                self.hardwareAddress = hardwareAddress
                self.broadcast = broadcast
            }
        }

        /// What counts as an answer on the network.
        public enum Probe: Hashable, Sendable {
            /// The port takes a connection.
            case tcp(Endpoint)
            /// The address answers an echo request.
            case ping(String)
        }

        /// The host through ssh, for the way `ssh`.
        public var ssh: SSH?
        /// The program and its arguments for the way `command`; no shell is involved.
        public var stopCommand: [String]
        /// The program and its arguments for the method `command`; no shell is involved.
        public var startCommand: [String]
        /// The network card, for the method `wake-on-lan`.
        public var wake: WakeOnLAN?
        /// It is up while any of these answers, and gone when none does; empty where it is not looked for.
        public var probes: [Probe]

        /// How long a program or an ssh may take until it is ended and counts as failed.
        public static let commandTimeout = Duration.seconds(30)

        /// Makes the ways to a host.
        public init(
            ssh: SSH? = nil, stopCommand: [String] = [], startCommand: [String] = [], wake: WakeOnLAN? = nil,
            probes: [Probe] = []
        ) {
            self.ssh = ssh
            self.stopCommand = stopCommand
            self.startCommand = startCommand
            self.wake = wake
            self.probes = probes
        }
    }

    /// Where the journal and the history are kept.
    public struct Store: Hashable, Sendable {
        /// The file of the database.
        public var path: String
        /// How long the history is kept.
        public var keep: Duration

        /// Two years.
        public static let defaultKeep = Duration.seconds(2 * 365 * 86400)

        /// Makes a store.
        public init(path: String, keep: Duration = Store.defaultKeep) {
            self.path = path
            self.keep = keep
        }
    }
}
