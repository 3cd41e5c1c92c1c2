/// How a host or a load gets power.
public enum Feed: Hashable, Sendable, CustomStringConvertible {
    /// Plugged straight into a UPS.
    case ups(DeviceID)
    /// Plugged into a switchable outlet of a PDU.
    case outlet(OutletID)

    /// The feed as the configuration writes it: `river` or `rack-a/4`.
    public var description: String {
        switch self {
        case .ups(let ups): "\(ups)"
        case .outlet(let outlet): "\(outlet)"
        }
    }
}

/// A UPS as the power graph knows it.
public struct RackUPS: Hashable, Sendable {
    /// Where the charge lies at which the device cuts its output.
    public enum CutOff: Hashable, Sendable {
        /// The discharge limit the device reports, plus the 1 % at which EcoFlow devices cut.
        case automatic
        /// A fixed charge.
        case fixed(Percent)
    }

    /// The NUT name.
    public var id: DeviceID
    /// The mains circuit it hangs on; UPSes of one circuit fail together.
    public var source: String
    /// The energy of the full battery, nil where the configuration does not say.
    public var capacity: WattHours?
    /// The power it can give for long, nil where the configuration does not say.
    public var rated: Watts?
    /// Where it cuts its output.
    public var cutOff: CutOff
    /// How far above the cut-off the battery counts as low (`LB`), in percent of charge.
    public var lowMargin: Percent

    /// Makes a UPS of the graph.
    public init(
        id: DeviceID, source: String = "mains", capacity: WattHours? = nil, rated: Watts? = nil,
        cutOff: CutOff = .automatic, lowMargin: Percent = 5
    ) {
        self.id = id
        self.source = source
        self.capacity = capacity
        self.rated = rated
        self.cutOff = cutOff
        self.lowMargin = lowMargin
    }
}

/// A PDU as the power graph knows it.
public struct RackPDU: Hashable, Sendable {
    /// The NUT name.
    public var id: DeviceID
    /// The UPS its inlet is plugged into.
    public var feed: DeviceID
    /// The hosts and loads that orders to it travel through (a switch); without power there it cannot be switched.
    public var via: [HostID]
    /// Outlets that feed more than one thing on purpose.
    public var shared: Set<Int>

    /// Makes a PDU of the graph.
    public init(id: DeviceID, feed: DeviceID, via: [HostID] = [], shared: Set<Int> = []) {
        self.id = id
        self.feed = feed
        self.via = via
        self.shared = shared
    }
}

/// A reason to stop a tier.
public enum Trigger: Hashable, Sendable {
    /// On battery for so long without a break.
    case onBattery(Duration)
    /// The charge has fallen to this or below.
    case charge(Percent)
    /// The remaining time has fallen to this or below.
    case runtime(Duration)
    /// The remaining time is no longer than the stop plan takes, times the margin.
    case lastSafeMoment
}

/// How a host is stopped, and how it is known to be down.
public struct StopPlan: Hashable, Sendable {
    /// The ways to ask a host to stop, in the order they are tried.
    public enum Way: String, Hashable, Codable, Sendable, CaseIterable {
        /// The host's own `upsmon` sees FSD on the host's virtual UPS.
        case nut
        /// A program is run on this machine.
        case command
        /// The host is told through the system's ssh.
        case ssh
    }

    /// The ways to ask, tried in this order.
    public var ways: [Way]
    /// How long stopping may take from the announcement on; then the host counts as stopped *by timeout*.
    public var timeout: Duration
    /// How long one way is given until the host must be seen to go down; then the next way is tried as well.
    public var nextWayAfter: Duration
    /// How long it takes from the client's logout until the machine is off; used where no outlet measures watts.
    public var offAfterLogout: Duration
    /// Below this power, summed over its outlets, a host that is going down counts as off.
    public var offBelow: Watts

    /// Makes a stop plan.
    public init(
        ways: [Way] = [.nut], timeout: Duration = .seconds(300), nextWayAfter: Duration = .seconds(30),
        offAfterLogout: Duration = .seconds(120), offBelow: Watts = 10
    ) {
        self.ways = ways
        self.timeout = timeout
        self.nextWayAfter = nextWayAfter
        self.offAfterLogout = offAfterLogout
        self.offBelow = offBelow
    }
}

