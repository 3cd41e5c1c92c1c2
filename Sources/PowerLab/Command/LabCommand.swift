public import PowerCore

/// Something a person does to the lab while it runs.
///
/// Travels as words (`pductl lab charge river 30`) or as a NUT instant command with one parameter
/// (`charge.set river=30`); both ways lead to the same value.
public enum LabCommand: Hashable, Sendable {
    /// Takes the mains from a circuit or a UPS; from every circuit without a name.
    case mainsOff(DeviceID?)
    /// Gives the mains back to a circuit or a UPS; to everything without a name.
    case mainsOn(DeviceID?)
    /// Pulls the cable through which a UPS or a PDU is read.
    case unplug(DeviceID)
    /// Plugs that cable in again.
    case plug(DeviceID)
    /// Makes a UPS stall requests (so many, or until healed), or a PDU refuse them.
    case stall(DeviceID, times: Int?)
    /// Makes a UPS answer with noise.
    case garbage(DeviceID, times: Int?)
    /// Makes a UPS answer with the report's ID alone.
    case short(DeviceID, times: Int?)
    /// Makes a UPS keep requests waiting until they time out.
    case nak(DeviceID, times: Int?)
    /// Makes a UPS give an absurd report descriptor when it is opened.
    case absurd(DeviceID, times: Int?)
    /// Makes a UPS or a PDU answer late.
    case slow(DeviceID, Duration)
    /// Takes back every fault of a UPS, PDU or host; it may be any of them.
    case heal(String)
    /// Sets what the cells of a UPS hold.
    case setCharge(DeviceID, Percent)
    /// Sets the discharge limit of a UPS.
    case setLimit(DeviceID, Percent)
    /// Makes an outlet's relay stay where it is.
    case stick(OutletID)
    /// Makes an outlet's relay move so much later.
    case lag(OutletID, Duration)
    /// Makes a PDU refuse orders to an outlet, as to one who may only read.
    case deny(OutletID)
    /// Locks an outlet at the PDU itself.
    case lock(OutletID)
    /// Puts another name over that of an outlet, as somebody at the PDU would.
    case call(OutletID, String)
    /// Makes a PDU start anew as soon as it has taken its next order.
    case restart(DeviceID)
    /// Makes a host never finish stopping.
    case hang(HostID)
    /// Lets the batteries empty and fill so many times as fast as time.
    case setSpeed(Double)
    /// Asks for the whole lab as text.
    case status

    /// More requests than this are spoilt until healed.
    public static let timesLimit = 10000
    /// A longer delay is a device that does not answer.
    public static let delayLimit: Duration = .seconds(60)
    /// At 3600 times an hour of the battery passes in a second, a quarter of an hour in a step of the physics.
    public static let speedRange: ClosedRange<Double> = 0.01...3600
}

/// Why some words are no command of the lab, with what is possible in their place.
public struct LabCommandError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    public var reason: String

    /// Makes an error.
    public init(_ reason: String) {
        self.reason = reason
    }

    /// The sentence.
    public var description: String { self.reason }
}
