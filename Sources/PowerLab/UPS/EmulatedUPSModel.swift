/// A UPS that the lab can be.
public enum EmulatedUPSModel: String, Hashable, Sendable, CaseIterable {
    /// EcoFlow River 3 Plus: 286 Wh, 600 W.
    case river3Plus = "river-3-plus"
    /// EcoFlow Delta 3 Plus: 1024 Wh, 1800 W.
    case delta3Plus = "delta-3-plus"

    /// What tells this model with this `firmware` from the others.
    public func traits(_ firmware: EmulatedFirmware = .current) -> EmulatedUPSTraits {
        switch self {
        case .river3Plus: .river3Plus(firmware)
        case .delta3Plus: .delta3Plus(firmware)
        }
    }
}
