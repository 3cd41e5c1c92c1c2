/// The status words and alarms that follow from what a device reports.
struct UPSStatus: Equatable {
    /// The words of `ups.status`.
    var flags: UPSReading.Flags = []
    /// The texts of `ups.alarm`.
    var alarms: [String] = []

    /// Applies NUT's rules, in its order (usbhid-ups of 2.8.5).
    ///
    /// `isEmpty` says that the battery is empty and that the device then shows a missing and worn battery without
    /// meaning it.
    init(conditions: [ConditionRule.Condition: Bool], charge: Double?, isEmpty: Bool) {
        func holds(_ condition: ConditionRule.Condition) -> Bool { conditions[condition] == true }
        self.addSupply(conditions)
        if holds(.calibrating) { self.flags.insert(.calibrating) }
        if holds(.discharging), !holds(.depleted) { self.flags.insert(.discharging) }
        if holds(.charging), Self.canCharge(conditions, charge) { self.flags.insert(.charging) }
        if holds(.lowBattery) || holds(.timeLimitExpired) || holds(.shutdownImminent) { self.flags.insert(.lowBattery) }
        if holds(.overload) { self.flags.insert(.overload) }
        if holds(.replaceBattery) || holds(.noBattery), !isEmpty { self.flags.insert(.replaceBattery) }
        if holds(.trim) { self.flags.insert(.trim) }
        if holds(.boost) { self.flags.insert(.boost) }
        if holds(.bypass) { self.flags.insert(.bypass) }
        if holds(.off) { self.flags.insert(.off) }
        self.alarms = Self.alarms.filter { holds($0.0) && !(isEmpty && $0.1) }.map(\.2)
    }

    /// OL or OB; neither where the device says nothing of its supply, OB where it only says that it discharges.
    private mutating func addSupply(_ conditions: [ConditionRule.Condition: Bool]) {
        switch conditions[.online] {
        case true?: self.flags.insert(.online)
        case false?: self.flags.insert(.onBattery)
        case nil: if conditions[.discharging] == true { self.flags.insert(.onBattery) }
        }
    }

    /// Whether "charging" may be believed: a full battery does not charge, whatever the bit says.
    private static func canCharge(_ conditions: [ConditionRule.Condition: Bool], _ charge: Double?) -> Bool {
        if let isFull = conditions[.fullyCharged] { return !isFull }
        return charge.map { $0 > 0 && $0 < 100 } ?? true
    }

    /// Alarm texts in NUT's order, and whether an empty battery explains them away.
    private static let alarms: [(ConditionRule.Condition, Bool, String)] = [
        (.replaceBattery, true, "Replace battery!"), (.shutdownImminent, false, "Shutdown imminent!"),
        (.fanFailure, false, "Fan failure!"), (.noBattery, true, "No battery installed!"),
        (.batteryVoltageLow, false, "Battery voltage too low!"),
        (.batteryVoltageHigh, false, "Battery voltage too high!"), (.chargerFailure, false, "Battery charger fail!"),
        (.overheat, false, "Temperature too high!"), (.communicationFault, false, "Internal UPS fault!"),
        (.awaitingPower, false, "Awaiting power!"), (.bypass, false, "Automatic bypass mode!"),
    ]
}
