/// Says whether a rack makes sense as a whole: names that exist, outlets that feed one thing, no circle, enough energy,
/// a way to everything when its turn comes.
///
/// Pure, and independent of how the rack was written down: a problem carries the place in the rack it is about.
public struct RackValidation: Sendable {
    /// A part of the rack that a problem is about, by its index in ``Rack``.
    public enum Place: Hashable, Sendable {
        /// A UPS.
        case ups(Int)
        /// A PDU.
        case pdu(Int)
        /// What a PDU is plugged into.
        case pduFeed(Int)
        /// What orders to a PDU travel through.
        case pduVia(Int, Int)
        /// An outlet of a PDU that is said to be shared, by its number.
        case pduShared(Int, Int)
        /// A tier in the order of shedding.
        case tier(Int)
        /// A host or load.
        case consumer(Int)
        /// The tier that a host or load is in.
        case consumerTier(Int)
        /// A feed of a host or load.
        case feed(Int, Int)
        /// How many feeds a host or load takes.
        case requires(Int)
        /// Something that a host or load needs.
        case need(Int, Int)
        /// What orders to a host travel through.
        case via(Int, Int)
        /// The host that the daemon runs on.
        case manager
        /// The triggers of the tier of this name.
        case triggers(String)
    }

    /// Something that is wrong with the rack.
    public struct Problem: Hashable, Sendable {
        /// What a reader of a file may have said already.
        public enum Kind: Hashable, Sendable {
            /// Two things have one name.
            case sameName
            /// Anything else.
            case other
        }

        /// Whether the daemon can start all the same.
        public var severity: ConfigurationProblem.Severity
        /// Whether it is about two things of one name.
        public var kind: Kind
        /// What it is about.
        public var place: Place
        /// What is wrong, as a sentence without a full stop.
        public var message: String
        /// What can be done about it.
        public var remedy: String

        /// Makes a problem.
        public init(
            _ place: Place, _ message: String, remedy: String = "", severity: ConfigurationProblem.Severity = .error,
            kind: Kind = .other
        ) {
            self.kind = kind
            self.severity = severity
            self.place = place
            self.message = message
            self.remedy = remedy
        }
    }

    /// The device that takes the lab's commands; no part of a rack may be called so.
    public static let labName = "lab"

    let rack: Rack
    /// How many outlets each PDU has.
    let outlets: [DeviceID: Int]
    let policy: PolicySettings

    /// Prepares to look at `rack`; a PDU that is not in `outlets` may have any number of them.
    public init(rack: Rack, outlets: [DeviceID: Int] = [:], policy: PolicySettings = PolicySettings()) {
        self.rack = rack
        self.outlets = outlets
        self.policy = policy
    }

    /// Everything that is wrong; empty where the rack makes sense.
    public func problems() -> [Problem] {
        let basic = self.nameProblems() + self.referenceProblems() + self.feedProblems() + self.tierProblems()
        let circles = self.circleProblems()
        // With a circle there is no order, and nothing can be said of how long a plan takes.
        let plans = circles.isEmpty ? self.energyProblems() : []
        let paths = self.pathProblems() + self.managerProblems()
        return basic + circles + plans + paths + self.capacityWarnings() + self.ratingWarnings()
    }

    // What the rules look up.

    /// What a feed hangs on in the end; nil where the PDU is not known.
    func ups(of feed: Feed) -> DeviceID? {
        switch feed {
        case .ups(let ups): ups
        case .outlet(let outlet): self.rack.pdus.first { $0.id == outlet.pdu }?.feed
        }
    }

    /// `host pve1` or `load switch`.
    func title(_ consumer: Consumer) -> String {
        "\(consumer.isHost ? "host" : "load") \(consumer.id)"
    }

    /// Where the host or load of a name stands in the rack, the first of that name; nil where there is none.
    func index(of id: HostID) -> Int? {
        self.rack.consumers.firstIndex { $0.id == id }
    }

    /// The triggers of a tier; the last safe moment where none are set.
    func triggers(of consumer: Consumer) -> [Trigger] {
        consumer.shed + (self.policy.triggers[consumer.tier] ?? [.lastSafeMoment])
    }
}