/// How a host or load is started again, and how it is known to be up.
public struct StartPlan: Hashable, Sendable {
    /// The ways to start a host, in the order they are tried.
    public enum Method: String, Hashable, Codable, Sendable, CaseIterable {
        /// Its outlets are switched on; where they are on already, they are switched off and on.
        case outlet
        /// A magic packet is sent to its network card, once its outlets are on.
        case wakeOnLAN = "wake-on-lan"
        /// A program is run on this machine, once its outlets are on.
        case command
    }

    /// The methods, tried in this order.
    public var methods: [Method]
    /// How long a host may take until it is seen up.
    public var timeout: Duration

    /// Makes a start plan.
    public init(methods: [Method] = [.outlet], timeout: Duration = .seconds(300)) {
        self.methods = methods
        self.timeout = timeout
    }
}

/// A leaf of the power graph: a host, which is asked to stop, or a load, which is only cut and restored.
public struct Consumer: Hashable, Sendable {
    /// What kind of leaf it is.
    public enum Kind: Hashable, Sendable {
        /// Something with an operating system.
        case host(StopPlan)
        /// Something without one (a switch, a modem).
        case load
    }

    /// The name.
    public var id: HostID
    /// Host or load.
    public var kind: Kind
    /// The tier it is shed with.
    public var tier: String
    /// How it gets power; never empty.
    public var feeds: [Feed]
    /// How many of the feeds must live for it to run.
    public var requires: Int
    /// What it needs in order to be useful: it starts after these and stops before them.
    public var needs: [HostID]
    /// Whether its outlets are never switched, but by force.
    public var isProtected: Bool
    /// Triggers of its own, beside those of its tier.
    public var shed: [Trigger]
    /// How it is started again.
    public var start: StartPlan
    /// The power it usually draws, nil where the configuration does not say.
    public var watts: Watts?
    /// Whether it is looked for on the network: whether it answers is a witness.
    public var isProbed: Bool
    /// The hosts and loads that orders to it travel through (a switch); without them it cannot be told to stop.
    public var via: [HostID]

    /// Makes a leaf.
    public init(
        id: HostID, kind: Kind, tier: String, feeds: [Feed], requires: Int = 1, needs: [HostID] = [],
        isProtected: Bool = false, shed: [Trigger] = [], start: StartPlan = StartPlan(), watts: Watts? = nil,
        isProbed: Bool = false, via: [HostID] = []
    ) {
        self.id = id
        self.kind = kind
        self.tier = tier
        self.feeds = feeds
        self.requires = requires
        self.needs = needs
        self.isProtected = isProtected
        self.shed = shed
        self.start = start
        self.watts = watts
        self.isProbed = isProbed
        self.via = via
    }

    /// Whether it has an operating system that must be asked to stop.
    public var isHost: Bool {
        if case .host = self.kind { true } else { false }
    }

    /// The outlets among its feeds.
    public var outlets: [OutletID] {
        self.feeds.compactMap { if case .outlet(let outlet) = $0 { outlet } else { nil } }
    }
}

/// What hangs on what: mains, UPSes, PDUs, outlets, hosts and loads, as the configuration says it.
public struct Rack: Hashable, Sendable {
    /// The UPSes in the order of the configuration.
    public var upses: [RackUPS]
    /// The PDUs in the order of the configuration.
    public var pdus: [RackPDU]
    /// The hosts and loads in the order of the configuration.
    public var consumers: [Consumer]
    /// The tiers, the first to be shed first.
    public var tiers: [String]
    /// The host that this daemon runs on: it is stopped after everything else, and never cut; nil for one outside the rack.
    public var manager: HostID?

    /// Makes a rack; whether it makes sense is for the reader of the configuration to say.
    public init(
        upses: [RackUPS] = [], pdus: [RackPDU] = [], consumers: [Consumer] = [], tiers: [String] = [],
        manager: HostID? = nil
    ) {
        self.upses = upses
        self.pdus = pdus
        self.consumers = consumers
        self.tiers = tiers
        self.manager = manager
    }
}
