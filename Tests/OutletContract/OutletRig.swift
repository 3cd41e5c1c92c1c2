public import PowerCore

/// A PDU with its driver, as the contract test needs it: asked by two ways, and able to misbehave.
public protocol OutletRig: Sendable {
    /// The PDU's NUT name.
    var pdu: DeviceID { get }
    /// The driver.
    var controller: any OutletController { get }
    /// What must be listed: the number, the name (nil is not checked) and the position (nil is not checked).
    var expected: [OutletReading] { get }
    /// Outlets that the tests may switch; at least two where the device has two.
    var usable: [Int] { get }
    /// Reads the clock and waits.
    var timekeeper: any Timekeeper { get }
    /// How long everything may take with this device.
    var patience: OutletSequence.Patience { get }
    /// How the outlet stands by the device's own word, asked by another way than the driver.
    func stand(of outlet: Int) async throws -> OutletPosition?
    /// Makes the device misbehave; false where this device cannot.
    func put(_ fault: OutletFault) async throws -> Bool
    /// Everything as at the beginning: all outlets on, no fault.
    func heal() async throws
}

extension OutletRig {
    /// What the daemon itself grants a device, but for the wait until a stuck relay is given up.
    public var patience: OutletSequence.Patience { OutletSequence.Patience(verify: .seconds(10)) }
}

/// In which way a device misbehaves.
public enum OutletFault: Hashable, Sendable {
    /// The outlet takes orders and moves no relay.
    case stuck(Int)
    /// The relay moves some seconds late.
    case slow(Int)
    /// The device refuses orders to the outlet: the caller may only read.
    case refuses(Int)
    /// The device keeps the outlet as it is, by a lock of its own.
    case locked(Int)
    /// The device answers nothing at all.
    case unreachable
    /// Somebody has given the outlet another name at the device.
    case renamed(Int, String)
    /// The device is away for some seconds right after the next order.
    case reboots(Int)
}
