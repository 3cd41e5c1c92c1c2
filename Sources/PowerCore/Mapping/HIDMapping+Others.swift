extension HIDMapping {
    /// Liebert, and Belkin where it uses the standard pages, 10af and 050d.
    static let liebert = HIDMapping(
        name: "Liebert",
        variables: [
            .read("battery.capacity", "Flow.ConfigApparentPower", poll: .once),
            .read("battery.charge", "PowerSummary.RemainingCapacity", poll: .quick),
            .read("battery.charge.low", "PowerSummary.RemainingCapacityLimit", poll: .semiStatic),
            .read("battery.charge.warning", "PowerSummary.WarningCapacityLimit", poll: .semiStatic),
            .read("battery.runtime", "PowerSummary.RunTimeToEmpty", poll: .quick),
            .read("battery.type", "PowerSummary.iDeviceChemistry", as: .string, poll: .once),
            .read("battery.voltage", "BatterySystem.Battery.Voltage", "PowerSummary.Voltage", as: .number(1)),
            .read(
                "battery.voltage.nominal", "BatterySystem.Battery.ConfigVoltage", "PowerSummary.ConfigVoltage",
                poll: .once),
            .read("input.frequency", "PowerConverter.Input.Frequency", "Input.Frequency", as: .number(1)),
            .read("input.voltage", "PowerConverter.Input.Voltage", "Input.Voltage", as: .number(1)),
            .read("input.voltage.nominal", "Flow.ConfigVoltage", poll: .once),
            .read("output.frequency", "PowerConverter.Output.Frequency", as: .number(1)),
            .read("output.voltage", "PowerConverter.Output.Voltage", "Output.Voltage", as: .number(1)),
            .read("output.voltage.nominal", "Flow.ConfigVoltage", poll: .once),
            .read("ups.load", "OutletSystem.Outlet.PercentLoad", "Output.PercentLoad"),
            .read("ups.mfr.date", "PowerSummary.ManufacturerDate", as: .date, poll: .once),
        ],
        conditions: ConditionRule.presentStatus("PowerSummary.PresentStatus")
            + ConditionRule.summaryBits,
        commands: [])

    /// GoldenMate Smart Battery and others with iDowell's firmware, 075d:0300 and 06da:ffff.
    static let iDowell: HIDMapping = {
        var mapping = HIDMapping(
            name: "iDowell", variables: Self.iDowellVariables,
            conditions: ConditionRule.presentStatus("PowerSummary.PresentStatus") + [
                .unless("PowerSummary.PresentStatus.Good", .off),
                .when("PowerSummary.PresentStatus.InternalFailure", .communicationFault),
                .when("PowerSummary.PresentStatus.CommunicationLost", .communicationFault),
            ],
            commands: CommandRule.timers(
                shutdown: ["PowerSummary.DelayBeforeShutdown"], startup: ["PowerSummary.DelayBeforeStartup"],
                reboot: []))
        mapping.limitRepairs = [LimitRepair(repair: Self.repairRuntimeLimit)]
        return mapping
    }()

    private static let iDowellVariables: [VariableRule] = [
        .read("battery.capacity.design", "PowerSummary.DesignCapacity", poll: .once),
        .read("battery.capacity.full", "PowerSummary.FullChargeCapacity", poll: .once),
        .read("battery.charge", "PowerSummary.RemainingCapacity", poll: .quick),
        .read(
            "battery.charge.low", "PowerSummary.RemainingCapacityLimit", "PowerSummary.WarningCapacityLimit",
            poll: .semiStatic),
        .read("battery.runtime", "PowerSummary.RunTimeToEmpty", poll: .quick),
        .read("battery.type", "PowerSummary.iDeviceChemistry", as: .string, poll: .once),
        .read("battery.voltage", "PowerSummary.Voltage", as: .number(1)),
        .read("battery.voltage.nominal", "PowerSummary.ConfigVoltage", as: .number(1), poll: .once),
        .read("input.transfer.low", "PowerConverter.Output.LowVoltageTransfer", poll: .semiStatic),
        .read("input.transfer.high", "PowerConverter.Output.HighVoltageTransfer", poll: .semiStatic),
        .read("output.voltage", "PowerConverter.Output.Voltage", as: .number(1)),
        .read("output.voltage.nominal", "Flow.[4].ConfigVoltage", poll: .once),
        .read("output.frequency.nominal", "Flow.[4].ConfigFrequency", poll: .once),
        .read("ups.power.nominal", "Flow.[4].ConfigApparentPower", poll: .once),
        .read("ups.load", "PowerSummary.PercentLoad"),
        .read("ups.delay.shutdown", "PowerSummary.DelayBeforeShutdown", as: .fixed("20"), poll: .once),
        .read("ups.delay.start", "PowerSummary.DelayBeforeStartup", as: .fixed("30"), poll: .once),
        .read("ups.timer.shutdown", "PowerSummary.DelayBeforeShutdown"),
        .read("ups.timer.start", "PowerSummary.DelayBeforeStartup"),
    ]

    /// Boards that run the Arduino library HIDPowerDevice, 2341 and 2a03.
    static let arduino = HIDMapping(
        name: "Arduino",
        variables: [
            .read("battery.charge", "PowerSummary.RemainingCapacity", poll: .quick),
            .read("battery.charge.low", "PowerSummary.RemainingCapacityLimit", poll: .semiStatic),
            .read("battery.charge.warning", "PowerSummary.WarningCapacityLimit", poll: .semiStatic),
            .read("battery.runtime", "PowerSummary.RunTimeToEmpty", poll: .quick),
            .read("battery.runtime.low", "PowerSummary.RemainingTimeLimit", poll: .semiStatic),
            .read("battery.type", "PowerSummary.iDeviceChemistry", as: .string, poll: .once),
            .read("battery.voltage", "PowerSummary.Voltage", as: .number(2)),
            .read("battery.voltage.nominal", "PowerSummary.ConfigVoltage", as: .number(2), poll: .once),
            .read("input.voltage", "PowerConverter.Input.[1].Voltage", as: .number(1)),
            .read("output.voltage", "PowerConverter.Output.Voltage", as: .number(1)),
            .read("ups.load", "PowerSummary.PercentLoad"),
            .read("ups.delay.shutdown", "PowerSummary.DelayBeforeShutdown", as: .fixed("20"), poll: .once),
            .read("ups.delay.start", "PowerSummary.DelayBeforeStartup", as: .fixed("30"), poll: .once),
            .read("ups.timer.reboot", "PowerSummary.DelayBeforeReboot"),
            .read("ups.timer.shutdown", "PowerSummary.DelayBeforeShutdown"),
            .read("ups.timer.start", "PowerSummary.DelayBeforeStartup"),
        ],
        conditions: ConditionRule.presentStatus("PowerSummary.PresentStatus") + [
            .when("PowerSummary.PresentStatus.FullyCharged", .fullyCharged),
            .when("PowerSummary.PresentStatus.FullyDischarged", .depleted),
        ],
        commands: CommandRule.timers(
            shutdown: ["PowerSummary.DelayBeforeShutdown"], startup: ["PowerSummary.DelayBeforeStartup"],
            reboot: ["PowerSummary.DelayBeforeReboot"]))
}
