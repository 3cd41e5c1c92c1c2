public import PowerCore

/// What `upsmon.conf` says about a host.
public struct NUTMonitor: Hashable, Sendable {
    /// A UPS that the host watches.
    public struct Watch: Hashable, Sendable {
        /// The UPS.
        public var ups: NUTUPSAddress
        /// How many of the host's power supplies it feeds; 0 for one that is only watched.
        public var powerValue: Int
        /// The user it logs in as.
        public var user: String
        /// The user's password.
        public var password: String
        /// Whether it announces shutdowns to others.
        public var role: Configuration.User.Role
        /// Where it is set.
        public var place: NUTFilePlace
    }

    /// `MONITOR`, in the order of the file.
    public var watches: [Watch] = []
    /// `MINSUPPLIES`: how many power supplies must live; 1 where it is not set.
    public var minimumSupplies: NUTPlaced<Int>?
    /// Everything else, as it stands.
    public var settings: [NUTDirective] = []

    /// Makes a host that watches nothing.
    public init() {}
}
