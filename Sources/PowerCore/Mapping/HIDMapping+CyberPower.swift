import HIDReport

extension HIDMapping {
    /// CyberPower, 0764.
    ///
    /// CyberPower's own usages, on its page 0xff01: 43 input sensitivity, d0 string index of the firmware version.
    static let cyberPower: HIDMapping = {
        let timers = CommandRule.timers(
            shutdown: ["Output.DelayBeforeShutdown"], startup: ["Output.DelayBeforeStartup"],
            reboot: ["Output.DelayBeforeReboot"], off: 60, on: 120)
        var mapping = HIDMapping(
            name: "CyberPower", variables: Self.cyberPowerVariables,
            conditions: ConditionRule.presentStatus("PowerSummary.PresentStatus") + [
                .when("PowerSummary.PresentStatus.FullyCharged", .fullyCharged), .when("Output.Overload", .overload),
                .when("Output.Boost", .boost),
            ],
            commands: CommandRule.beeper("PowerSummary.AudibleAlarmControl") + CommandRule.batteryTest("Output.Test")
                + timers)
        mapping.defaultManufacturer = "CPS"
        mapping.limitRepairs = [LimitRepair(repair: Self.repairVoltageLimits)]
        mapping.scaleRepairs = [
            // CP1500 and kin, 0764:0501: half as many volts again as the battery can have.
            ScaleRepair(
                path: "PowerSummary.Voltage", reference: "PowerSummary.ConfigVoltage", limit: 1.4, factor: 2.0 / 3),
            // The same family: 599 for 59.9 Hz. No mains has 200 Hz.
            ScaleRepair(path: "Input.Frequency", reference: nil, limit: 200, factor: 0.1),
            ScaleRepair(path: "Output.Frequency", reference: nil, limit: 200, factor: 0.1),
        ]
        mapping.greatestCharge = 100
        return mapping
    }()

    private static let cyberPowerVariables: [VariableRule] = [
        .read("battery.charge", "PowerSummary.RemainingCapacity", poll: .quick),
        .readWrite("battery.charge.low", "PowerSummary.RemainingCapacityLimit"),
        .read("battery.charge.warning", "PowerSummary.WarningCapacityLimit", poll: .semiStatic),
        .read("battery.runtime", "PowerSummary.RunTimeToEmpty", poll: .quick),
        .readWrite("battery.runtime.low", "PowerSummary.RemainingTimeLimit"),
        .read("battery.status", "PowerSummary.FullChargeCapacity", as: .percentSign),
        .read("battery.type", "PowerSummary.iDeviceChemistry", as: .string, poll: .once),
        .readWrite("battery.mfr.date", "Battery.ManufacturerDate", as: .date),
        .read("battery.mfr.date", "PowerSummary.iOEMInformation", as: .string, poll: .once),
        .read("battery.voltage", "PowerSummary.Voltage", as: .number(1)),
        .read("battery.voltage.nominal", "PowerSummary.ConfigVoltage", poll: .once),
        .read("ups.load", "Output.PercentLoad"),
        .read("ups.beeper.status", "PowerSummary.AudibleAlarmControl", as: .beeper),
        .read("ups.test.result", "Output.Test", as: .testResult),
        .read("ups.realpower", "Output.ActivePower"),
        .read("ups.realpower.nominal", "Output.ConfigActivePower", poll: .once),
        .read("ups.power", "Output.ApparentPower"),
        .read("ups.power.nominal", "Output.ConfigApparentPower", poll: .once),
        .read("ups.delay.start", "Output.DelayBeforeStartup", as: .fixed("120"), poll: .once),
        .read("ups.delay.shutdown", "Output.DelayBeforeShutdown", as: .fixed("60"), poll: .once),
        .read("ups.timer.start", "Output.DelayBeforeStartup"),
        .read("ups.timer.shutdown", "Output.DelayBeforeShutdown"),
        .read("ups.timer.reboot", "Output.DelayBeforeReboot"),
        .read("ups.firmware", "PowerSummary.ff0100d0", as: .string, poll: .once),
        .read("ups.temperature", "PowerSummary.Temperature", as: .celsius(1)),
        .read("input.voltage", "Input.Voltage", as: .number(1)),
        .read("input.voltage.nominal", "Input.ConfigVoltage", poll: .once),
        .read("input.frequency", "Input.Frequency", as: .number(1)),
        .readWrite("input.transfer.low", "Input.LowVoltageTransfer", "Output.LowVoltageTransfer"),
        .readWrite("input.transfer.high", "Input.HighVoltageTransfer", "Output.HighVoltageTransfer"),
        .readWrite("input.sensitivity", "Output.ff010043", as: .words([0: "low", 1: "normal", 2: "high"])),
        .read("output.voltage", "Output.Voltage", as: .number(1)),
        .read("output.voltage.nominal", "Output.ConfigVoltage", poll: .once),
        .read("output.frequency", "Output.Frequency", as: .number(1)),
    ]

    /// Output and input voltages that carry the limits of the transfer voltages, and watts cut at a low limit.
    ///
    /// CP1500PFCLCD: report 0x12 (output voltage) is declared 136 to 142 V, the limits of report 0x10 before it.
    private static func repairVoltageLimits(_ descriptor: inout ReportDescriptor) {
        let volts = 0...511
        let transfer = LimitRepair.field("Input.HighVoltageTransfer", id: 0x10, in: descriptor)
        for (path, id) in [("Output.Voltage", UInt8(0x12)), ("Input.Voltage", 0x0f)] {
            guard let field = LimitRepair.field(path, id: id, in: descriptor) else { continue }
            let isCopied =
                field.logicalMinimum == transfer?.logicalMinimum && field.logicalMaximum == transfer?.logicalMaximum
            if isCopied || (field.isLogicalMaximumAssumed && field.logicalMaximum < volts.upperBound) {
                LimitRepair.set(volts, path, id: id, in: &descriptor)
            }
        }
        let watts = "Output.ConfigActivePower"
        if let field = LimitRepair.field(watts, id: 0x18, in: descriptor), field.logicalMaximum < 2048 {
            LimitRepair.set(min(0, field.logicalMinimum)...2048, watts, id: 0x18, in: &descriptor)
        }
    }
}
