/// What a device whose variables come ready-made says of itself: a NUT driver's, a remote server's or a file's.
///
/// Nothing in it is interpreted. `UPSReading.init(_:)` and `PDUReading.init(sourced:)` are what makes sense of it.
public struct SourcedState: Equatable, Sendable {
    /// Every variable, with its kind and whether it may be set; each name once.
    public var variables: [Variable]
    /// The names of the instant commands.
    public var commands: [String]

    /// Makes a state.
    public init(variables: [Variable] = [], commands: [String] = []) {
        self.variables = variables
        self.commands = commands
    }

    /// The value of a variable by its name in lower case; nil where the device has none.
    public func value(_ name: String) -> String? {
        self.variables.first { $0.name == name }?.value
    }
}

/// What a ``SourcedLink`` tells of its device.
public enum SourcedUpdate: Equatable, Sendable {
    /// The device is well, and this holds at this moment.
    case heard(SourcedState, at: Moment)
    /// The link stands, but whoever is at its other end has no good data.
    case unavailable(Availability, DeviceFailure)
    /// The link is over; nothing follows.
    case lost(DeviceFailure)
}
