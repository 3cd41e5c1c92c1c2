/// What the usage paths of one maker's UPSes mean in NUT's words: a table, and the few things no table can say.
///
/// Paths are written without the `UPS.` at their front. The tables follow what NUT 2.8.5's usbhid-ups says of the same
/// bytes; where ours says something else on purpose, the property that makes it so says why.
public struct HIDMapping: Sendable {
    /// The maker as a log line names it.
    public let name: String
    /// NUT's variables, the first of several rules for one variable that the device can serve counts.
    let variables: [VariableRule]
    /// The conditions behind `ups.status` and `ups.alarm`.
    let conditions: [ConditionRule]
    /// The instant commands.
    let commands: [CommandRule]
    /// The manufacturer to show where the device names none.
    var defaultManufacturer: String?
    /// How the product string is taken apart.
    var productString = ProductString.plain
    /// The path of a number that belongs behind the product string to make a model of it.
    var modelNumberPath: String?
    /// Logical limits that this device is known to declare wrongly.
    var limitRepairs: [LimitRepair] = []
    /// Values that this device is known to scale wrongly.
    var scaleRepairs: [ScaleRepair] = []
    /// How far the runtime can be trusted.
    var runtime = RuntimeTrust.always
    /// The path of the charge at which the device cuts its own output.
    var dischargeLimitPath: String?
    /// Whether an empty battery shows as a missing and worn one, which then says nothing.
    var emptyLooksWorn = false
    /// The greatest charge shown, for devices that count beyond a full one.
    var greatestCharge: Double?

    /// How far the device's runtime can be trusted.
    enum RuntimeTrust: Equatable, Sendable {
        case always
        /// Only on battery, and never this number of seconds.
        case onBattery(sentinel: Double)
    }

    /// How the product string is taken apart.
    enum ProductString: Equatable, Sendable {
        /// It is the model.
        case plain
        /// It is the model, `FW:` and a firmware, `USB FW:` and another (`Back-UPS ES 700G FW:871.O4 .I USB FW:O4`).
        case firmwareAppended
    }

    /// Picks the mapping for a device by its vendor and product numbers.
    static func mapping(for identity: HIDIdentity) -> HIDMapping {
        switch (identity.vendorID, identity.productID) {
        // Every EcoFlow seen is 3746:ffff; others of the vendor speak the same descriptor or show nothing.
        case (0x3746, _): .ecoFlow
        case (0x051d, _): .apc
        case (0x0764, _): .cyberPower
        // Powerware, HP, IBM and AEG: the products that NUT knows to speak as an Eaton does.
        case (0x0463, _), (0x0592, 0x0004), (0x03f0, 0x1fe5...0x1fe8), (0x04b3, 0x0001), (0x2b2d, 0xffff): .eaton
        case (0x047c, 0xffff): .eatonByDell
        case (0x10af, _), (0x050d, _): .liebert
        case (0x075d, 0x0300), (0x06da, 0xffff): .iDowell
        case (0x2341, _), (0x2a03, _): .arduino
        case (0x09ae, let product): .trippLite(product)
        default: .generic
        }
    }
}
