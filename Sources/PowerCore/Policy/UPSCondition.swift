/// What the policy needs to know of a UPS at one moment.
public struct UPSCondition: Hashable, Codable, Sendable {
    /// Where the power at the output comes from.
    public enum Supply: String, Hashable, Codable, Sendable {
        /// Nothing was ever heard of the device.
        case unknown
        /// From the mains.
        case mains
        /// From the battery.
        case battery
        /// From nowhere: the output is cut.
        case off
    }

    /// Where the power at the output comes from.
    public var supply: Supply
    /// The charge of the battery.
    public var charge: Percent?
    /// The time the device itself believes it can still run; nil where it gives none that is plausible.
    public var runtime: Duration?
    /// The charge at which the device cuts its output, as far as the device tells.
    public var cutOff: Percent?
    /// The measured power at the outputs.
    public var load: Watts?
    /// Whether the device itself says that the battery is low.
    public var saysLow: Bool

    /// Makes a condition; what is left out is not known.
    public init(
        supply: Supply, charge: Percent? = nil, runtime: Duration? = nil, cutOff: Percent? = nil, load: Watts? = nil,
        saysLow: Bool = false
    ) {
        self.supply = supply
        self.charge = charge
        self.runtime = runtime
        self.cutOff = cutOff
        self.load = load
        self.saysLow = saysLow
    }
}
