/// Where a host or load stands between running, being stopped and being started again.
public enum HostPhase: Hashable, Codable, Sendable {
    /// The state while it runs and nothing is intended with it.
    case running
    /// The state while it is to be stopped but its turn has not come: something that needs it is still up.
    case waiting(since: Moment, why: PolicyReason)
    /// The state while it has been told to stop and its client has not yet reacted.
    case asked(since: Moment, deadline: Moment)
    /// The state while its client has logged out: it is going down, which is not yet down.
    case stopping(since: Moment, deadline: Moment)
    /// The state while it is known to be down and its outlets still have power.
    case stopped(StopWitness, since: Moment)
    /// The state while it has no power, or is down by its own doing.
    case off(OffCause, since: Moment)
    /// The state while its outlets are being switched so that it starts; counted in rounds from 1.
    case starting(round: Int, since: Moment, deadline: Moment)
    /// The state after all rounds were in vain: a person must look.
    case failedToStart(since: Moment)

    /// How many phases there are.
    static let count = 8

    /// The word for the phase that clients are shown.
    public var word: String {
        switch self {
        case .running: "running"
        case .waiting: "waiting"
        case .asked: "asked"
        case .stopping: "stopping"
        case .stopped: "stopped"
        case .off: "off"
        case .starting: "starting"
        case .failedToStart: "failed"
        }
    }

    /// Whether it may still be running, so that its power must not be taken away.
    public var mayRun: Bool {
        switch self {
        case .running, .waiting, .asked, .stopping, .starting: true
        case .stopped, .off, .failedToStart: false
        }
    }

    /// Whether it is being told to shut down: stock clients see `FSD`.
    public var isTold: Bool {
        switch self {
        case .asked, .stopping: true
        case .running, .waiting, .stopped, .off, .starting, .failedToStart: false
        }
    }
}

/// What proved that a host is down.
public enum StopWitness: String, Hashable, Codable, Sendable {
    /// The power of its outlets fell below the limit.
    case outletWatts
    /// It answered on the network, and has not for some seconds.
    case unreachable
    /// It logged out, and the time it takes from there to being off has passed.
    case timeSinceLogout
    /// Nothing proved it; its time ran out. A different fact, shown and alarmed as such.
    case timeout
}

/// Why something has no power or is down.
public enum OffCause: String, Hashable, Codable, Sendable {
    /// Its outlets were cut after it had stopped; it is to be started again.
    case cut
    /// Its power ended while it ran; it is to be started again.
    case lostPower
    /// It was off when first seen, was switched off by a person, or went down unasked; it is left alone.
    case unasked
}
