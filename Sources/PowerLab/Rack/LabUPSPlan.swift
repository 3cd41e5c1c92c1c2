public import PowerCore

/// An emulated UPS, and which mains it hangs on.
public struct LabUPSPlan: Hashable, Sendable {
    /// The name commands and sources know it by.
    public var id: DeviceID
    /// Which UPS it is.
    public var model: EmulatedUPSModel
    /// Which firmware it runs.
    public var firmware: EmulatedFirmware
    /// The mains circuit it is plugged into, in one name space with the devices.
    public var source: DeviceID
    /// The charge it begins with.
    public var charge: Percent
    /// The discharge limit set in it.
    public var dischargeLimit: Percent
    /// The serial number; nil makes one of the model's form from the name.
    public var serial: String?
    /// Whether it answers polls only, and sends no input reports by itself.
    public var isSilent: Bool

    /// Makes a plan of a full UPS.
    public init(
        _ id: DeviceID, model: EmulatedUPSModel, firmware: EmulatedFirmware = .current, source: DeviceID = "grid",
        charge: Percent = 100, dischargeLimit: Percent = 0, serial: String? = nil, isSilent: Bool = false
    ) {
        self.id = id
        self.model = model
        self.firmware = firmware
        self.source = source
        self.charge = charge
        self.dischargeLimit = dischargeLimit
        self.serial = serial
        self.isSilent = isSilent
    }
}
