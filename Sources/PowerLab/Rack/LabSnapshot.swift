public import PowerCore

/// The whole lab at one moment, for display.
public struct LabSnapshot: Hashable, Sendable {
    /// A mains circuit.
    public struct Source: Hashable, Sendable {
        /// Its name.
        public var id: DeviceID
        /// Whether it gives power.
        public var isOn: Bool
    }

    /// A UPS as it truly is, whatever it shows.
    public struct UPS: Hashable, Sendable {
        /// Its name.
        public var id: DeviceID
        /// What its cells hold.
        public var charge: Percent
        /// The charge at which its output ends.
        public var cutOff: Percent
        /// What is drawn from its output.
        public var watts: Watts
        /// Whether mains reaches it.
        public var hasMains: Bool
        /// Whether its output gives power.
        public var isOutputLive: Bool
        /// What is wrong with it on the bus, nil where nothing is.
        public var troubles: String?
    }

    /// An outlet as it truly is.
    public struct Outlet: Hashable, Sendable {
        /// Its name.
        public var id: OutletID
        /// Where the relay stands.
        public var position: OutletPosition
        /// Whether it gives power.
        public var isLive: Bool
        /// What is drawn from it.
        public var watts: Watts
    }

    /// A host as it truly is.
    public struct Host: Hashable, Sendable {
        /// Its name.
        public var id: HostID
        /// What it is doing.
        public var state: HostState
        /// Whether it has power.
        public var isPowered: Bool
        /// What it draws.
        public var watts: Watts
        /// How often its power ended while it was not off.
        public var crashes: Int
        /// Whether it never finishes stopping.
        public var isHung: Bool
        /// Whether its built-in client is logged in.
        public var isLoggedIn: Bool
    }

    /// A load as it truly is.
    public struct Load: Hashable, Sendable {
        /// Its name.
        public var id: HostID
        /// Whether it has power.
        public var isPowered: Bool
        /// What it draws.
        public var watts: Watts
    }

    /// When it was.
    public var moment: Moment
    /// How much faster than time the batteries empty and fill.
    public var speed: Double
    /// The mains circuits.
    public var sources: [Source]
    /// The UPSes.
    public var upses: [UPS]
    /// What is wrong with PDUs, by name.
    public var troubles: [DeviceID: String]
    /// The outlets of all PDUs.
    public var outlets: [Outlet]
    /// The hosts.
    public var hosts: [Host]
    /// The loads.
    public var loads: [Load]

    /// The UPS called `id`.
    public func ups(_ id: DeviceID) -> UPS? { self.upses.first { $0.id == id } }
    /// The outlet called `id`.
    public func outlet(_ id: OutletID) -> Outlet? { self.outlets.first { $0.id == id } }
    /// The host called `id`.
    public func host(_ id: HostID) -> Host? { self.hosts.first { $0.id == id } }
    /// The load called `id`.
    public func load(_ id: HostID) -> Load? { self.loads.first { $0.id == id } }
}
