import HIDReport

extension HIDMapping {
    /// What nearly all makers agree on, for a device that no other table is made for.
    static let generic = HIDMapping(
        name: "generic", variables: Self.genericVariables, conditions: Self.genericConditions,
        commands: CommandRule.beeper("PowerSummary.AudibleAlarmControl", "AudibleAlarmControl")
            + CommandRule.batteryTest(
                "BatterySystem.Battery.Test", "BatterySystem.Test", "Battery.Test", "Output.Test")
            + CommandRule.timers(
                shutdown: shutdownDelays, startup: startupDelays, reboot: rebootDelays))

    /// Tripp Lite, 09ae: the generic table with what some of its models scale wrongly.
    static func trippLite(_ productID: UInt16) -> HIDMapping {
        var mapping = Self.generic
        let batteryVoltages = ["PowerSummary.Voltage", "BatterySystem.Battery.Voltage", "BatterySystem.Voltage"]
        let mainsVoltages = ["PowerConverter.Input.Voltage", "PowerConverter.Output.Voltage"]
        let frequencies = ["PowerConverter.Input.Frequency", "PowerConverter.Output.Frequency"]
        func repairs(_ paths: [String], _ factor: Double) -> [ScaleRepair] {
            paths.map { ScaleRepair(path: $0, reference: nil, limit: nil, factor: factor) }
        }
        switch productID {
        // AVR, OMNI and ECO models: ten times the battery's voltage.
        case 0x1003, 0x1007...0x1010, 0x2005...0x2014:
            mapping.scaleRepairs = repairs(batteryVoltages, 0.1)
        // SMART1500LCDT and its sibling leave the power of ten of volts away and add one to hertz and amperes.
        case 0x3016, 0x3024:
            mapping.scaleRepairs =
                repairs(batteryVoltages + mainsVoltages, 100_000) + repairs(frequencies, 0.01)
                + repairs(["PowerConverter.Output.Current"], 0.01)
        default: break
        }
        return mapping
    }

    private static let shutdownDelays = [
        "PowerSummary.DelayBeforeShutdown", "OutletSystem.Outlet.DelayBeforeShutdown", "Output.DelayBeforeShutdown",
    ]
    private static let startupDelays = [
        "PowerSummary.DelayBeforeStartup", "OutletSystem.Outlet.DelayBeforeStartup", "Output.DelayBeforeStartup",
    ]
    private static let rebootDelays = [
        "PowerSummary.DelayBeforeReboot", "OutletSystem.Outlet.DelayBeforeReboot", "Output.DelayBeforeReboot",
    ]

    private static let genericConditions: [ConditionRule] =
        ConditionRule.presentStatus("PresentStatus") + ConditionRule.presentStatus("PowerSummary.PresentStatus")
        + ConditionRule.summaryBits + [
            .when("PowerSummary.PresentStatus.FullyCharged", .fullyCharged),
            .when("PowerSummary.PresentStatus.FullyDischarged", .depleted),
            .when("PowerSummary.PresentStatus.CommunicationLost", .communicationFault),
            .when("PowerSummary.PresentStatus.InternalFailure", .communicationFault),
            .when("PowerSummary.PresentStatus.OverTemperature", .overheat),
            .when("PowerSummary.PresentStatus.AwaitingPower", .awaitingPower),
            .when("PowerConverter.PresentStatus.Overload", .overload), .when("Output.Overload", .overload),
            .when("PowerConverter.PresentStatus.Boost", .boost), .when("PowerConverter.PresentStatus.Buck", .trim),
            .when("PresentStatus.Boost", .boost), .when("PresentStatus.Buck", .trim), .when("Output.Boost", .boost),
            .when("PowerConverter.Input.[1].PresentStatus.Boost", .boost),
            .when("PowerConverter.Input.[1].PresentStatus.Buck", .trim),
        ]

