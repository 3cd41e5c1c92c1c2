/// What a driver tells the manager.
public enum DeviceEvent: Sendable {
    /// A UPS was found and opened, and is who `identity` says.
    case upsConnected(DeviceID, HIDIdentity)
    /// A UPS was read, or spoke by itself.
    case upsRead(DeviceID, UPSReading, at: Moment)
    /// Whoever knows a UPS's variables says that it has no good data, or has been away for too long.
    case upsUnavailable(DeviceID, Availability, DeviceFailure)
    /// A UPS says of itself that everything on it is to go down (`FSD` of a server or driver behind ours).
    case upsForced(DeviceID)
    /// A PDU was read.
    case pduRead(DeviceID, PDUReading, at: Moment)
    /// A device could not be reached, or answered with something that makes no sense.
    case failed(DeviceID, DeviceFailure)
}

/// Sets variables and runs commands of one UPS.
public protocol UPSControl: Sendable {
    /// Writes a variable to the device.
    func set(_ variable: String, to value: String) async throws(DeviceFailure)
    /// Runs an instant command, with NUT's one parameter.
    func run(_ command: String, parameter: String?) async throws(DeviceFailure)
}

/// A NUT device that is neither UPS nor PDU nor host: it only shows variables and takes commands (the lab).
public protocol CommandDevice: Sendable {
    /// What clients see of it.
    func snapshot() async -> DeviceSnapshot
    /// Runs an instant command, or says why not.
    func run(_ command: String, parameter: String?) async throws(OrderRefusal)
}
