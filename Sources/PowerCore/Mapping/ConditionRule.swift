/// Which condition a usage path tells of, and for which numbers it holds.
struct ConditionRule: Sendable {
    var condition: Condition
    var path: String
    var meaning: Meaning

    /// A condition that a device reports, before `ups.status` is made of it.
    enum Condition: Hashable, Sendable {
        case online
        case charging
        case discharging
        case lowBattery
        case timeLimitExpired
        case shutdownImminent
        case fullyCharged
        case depleted
        case replaceBattery
        case noBattery
        case overload
        case boost
        case trim
        case off
        case calibrating
        case bypass
        case communicationFault
        case awaitingPower
        case overheat
        case fanFailure
        case chargerFailure
        case batteryVoltageLow
        case batteryVoltageHigh
    }

    /// For which numbers the condition holds.
    enum Meaning: Sendable {
        /// For all but 0.
        case whenSet
        /// For 0.
        case whenClear
        /// For these it holds, for those it does not, all others say nothing.
        case numbers(Set<Int>, not: Set<Int>)
    }

    /// Whether the condition holds at `number`; nil where that number says nothing of it.
    func holds(at number: Int) -> Bool? {
        switch self.meaning {
        case .whenSet: number != 0
        case .whenClear: number == 0
        case .numbers(let held, let cleared): held.contains(number) ? true : cleared.contains(number) ? false : nil
        }
    }

    /// A condition that holds when the bit is set.
    static func when(_ path: String, _ condition: Condition) -> ConditionRule {
        ConditionRule(condition: condition, path: path, meaning: .whenSet)
    }

    /// A condition that holds when the bit is clear.
    static func unless(_ path: String, _ condition: Condition) -> ConditionRule {
        ConditionRule(condition: condition, path: path, meaning: .whenClear)
    }
}

extension ConditionRule {
    /// The bits of `PresentStatus` that nearly all makers agree on; `path` is the way to it.
    static func presentStatus(_ path: String) -> [ConditionRule] {
        [
            .when(path + ".ACPresent", .online), .when(path + ".Charging", .charging),
            .when(path + ".Discharging", .discharging), .when(path + ".BelowRemainingCapacityLimit", .lowBattery),
            .when(path + ".RemainingTimeLimitExpired", .timeLimitExpired),
            .when(path + ".ShutdownImminent", .shutdownImminent), .when(path + ".NeedReplacement", .replaceBattery),
            .unless(path + ".BatteryPresent", .noBattery), .when(path + ".Overload", .overload),
        ]
    }

    /// The bits that older devices have in `PowerSummary` itself (Back-UPS CS 500).
    static let summaryBits: [ConditionRule] = [
        .when("PowerSummary.ACPresent", .online), .when("PowerSummary.Charging", .charging),
        .when("PowerSummary.Discharging", .discharging),
        .when("PowerSummary.BelowRemainingCapacityLimit", .lowBattery),
        .when("PowerSummary.ShutdownImminent", .shutdownImminent),
    ]
}
