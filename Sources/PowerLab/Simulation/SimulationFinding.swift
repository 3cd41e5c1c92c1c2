public import PowerCore

/// Something a simulation found that should not be.
public enum SimulationFinding: Hashable, Sendable {
    /// The power of a host ended while it ran.
    ///
    /// It could have been avoided where a plan existed: at the moment its outage began, or at any later one while the
    /// daemon ran, the energy that was truly left, with the loads of that moment moving to the UPSes that remain, lasted
    /// at least as long as the ordered stop. That is, for the host and everything that needs it and was not off yet, one
    /// after the other: the five seconds a stock client takes to hear of it, the time the machine truly takes (its
    /// timeout where it hangs or has no client), and the time until that is proved; and in front of them the debounce.
    /// What a UPS that breaks takes with it could not have been avoided, nor what happens to a host that hangs
    /// or runs no client.
    case lostPower(HostID, couldBeAvoided: Bool)
    /// A host was stopped in vain: had everything gone on that was up when it was told to, at the loads of that moment,
    /// its power would have lasted until the mains came back and this much longer; and what had made it stop.
    case stoppedNeedlessly(HostID, left: Duration, why: PolicyReason?)
    /// A host that ran at the beginning does not at the end, though its mains have long been back.
    case leftOff(HostID, HostPhase?)
    /// An outlet was cut while a host that it is the last feed of was up, though its time had not run out.
    case cutWhileUp(OutletID, HostID)
    /// A host was told to stop while another that needs it was up.
    case toldBefore(HostID, HostID)
    /// A host or load was started while something it needs was not up.
    case startedBefore(HostID, HostID)
    /// A host was told to stop again though nothing had been taken back.
    case toldTwice(HostID)
    /// An outlet was ordered while another order to it was not answered yet.
    case orderedTwice(OutletID)

    /// Whether a rule of the engine was broken, whatever the power did.
    public var isViolation: Bool {
        switch self {
        case .lostPower, .stoppedNeedlessly, .leftOff: false
        case .cutWhileUp, .toldBefore, .startedBefore, .toldTwice, .orderedTwice: true
        }
    }

    /// Whom it is about, by name.
    public var subject: String {
        switch self {
        case .lostPower(let host, _), .stoppedNeedlessly(let host, _, _), .leftOff(let host, _),
            .toldBefore(let host, _),
            .startedBefore(let host, _), .toldTwice(let host):
            host.name
        case .cutWhileUp(let outlet, _), .orderedTwice(let outlet): outlet.description
        }
    }

    /// What is wrong, as a sentence without a full stop and without the name of whom it is about.
    public var sentence: String {
        switch self {
        case .lostPower(_, true): "lost its power while it ran, though there was time to stop it"
        case .lostPower(_, false): "lost its power while it ran, and nothing could have stopped it in time"
        case .stoppedNeedlessly(_, let left, let why):
            "was stopped needlessly: \(left.inWords) would have been left when the mains came back"
                + (why.map { "; what stopped it: \($0.sentence)" } ?? "")
        case .leftOff(_, let phase): "is left off; it counts as \(phase?.word ?? "unknown")"
        case .cutWhileUp(_, let host): "was cut while \(host) was up, which it is the last feed of"
        case .toldBefore(_, let other): "was told to stop while \(other), which needs it, was up"
        case .startedBefore(_, let other): "was started while \(other), which it needs, was not up"
        case .toldTwice: "was told to stop twice"
        case .orderedTwice: "was given an order while another was under way"
        }
    }
}
