/// Something the runtime must do now, in the order given.
public enum PolicyAction: Hashable, Sendable {
    /// Show FSD on the host's virtual UPS, so that its client shuts it down.
    case announceShutdown(HostID, PolicyReason)
    /// Show FSD no longer.
    case withdrawShutdown(HostID)
    /// Keep this on the disk before anything that follows is done.
    case journal([JournalEntry])
    /// Ask the host to stop in this way and report ``PolicyInput/stopAnswered(_:_:_:)``; never `nut`, which is FSD.
    case stop(HostID, by: StopPlan.Way)
    /// Start the host by this method and report ``PolicyInput/startAnswered(_:_:_:)``; never `outlet`, which is switched.
    case start(HostID, by: StartPlan.Method)
    /// Put an outlet into a position, read it back and report ``PolicyInput/outletAnswered(_:_:_:)``.
    case turn(OutletID, OutletPosition, PolicyReason)
    /// Let the PDU itself switch an outlet off and on, see that it does, and report
    /// ``PolicyInput/outletAnswered(_:_:_:)`` with the position on.
    case cycle(OutletID, offTime: Duration, PolicyReason)
    /// Do nothing more with an outlet, and report nothing: what was ordered has taken too long, and is decided anew.
    case abandon(OutletID)
    /// Tell the one who gave the order with this number how it came out.
    case answer(order: Int, OrderOutcome)
    /// Keep this in the log.
    case record(PolicyRecord)
    /// Call back with ``PolicyInput/deadlineReached`` at this moment; replaces what was asked for before.
    case wake(at: Moment)
    /// No call is wanted any more.
    case cancelWake
}

/// One line of the log of decisions: whom it is about, and why.
public struct PolicyRecord: Hashable, Sendable {
    /// How much a person should care.
    public enum Level: String, Hashable, Sendable {
        /// As planned.
        case notice
        /// Something a person should look at soon.
        case warning
        /// Something went wrong that the policy could not prevent.
        case alarm
    }

    /// How much a person should care.
    public var level: Level
    /// The host, load, UPS or outlet it is about, by name.
    public var subject: String
    /// What was decided or seen.
    public var reason: PolicyReason

    /// Makes a record.
    public init(_ level: Level, _ subject: String, _ reason: PolicyReason) {
        self.level = level
        self.subject = subject
        self.reason = reason
    }
}
