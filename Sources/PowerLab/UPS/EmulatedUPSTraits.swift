public import PowerCore

/// What tells one model and firmware of an emulated UPS from another.
///
/// The report descriptor is the same for all of them. Figures that no public reading gives are marked in place.
public struct EmulatedUPSTraits: Hashable, Sendable {
    /// What report 0x0d says while mains is there.
    public enum RuntimeOnMains: Hashable, Sendable {
        /// How long the cells would last without any load: about 42 hours on a full River 3 Plus.
        case selfConsumption
        /// Always the same value, in minutes.
        case sentinel(UInt16)
    }

    /// The product string.
    public var product: String
    /// The five characters that the serial numbers of the model begin with.
    public var serialPrefix: String
    /// Report 0x01, declared in watts; in truth the capacity in watt hours.
    public var activePower: UInt16
    /// Report 0x08.
    public var remainingTimeLimit: UInt16
    /// Report 0x0f, in percent.
    public var warningCapacityLimit: UInt8
    /// What report 0x0d says while mains is there.
    public var runtimeOnMains: RuntimeOnMains
    /// The most the outputs are made for.
    public var rated: Watts
    /// The battery as it leaves the shop: full, no discharge limit.
    public var battery: BatteryModel

    /// The vendor's number of every EcoFlow device seen.
    public static let vendorID: UInt16 = 0x3746
    /// The product's number of every EcoFlow device seen.
    public static let productID: UInt16 = 0xffff
    /// The manufacturer string.
    public static let manufacturer = "EcoFlow"

    /// The runtime that older firmware gives while nothing is drawn from the cells (r3pcomms): 5939 minutes.
    private static let sentinel: UInt16 = 0x1733

    /// EcoFlow River 3 Plus.
    ///
    /// Efficiency and own use are chosen to meet what was measured: 187 minutes at 99 % and 184 at 97 % with 80 W,
    /// 2499 to 2559 minutes on mains. The charger's power is inferred from the advertised hour to full.
    public static func river3Plus(_ firmware: EmulatedFirmware) -> EmulatedUPSTraits {
        EmulatedUPSTraits(
            product: firmware == .current ? "EF-UPS-RIVER 3 Plus" : "EF-UPS-R3P",
            serialPrefix: "R631Z",
            activePower: firmware == .current ? 286 : 260,
            remainingTimeLimit: 600,
            warningCapacityLimit: 10,
            runtimeOnMains: firmware == .current ? .selfConsumption : .sentinel(Self.sentinel),
            rated: 600,
            battery: BatteryModel(
                capacity: 286, efficiency: 0.953, selfConsumption: 6.8, charger: .init(power: 300)))
    }

    /// EcoFlow Delta 3 Plus.
    ///
    /// Own use and charger are inferred from the size, the rest is known.
    public static func delta3Plus(_ firmware: EmulatedFirmware) -> EmulatedUPSTraits {
        EmulatedUPSTraits(
            product: firmware == .current ? "EF-UPS-DELTA 3 Plus" : "EF-UPS-DELTA",
            serialPrefix: "P351Z",
            activePower: 1024,
            remainingTimeLimit: 120,
            warningCapacityLimit: 5,
            runtimeOnMains: firmware == .current ? .selfConsumption : .sentinel(Self.sentinel),
            rated: 1800,
            battery: BatteryModel(
                capacity: 1024, efficiency: 0.95, selfConsumption: 12, charger: .init(power: 1200)))
    }
}

extension EmulatedUPSTraits {
    /// A serial number of the model's form, 16 characters, different for every `number` below a million.
    public func serial(number: Int) -> String {
        let digits = "\(abs(number))"
        return self.serialPrefix + "LAB" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}
