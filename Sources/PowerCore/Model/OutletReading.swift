/// The two positions of a switched outlet.
public enum OutletPosition: String, Hashable, Codable, Sendable {
    /// The outlet gives power.
    case on
    /// The outlet gives none.
    case off
}

/// What a PDU says of one of its outlets at one moment.
public struct OutletReading: Hashable, Sendable {
    /// The outlet's number as printed on the PDU, counted from 1.
    public var number: Int
    /// The name stored in the PDU or the configuration, nil where there is none.
    public var name: String?
    /// The position read back, nil where the PDU does not tell: a third state, which is neither on nor off.
    public var position: OutletPosition?
    /// The position that the PDU says it will go to soon by itself, nil where it says nothing of the kind.
    public var pending: OutletPosition?
    /// Whether the outlet can be switched at all.
    public var isSwitchable: Bool
    /// Whether the PDU itself keeps the outlet as it is, by a lock that somebody set there.
    public var isLocked: Bool
    /// What the PDU calls the group, bank or section that the outlet belongs to, nil where there is none.
    public var group: String?
    /// The power drawn, nil where the PDU does not measure it.
    public var power: Watts?
    /// The current drawn in amperes, nil where the PDU does not measure it.
    public var current: Double?
    /// The voltage in volts, nil where the PDU does not measure it.
    public var voltage: Double?
    /// The apparent power drawn in volt-amperes, nil where the PDU does not measure it.
    public var apparentPower: Double?
    /// The energy counted since the PDU's own beginning, nil where it does not count.
    public var energy: WattHours?

    /// Makes a reading; what is left out is not known.
    public init(
        number: Int, name: String? = nil, position: OutletPosition? = nil, pending: OutletPosition? = nil,
        power: Watts? = nil, isSwitchable: Bool = true, isLocked: Bool = false, group: String? = nil,
        current: Double? = nil, voltage: Double? = nil, apparentPower: Double? = nil, energy: WattHours? = nil
    ) {
        self.number = number
        self.name = name
        self.position = position
        self.pending = pending
        self.power = power
        self.isSwitchable = isSwitchable
        self.isLocked = isLocked
        self.group = group
        self.current = current
        self.voltage = voltage
        self.apparentPower = apparentPower
        self.energy = energy
    }
}

/// What a PDU says of itself and its outlets at one moment.
public struct PDUReading: Hashable, Sendable {
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
