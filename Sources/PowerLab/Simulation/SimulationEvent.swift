public import PowerCore

/// Something that happened in a simulated rack, as the timeline tells it.
public struct SimulationEvent: Hashable, Sendable {
    /// What happened.
    public enum Kind: Hashable, Sendable {
        /// The mains of a UPS came or went.
        case mains(DeviceID, isOn: Bool)
        /// The output of a UPS came or went.
        case output(DeviceID, isLive: Bool)
        /// A UPS shows another charge.
        case charge(DeviceID, Percent)
        /// A machine did something.
        case machine(HostID, Deed)
        /// An outlet has moved.
        case moved(OutletID, OutletPosition)
        /// The engine said why it does something.
        case decided(PolicyRecord)
        /// The daemon is gone, or is back.
        case daemon(isUp: Bool)
        /// Something goes wrong, or does so no longer.
        case fault(SimulationFault, isOver: Bool)
        /// Something was found that should not be.
        case found(SimulationFinding)
    }

    /// What a machine may do.
    public enum Deed: String, Hashable, Sendable {
        /// Its client heard that it is to stop, logged out, and it is going down.
        case goesDown
        /// It has been told by a program, and is going down.
        case obeys
        /// It hangs on its way down.
        case hangs
        /// It came to its end by itself.
        case isOff
        /// Its power ended.
        case losesPower
        /// It boots.
        case boots
        /// It has power and does not boot.
        case refusesToBoot
        /// It runs.
        case isUp
        /// Its client, on battery, has heard nothing of the daemon for too long, and takes it down.
        case losesPatience
    }

    /// When, counted from the beginning of the scenario.
    public var at: Duration
    /// What.
    public var kind: Kind

    /// Makes an event.
    public init(at: Duration, _ kind: Kind) {
        self.at = at
        self.kind = kind
    }
}
