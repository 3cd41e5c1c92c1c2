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

    /// Makes a memory; without anything, that of an engine that has never run.
    public init(
        hosts: [HostID: HostMemory] = [:], upses: [DeviceID: UPSMemory] = [:], outlets: [OutletID: OutletMemory] = [:]
    ) {
        self.hosts = hosts
        self.upses = upses
        self.outlets = outlets
    }

    /// Takes an entry in, in place of what was known of the same subject.
    public mutating func take(_ entry: JournalEntry) {
        switch entry {
        case .host(let host, let memory): self.hosts[host] = memory
        case .ups(let ups, let memory): self.upses[ups] = memory
        case .outlet(let outlet, let memory): self.outlets[outlet] = memory
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
}

/// What must be remembered of a host or load.
public struct HostMemory: Hashable, Codable, Sendable {
    /// Where it stands.
    public var phase: HostPhase
}

/// What must be remembered of a UPS.
public struct UPSMemory: Hashable, Codable, Sendable {
    /// What it said last.
    public var condition: UPSCondition
    /// When it said that.
    public var heard: Moment?
}

/// What must be remembered of an order to an outlet.
public struct OutletMemory: Hashable, Codable, Sendable {
    /// The steps that are left.
    public var steps: [OutletPosition]
    /// Why it is done.
    public var reason: PolicyReason
}
