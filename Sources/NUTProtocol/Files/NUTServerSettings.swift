/// What `upsd.conf` says about the server.
public struct NUTServerSettings: Hashable, Sendable {
    /// A place to listen at.
    public struct Listen: Hashable, Sendable {
        /// An address, a host name, or `*` for all addresses.
        public var address: String
        /// The TCP port.
        public var port: Int

        /// Makes a place.
        public init(address: String, port: Int = NUTServerSettings.usualPort) {
            self.address = address
            self.port = port
        }
    }

    /// The port where none is named.
    public static let usualPort = 3493

    /// `LISTEN`, in the order of the file; none means loopback.
    public var listen: [NUTPlaced<Listen>] = []
    /// `MAXAGE`: seconds after which what a driver said is stale; 15 where it is not set.
    public var maximumAge: NUTPlaced<Int>?
    /// `TRACKINGDELAY`: seconds for which the outcome of a command is kept; 3600 where it is not set.
    public var trackingDelay: NUTPlaced<Int>?
    /// `MAXCONN`: connections at once, those of drivers and listeners counted in.
    public var maximumConnections: NUTPlaced<Int>?
    /// `STATEPATH`: where the drivers' sockets are.
    public var statePath: NUTPlaced<String>?
    /// `DATAPATH`: where the tables of names are.
    public var dataPath: NUTPlaced<String>?
    /// `ALLOW_NO_DEVICE`: whether a server without a UPS starts.
    public var allowsNoDevice: NUTPlaced<Bool>?
    /// `ALLOW_NOT_ALL_LISTENERS`: whether a server starts that cannot listen everywhere it should.
    public var allowsNotAllListeners: NUTPlaced<Bool>?
    /// `DEBUG_MIN`: how much is logged at least.
    public var debugMinimum: NUTPlaced<Int>?
    /// The settings of TLS (`CERTFILE`, `CERTPATH`, `CERTIDENT`, `CERTREQUEST`, `DISABLE_WEAK_SSL`), with their words.
    public var encryption: [NUTDirective] = []

    /// Makes settings of which none is set.
    public init() {}
}
