/// The two positions of a switched outlet.
public enum OutletPosition: String, Hashable, Codable, Sendable {
    /// The outlet gives power.
    case on
    /// The outlet gives none.
    case off
}

/// What a PDU says of one of its outlets at one moment.
public struct OutletReading: Equatable, Sendable {
    /// The outlet's number as printed on the PDU, counted from 1.
    public var number: Int
    /// The name stored in the PDU or the configuration, nil where there is none.
    public var name: String?
    /// The position read back, nil where the PDU does not tell.
    public var position: OutletPosition?
    /// The power drawn, nil where the PDU does not measure it.
    public var power: Watts?
    /// Whether the outlet can be switched at all.
    public var isSwitchable: Bool

    /// Makes a reading; what is left out is not known.
    public init(
        number: Int, name: String? = nil, position: OutletPosition? = nil, power: Watts? = nil,
        isSwitchable: Bool = true
    ) {
        self.number = number
        self.name = name
        self.position = position
        self.power = power
        self.isSwitchable = isSwitchable
    }
}

/// What a PDU says of itself and its outlets at one moment.
public struct PDUReading: Equatable, Sendable {
    /// NUT variables of the PDU as a whole (`device.mfr`, `device.model`), without the outlets' own.
    public var variables: [Variable]
    /// The outlets in ascending order of their numbers.
    public var outlets: [OutletReading]

    /// Makes a reading.
    public init(variables: [Variable] = [], outlets: [OutletReading] = []) {
        self.variables = variables
        self.outlets = outlets
    }
}
