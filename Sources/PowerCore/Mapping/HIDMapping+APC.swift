import HIDReport

extension HIDMapping {
    /// APC Back-UPS and Smart-UPS, 051d.
    ///
    /// APC's own usages, on its page 0xff86: 05 general collection, 06 and 07 environment and its first probe, 16 date
    /// of battery replacement, 52 cause of the last transfer, 60 status flag, 61 sensitivity, 7c to 7e delays before
    /// reboot, shutdown and startup.
    static let apc: HIDMapping = {
        var mapping = HIDMapping(
            name: "APC", variables: Self.apcVariables, conditions: Self.apcConditions, commands: Self.apcCommands)
        mapping.defaultManufacturer = "APC"
        mapping.productString = .firmwareAppended
        mapping.limitRepairs = [LimitRepair(repair: Self.repairTransferLimits)]
        return mapping
    }()

    private static let shutdownDelays = [
        "PowerSummary.DelayBeforeShutdown", "Output.DelayBeforeShutdown", "ff860005.ff86007d",
    ]
    private static let startupDelays = [
        "PowerSummary.DelayBeforeStartup", "Output.DelayBeforeStartup", "ff860005.ff86007e",
    ]
    private static let rebootDelays = [
        "ff860005.ff86007c", "PowerSummary.DelayBeforeReboot", "Output.DelayBeforeReboot",
    ]

    private static let apcVariables: [VariableRule] = [
        .read("battery.charge", "PowerSummary.RemainingCapacity", poll: .quick),
        .readWrite("battery.charge.low", "PowerSummary.RemainingCapacityLimit"),
        .read("battery.charge.warning", "PowerSummary.WarningCapacityLimit", poll: .semiStatic),
        .read("battery.runtime", "Battery.RunTimeToEmpty", "PowerSummary.RunTimeToEmpty", poll: .quick),
        .readWrite("battery.runtime.low", "Battery.RemainingTimeLimit", "PowerSummary.RemainingTimeLimit"),
        .read("battery.voltage", "Battery.Voltage", "PowerSummary.Voltage", as: .number(1)),
        .read(
            "battery.voltage.nominal", "Battery.ConfigVoltage", "PowerSummary.ConfigVoltage", as: .number(1),
            poll: .once),
        .read("battery.temperature", "Battery.Temperature", as: .celsius(1)),
        .read("battery.type", "PowerSummary.iDeviceChemistry", as: .string, poll: .once),
        .readWrite("battery.mfr.date", "Battery.ManufacturerDate", as: .date),
        .read("battery.mfr.date", "PowerSummary.ff860016", as: .digitDate, poll: .semiStatic),
        .read("battery.date", "Battery.ff860016", as: .digitDate, poll: .semiStatic),
        .read("ups.load", "PowerConverter.PercentLoad", "Output.PercentLoad"),
        .read("ups.realpower.nominal", "PowerConverter.ConfigActivePower", "Output.ConfigActivePower", poll: .once),
        .delay("ups.delay.shutdown", shutdownDelays, "20"), .delay("ups.delay.start", startupDelays, "30"),
        .timer("ups.timer.shutdown", shutdownDelays), .timer("ups.timer.start", startupDelays),
        .timer("ups.timer.reboot", rebootDelays),
        .read("ups.test.result", "Battery.Test", as: .testResult),
        .read("ups.beeper.status", "PowerSummary.AudibleAlarmControl", as: .beeper),
        .read("ups.mfr.date", "ManufacturerDate", "PowerSummary.ManufacturerDate", as: .date, poll: .once),
        .read("input.voltage", "Input.Voltage", as: .number(1)),
        .read("input.voltage.nominal", "Input.ConfigVoltage", poll: .once),
        .readWrite("input.transfer.low", "Input.LowVoltageTransfer", "Output.LowVoltageTransfer"),
        .readWrite("input.transfer.high", "Input.HighVoltageTransfer", "Output.HighVoltageTransfer"),
        .readWrite("input.sensitivity", "Input.ff860061", as: .words([0: "low", 1: "medium", 2: "high"])),
        .read("output.voltage", "Output.Voltage", as: .number(1)),
        .read("output.voltage.nominal", "Output.ConfigVoltage", as: .number(1), poll: .once),
        .read("output.current", "Output.Current", as: .number(2)),
        .read("output.frequency", "Output.Frequency", as: .number(1)),
        .read("ambient.temperature", "ff860006.ff860007.Temperature", as: .celsius(1)),
        .read("ambient.humidity", "ff860006.ff860007.Humidity", as: .number(1)),
    ]

    private static let apcConditions: [ConditionRule] =
        ConditionRule.presentStatus("PowerSummary.PresentStatus") + ConditionRule.summaryBits + [
            // Back-UPS CS 500: 8 in normal operation, 16 for a moment at power-on, 0 with the output off.
            ConditionRule(condition: .off, path: "PowerSummary.ff860060", meaning: .numbers([0], not: [8, 16]))
        ]

    private static let apcCommands: [CommandRule] =
        CommandRule.beeper("PowerSummary.AudibleAlarmControl")
        + CommandRule.batteryTest("Battery.Test", "BatterySystem.Battery.Test")
        + CommandRule.timers(shutdown: shutdownDelays, startup: startupDelays, reboot: rebootDelays)

    /// Back-UPS that declare the input voltage's limits below their own high transfer voltage.
    ///
    /// BK650M2-CH: report 0x31 ends at 255 V while report 0x33 goes to 278 V, so 264 V would read as 255.
    private static func repairTransferLimits(_ descriptor: inout ReportDescriptor) {
        guard let transfer = LimitRepair.field("Input.HighVoltageTransfer", id: 0x33, in: descriptor) else { return }
        let limit = transfer.logicalMaximum
        if let voltage = LimitRepair.field("Input.Voltage", id: 0x31, in: descriptor),
            limit > voltage.logicalMaximum, limit <= 0xffff
        {
            LimitRepair.set(0...(2 * limit), "Input.Voltage", id: 0x31, in: &descriptor)
        }
        if let nominal = LimitRepair.field("Input.ConfigVoltage", id: 0x30, in: descriptor),
            limit > nominal.logicalMaximum, nominal.logicalMinimum <= 255
        {
            LimitRepair.set(nominal.logicalMinimum...255, "Input.ConfigVoltage", id: 0x30, in: &descriptor)
        }
    }
}
