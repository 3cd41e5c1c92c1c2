/// What the engine knows and cannot see again, by name: what is in the journal after it was read from its beginning.
///
/// Of each subject the last entry counts, so that an entry may be read twice and older ones may be thrown away.
public struct PolicyMemory: Hashable, Codable, Sendable {
    /// The hosts and loads.
    public var hosts: [HostID: HostMemory]
    /// The UPSes.
    public var upses: [DeviceID: UPSMemory]
    /// The orders to outlets that were in flight.
    public var outlets: [OutletID: OutletMemory]
    /// The outlets that people have locked. They are no part of what was going on.
    public var locks: [OutletID: OutletLock] = [:]

    /// Makes a memory; without anything, that of an engine that has never run.
    public init(
        hosts: [HostID: HostMemory] = [:], upses: [DeviceID: UPSMemory] = [:], outlets: [OutletID: OutletMemory] = [:]
    ) {
        self.hosts = hosts
        self.upses = upses
        self.outlets = outlets
    }

    /// Whether nothing is remembered at all.
    public var isEmpty: Bool { self.hosts.isEmpty && self.upses.isEmpty && self.outlets.isEmpty }

    /// Takes an entry in, in place of what was known of the same subject.
    public mutating func take(_ entry: JournalEntry) {
        switch entry {
        case .host(let host, let memory): self.hosts[host] = memory
        case .ups(let ups, let memory): self.upses[ups] = memory
        case .outlet(let outlet, let memory): self.outlets[outlet] = memory
        case .lock(let outlet, let lock): self.locks[outlet] = lock
        }
    }
}

/// One line of the journal: all that must be remembered of one subject.
public enum JournalEntry: Hashable, Codable, Sendable {
    /// A host or load.
    case host(HostID, HostMemory)
    /// A UPS.
    case ups(DeviceID, UPSMemory)
    /// The order in flight at an outlet, nil when none is any more.
    case outlet(OutletID, OutletMemory?)
    /// Who has locked an outlet, nil when nobody has any more.
    case lock(OutletID, OutletLock?)
}

/// A person's word that nobody may switch an outlet, the policy included.
public struct OutletLock: Hashable, Codable, Sendable {
    /// Whose word it is.
    public var actor: Actor
    /// Why, in that person's words; nil where nothing was said.
    public var reason: String?

    /// Makes a lock.
    public init(actor: Actor, reason: String? = nil) {
        self.actor = actor
        self.reason = reason
    }

    /// Who and why, as `locked by anna at 192.0.2.7: new power supply`.
    public var inWords: String {
        "locked by \(self.actor.inWords)\(self.reason.map { ": \($0)" } ?? "")"
    }
}

/// What must be remembered of a host or load.
public struct HostMemory: Hashable, Codable, Sendable {
    /// Where it stands.
    public var phase = HostPhase.running
    /// How long it has lived on battery.
    public var battery = BatteryTime()
    /// Who forced its shutdown, until it is down.
    public var forced: Actor?
    /// When it was told to stop, until it is started again.
    public var told: Moment?
    /// Which of its ways of stopping is being tried, while it is asked.
    public var ask: Attempt?
    /// Which of its methods of starting is being tried, while it is started.
    public var start: Attempt?
    /// Whether the engine has cut outlets of it that are not all known to be on again.
    public var isCut = false
    /// Whether a NUT client was ever logged in for it.
    public var hasClient = false
    /// Whether it ever answered on the network.
    public var hasAnswered = false
    /// Whether its outlets ever drew the power of a running machine.
    public var hasDrawn = false
    /// How long it took to stop, from the order to the proof.
    public var stopTimes = LearntTimes()
    /// How long it took from the logout of its client to the proof that it is off.
    public var offTimes = LearntTimes()
    /// How long it took from its start turn until it was seen up.
    public var startTimes = LearntTimes()
    /// What it usually draws, nil until it was watched for long enough.
    public var watts: Watts?

    /// A way or method that is being tried.
    public struct Attempt: Hashable, Codable, Sendable {
        /// Its place in the plan, counted from 0.
        public var index: Int
        /// Since when it is being tried.
        public var since: Moment
        /// Whether the order has gone out.
        public var isSent = false
    }

    /// Makes the memory of something that runs and of which nothing is known.
    public init() {}
}

/// What must be remembered of a UPS.
public struct UPSMemory: Hashable, Codable, Sendable {
    /// What it said last.
    public var condition = UPSCondition(supply: .unknown)
    /// When it said that.
    public var heard: Moment?
    /// Since when it has had mains without a break.
    public var mainsSince: Moment?
    /// Who forced a shutdown of everything on it, until that is done.
    public var forced: Actor?
    /// When that was.
    public var forcedSince: Moment?
    /// What its discharges have shown.
    public var learnt = LearntBattery()

    /// How far the charge may move until that alone is worth a write: a restart reckons on from there.
    static let stepOfCharge = 5.0

    /// Makes the memory of a UPS of which nothing was heard.
    public init() {}

    /// Whether so much has changed since `other` was written that it must be written again.
    func differs(from other: UPSMemory) -> Bool {
        let moved = abs((self.condition.charge?.value ?? 0) - (other.condition.charge?.value ?? 0))
        return self.condition.supply != other.condition.supply || self.mainsSince != other.mainsSince
            || self.forced != other.forced || self.forcedSince != other.forcedSince
            || (self.heard == nil) != (other.heard == nil) || self.learnt != other.learnt || moved >= Self.stepOfCharge
    }
}

/// What must be remembered of an order to an outlet.
public struct OutletMemory: Hashable, Codable, Sendable {
    /// The steps that are left.
    public var steps: [OutletPosition]
    /// Why it is done.
    public var reason: PolicyReason
    /// When the first of the steps is due; nil in journals of earlier versions.
    public var due: Moment?

    /// Makes the memory of an order.
    public init(steps: [OutletPosition], reason: PolicyReason, due: Moment? = nil) {
        self.steps = steps
        self.reason = reason
        self.due = due
    }
}
