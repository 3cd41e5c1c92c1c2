/// Something that happened outside and that the policy may act upon.
public enum PolicyInput: Hashable, Sendable {
    /// A UPS has said something of itself.
    case upsReported(DeviceID, UPSCondition)
    /// A UPS has said nothing for too long, or can no longer be reached.
    case upsSilent(DeviceID)
    /// A PDU has said how an outlet stands.
    case outletReported(OutletID, position: OutletPosition?, power: Watts?)
    /// A PDU can no longer be reached: what is known of its outlets is old.
    case pduSilent(DeviceID)
    /// A NUT client has logged in to a host's virtual UPS.
    case clientLoggedIn(HostID)
    /// A NUT client of a host has logged out or vanished; `remaining` clients are still logged in.
    case clientLoggedOut(HostID, remaining: Int)
    /// A client with the right to it asks for a forced shutdown of all that hangs on a UPS.
    case upsForced(DeviceID, by: Actor)
    /// A client with the right to it asks for a forced shutdown of one host and of what needs it.
    case hostForced(HostID, by: Actor)
    /// An order to an outlet was carried out and read back, or was not.
    case outletAnswered(OutletID, OutletPosition, OutletAnswer)
    /// A way of stopping a host was tried: it has been told, or not.
    case stopAnswered(HostID, StopPlan.Way, WayAnswer)
    /// A method of starting a host was tried: it has been told, or not.
    case startAnswered(HostID, StartPlan.Method, WayAnswer)
    /// A host was looked for on the network.
    case hostProbed(HostID, answers: Bool)
    /// The moment asked for with ``PolicyAction/wake(at:)`` has come.
    case deadlineReached
}

/// What became of the attempt to stop or start a host in one of its ways.
public enum WayAnswer: Hashable, Codable, Sendable {
    /// The way has taken the order; that the host obeys is for a witness to say.
    case taken
    /// It has not, in words.
    case failed(String)
}

/// What became of an order to an outlet.
public enum OutletAnswer: Hashable, Codable, Sendable {
    /// The state was read back and is what was ordered.
    case verified
    /// The PDU took the order, and the state read back says otherwise.
    case notVerified
    /// The PDU did not take the order, in words.
    case failed(String)
    /// The PDU could not be reached, in words.
    case unreachable(String)
    /// The PDU does not let this daemon switch: a community that only reads, a password, a right; in words.
    case notPermitted(String)
    /// The outlet is locked, at the PDU or here, in words.
    case locked(String)
    /// The PDU calls the outlet by another name than the configuration does, in words.
    case renamed(String)
    /// The PDU has no such outlet, in words.
    case unknown(String)
}

/// What a person or program may ask of an outlet.
public enum OutletOrder: String, Hashable, Codable, Sendable, CaseIterable {
    /// Give power.
    case on
    /// Take the power away.
    case off
    /// Take the power away, wait, and give it again.
    case cycle
}
