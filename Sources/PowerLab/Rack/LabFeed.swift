public import PowerCore

/// Where the power of something in the lab comes from.
public enum LabFeed: Hashable, Sendable, CustomStringConvertible {
    /// A socket of a PDU.
    case outlet(OutletID)
    /// A UPS, without anything that can be switched between.
    case ups(DeviceID)

    /// The outlet or the UPS by name.
    public var description: String {
        switch self {
        case .outlet(let outlet): outlet.description
        case .ups(let ups): ups.description
        }
    }
}