    private static let genericVariables: [VariableRule] = [
        .read(
            "battery.charge", "PowerSummary.RemainingCapacity", "BatterySystem.Battery.RemainingCapacity",
            "Battery.RemainingCapacity", poll: .quick),
        .readWrite("battery.charge.low", "PowerSummary.RemainingCapacityLimit"),
        .read("battery.charge.warning", "PowerSummary.WarningCapacityLimit", poll: .semiStatic),
        .read("battery.runtime", "PowerSummary.RunTimeToEmpty", "Battery.RunTimeToEmpty", poll: .quick),
        .readWrite("battery.runtime.low", "PowerSummary.RemainingTimeLimit", "Battery.RemainingTimeLimit"),
        .read(
            "battery.voltage", "PowerSummary.Voltage", "BatterySystem.Battery.Voltage", "BatterySystem.Voltage",
            "Battery.Voltage", as: .number(1)),
        .read(
            "battery.voltage.nominal", "PowerSummary.ConfigVoltage", "BatterySystem.Battery.ConfigVoltage",
            "BatterySystem.ConfigVoltage", "Battery.ConfigVoltage", as: .number(1), poll: .once),
        .read(
            "battery.temperature", "BatterySystem.Battery.Temperature", "BatterySystem.Temperature",
            "Battery.Temperature", as: .celsius(1)),
        .read("battery.type", "PowerSummary.iDeviceChemistry", as: .string, poll: .once),
        .read("ups.mfr.date", "PowerSummary.ManufacturerDate", "ManufacturerDate", as: .date, poll: .once),
        .read(
            "ups.load", "PowerConverter.PercentLoad", "PowerConverter.Output.PercentLoad", "PowerSummary.PercentLoad",
            "OutletSystem.Outlet.PercentLoad", "Output.PercentLoad"),
        .read("ups.beeper.status", "PowerSummary.AudibleAlarmControl", "AudibleAlarmControl", as: .beeper),
        .read(
            "ups.test.result", "BatterySystem.Battery.Test", "BatterySystem.Test", "Battery.Test", "Output.Test",
            as: .testResult),
        .read("ups.temperature", "PowerSummary.Temperature", as: .celsius(1)),
        .read("ups.realpower", "PowerConverter.Output.ActivePower", "Output.ActivePower"),
        .read("ups.power", "PowerConverter.Output.ApparentPower", "Output.ApparentPower"),
        .read(
            "ups.realpower.nominal", "Flow.[4].ConfigActivePower", "Output.ConfigActivePower",
            "PowerConverter.ConfigActivePower", "Flow.ConfigActivePower", poll: .once),
        .read(
            "ups.power.nominal", "Flow.[4].ConfigApparentPower", "Output.ConfigApparentPower",
            "Flow.ConfigApparentPower", poll: .once),
        .read(
            "input.voltage", "PowerConverter.Input.[1].Voltage", "PowerConverter.Input.Voltage", "Input.Voltage",
            "PowerSummary.Input.Voltage", as: .number(1)),
        .read(
            "input.voltage.nominal", "Input.ConfigVoltage", "PowerSummary.Input.ConfigVoltage", "Flow.ConfigVoltage",
            poll: .once),
        .read(
            "input.frequency", "PowerConverter.Input.[1].Frequency", "PowerConverter.Input.Frequency",
            "Input.Frequency", as: .number(1)),
        .readWrite(
            "input.transfer.low", "PowerConverter.Output.LowVoltageTransfer", "Input.LowVoltageTransfer",
            "Output.LowVoltageTransfer"),
        .readWrite(
            "input.transfer.high", "PowerConverter.Output.HighVoltageTransfer", "Input.HighVoltageTransfer",
            "Output.HighVoltageTransfer"),
        .read(
            "output.voltage", "PowerConverter.Output.Voltage", "Output.Voltage", "PowerSummary.Output.Voltage",
            as: .number(1)),
        .read(
            "output.voltage.nominal", "Flow.[4].ConfigVoltage", "Output.ConfigVoltage", "Flow.ConfigVoltage",
            poll: .once),
        .read("output.frequency", "PowerConverter.Output.Frequency", "Output.Frequency", as: .number(1)),
        .read("output.frequency.nominal", "Flow.[4].ConfigFrequency", "Flow.ConfigFrequency", poll: .once),
        .read(
            "output.current", "PowerConverter.Output.Current", "Output.Current", "PowerSummary.Output.Current",
            as: .number(2)),
        .timer("ups.timer.shutdown", shutdownDelays), .timer("ups.timer.start", startupDelays),
        .timer("ups.timer.reboot", rebootDelays), .delay("ups.delay.shutdown", shutdownDelays, "20"),
        .delay("ups.delay.start", startupDelays, "30"),
    ]

    /// A runtime whose logical maximum lies below its minimum, with a voltage that inherits it.
    ///
    /// GoldenMate (sibling descriptor of 291 bytes): report 0x02 declares `27 ff ff ff fe`; report 0x01 of the same
    /// device says how far the values really go.
    static func repairRuntimeLimit(_ descriptor: inout ReportDescriptor) {
        let runtime = "PowerSummary.RunTimeToEmpty"
        for type in ReportType.allCases {
            let fields = descriptor.fields(of: type, id: 0x02)
            let isWrong = fields.contains { $0.path?.description == "UPS." + runtime && $0.isLogicalMaximumAssumed }
            guard isWrong else { continue }
            LimitRepair.set(0...0x75ff_ffff, runtime, id: 0x02, in: &descriptor)
            LimitRepair.set(0...65535, "PowerSummary.Voltage", id: 0x02, in: &descriptor)
        }
    }
}

extension VariableRule {
    /// A timer of the UPS, in seconds.
    static func timer(_ name: String, _ paths: [String]) -> VariableRule {
        VariableRule(name: name, paths: paths, conversion: .number(0), poll: .full, writableLength: nil)
    }

    /// The default that a command uses where a device has the timer.
    static func delay(_ name: String, _ paths: [String], _ text: String) -> VariableRule {
        VariableRule(name: name, paths: paths, conversion: .fixed(text), poll: .once, writableLength: nil)
    }
}

extension VariableRule.Conversion {
    /// 1 is yes.
    static let yesNo = Self.words([0: "no", 1: "yes"])
}
