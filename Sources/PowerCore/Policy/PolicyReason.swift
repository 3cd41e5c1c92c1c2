/// Why the policy did something: a value that can be compared, stored and put into a sentence.
public enum PolicyReason: Hashable, Codable, Sendable {
    /// The UPS runs on its battery.
    case mainsLost(DeviceID)
    /// The UPS has mains again.
    case mainsRestored(DeviceID)
    /// The output of the UPS is cut.
    case outputCut(DeviceID)
    /// The UPS says nothing; it ran on what is named when it was last heard.
    case upsSilent(DeviceID, last: UPSCondition.Supply)
    /// The UPS is heard again.
    case upsHeard(DeviceID)
    /// The PDU says nothing.
    case pduSilent(DeviceID)
    /// The host has been on battery for so long, and its tier waits no longer.
    case onBattery(Duration, limit: Duration)
    /// The charge that the host lives on is at or below the limit.
    case charge(Percent, limit: Percent)
    /// The time left for the host is at or below the limit.
    case runtime(Duration, limit: Duration)
    /// The time left for the host is no longer than its stop plan takes.
    case lastSafeMoment(left: Duration, needed: Duration)
    /// The batteries that the host lives on are low.
    case batteryLow
    /// A client has forced the shutdown of a UPS or host.
    case forced(by: Actor)
    /// It needs a host that must stop, so it stops first.
    case needs(HostID)
    /// Its turn has come: nothing that needs it is up any more.
    case turnCame
    /// Its client has logged out: it is going down.
    case loggedOut
    /// It is asked to stop in this way.
    case asking(StopPlan.Way)
    /// A way of stopping it has taken the order: it is going down.
    case wayTaken(StopPlan.Way)
    /// A way of stopping it did not work, in words.
    case wayFailed(StopPlan.Way, String)
    /// It is known to be down.
    case stopped(StopWitness)
    /// It is down and has settled: its outlets are cut.
    case settled
    /// Its power ended while it may have been running.
    case lostPower
    /// It went down although nobody asked it to.
    case wentDown
    /// It went down by somebody else's doing while it was on battery: it is part of the outage.
    case wentDownInOutage
    /// The power that had ended under it is back: it may start by itself.
    case powerIsBack
    /// It is started by this method.
    case starting(by: StartPlan.Method)
    /// A method of starting it did not work, in words.
    case methodFailed(StartPlan.Method, String)
    /// The UPS could not carry what moves to it when another one dies.
    case tight(DeviceID, Watts, rated: Watts)
    /// It is up again, or was found up.
    case seenUp(StartWitness)
    /// The mains are back before its turn came: it stays up.
    case cancelled
    /// The mains are stable and everything it needs is up: it is started.
    case startTurn(round: Int)
    /// The mains failed again while it was being started: it stays off until they are back.
    case turnedRound
    /// It was started three times and never seen up.
    case startFailed
    /// A person or program ordered an outlet switched.
    case ordered(OutletOrder, by: Actor)
    /// An outlet did not do what it was told.
    case outletRefused(OutletID, OutletPosition, OutletAnswer)
}

/// What proved that a host or load is up.
public enum StartWitness: String, Hashable, Codable, Sendable {
    /// Its NUT client logged in.
    case login
    /// It answers on the network.
    case reachable
    /// Its outlets draw power, and its time to log in has passed.
    case outletWatts
    /// Its outlets have power; all that can be known of a load.
    case outletOn
}
