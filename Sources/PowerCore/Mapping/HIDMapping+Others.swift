extension HIDMapping {
    /// Eaton and the makers that share its descriptor (MGE, Santak), 0463.
    ///
    /// Eaton's own usages, on its page 0xffff: 41 converter type, 4d setting of the capacity limit, e5 and 05 the
    /// system and its USB part, f0 and f1 string indexes of versions.
    static let eaton: HIDMapping = {
        let timers = CommandRule.timers(
            shutdown: ["PowerSummary.DelayBeforeShutdown"], startup: ["PowerSummary.DelayBeforeStartup"],
            reboot: ["PowerSummary.DelayBeforeReboot"])
        var mapping = HIDMapping(
            name: "Eaton", variables: Self.eatonVariables,
            conditions: ConditionRule.presentStatus("PowerSummary.PresentStatus") + [
                .unless("PowerSummary.PresentStatus.Good", .off),
                .when("PowerSummary.PresentStatus.InternalFailure", .communicationFault),
                .when("PowerSummary.PresentStatus.CommunicationLost", .communicationFault),
                .when("PowerConverter.Input.[1].PresentStatus.Boost", .boost),
                .when("PowerConverter.Input.[1].PresentStatus.Buck", .trim),
            ],
            commands: CommandRule.beeper(
                "BatterySystem.Battery.AudibleAlarmControl", "PowerSummary.AudibleAlarmControl")
                + CommandRule.batteryTest("BatterySystem.Battery.Test") + timers)
        // The product string names the series, the rated volt-amperes the model (`TG-BOX` 850).
        mapping.modelNumberPath = "Flow.[4].ConfigApparentPower"
        return mapping
    }()

    private static let eatonVariables: [VariableRule] = [
        .read("battery.charge", "PowerSummary.RemainingCapacity", poll: .quick),
        .read(
            "battery.charge.low", "PowerSummary.ffff004d", "PowerSummary.RemainingCapacityLimit", poll: .semiStatic),
        .read("battery.runtime", "PowerSummary.RunTimeToEmpty", poll: .quick),
        .read("battery.type", "PowerSummary.iDeviceChemistry", as: .string, poll: .once),
        .read("battery.voltage", "PowerSummary.Voltage", "BatterySystem.Battery.Voltage", as: .number(1)),
        .read("battery.voltage.nominal", "PowerSummary.ConfigVoltage", as: .number(1), poll: .once),
        .read("device.usb.version", "ffff00e5.ffff0005.ffff00f1", as: .string, poll: .once),
        .read("input.transfer.low", "PowerConverter.Output.LowVoltageTransfer", poll: .semiStatic),
        .read("input.transfer.high", "PowerConverter.Output.HighVoltageTransfer", poll: .semiStatic),
        .read("input.voltage", "PowerConverter.Input.[1].Voltage", as: .number(1)),
        .read("input.frequency", "PowerConverter.Input.[1].Frequency", as: .number(1)),
        .read("outlet.id", "OutletSystem.Outlet.[1].OutletID", poll: .once),
        .read("outlet.desc", "OutletSystem.Outlet.[1].OutletID", as: .fixed("Main Outlet"), poll: .once),
        .read("outlet.switchable", "OutletSystem.Outlet.[1].PresentStatus.Switchable", as: .yesNo, poll: .once),
        .read("outlet.1.id", "OutletSystem.Outlet.[2].OutletID", poll: .once),
        .read("outlet.1.desc", "OutletSystem.Outlet.[2].OutletID", as: .fixed("PowerShare Outlet 1"), poll: .once),
        .read("outlet.1.switchable", "OutletSystem.Outlet.[2].PresentStatus.Switchable", as: .yesNo, poll: .once),
        .read(
            "outlet.1.status", "OutletSystem.Outlet.[2].PresentStatus.SwitchOn/Off", as: .words([0: "off", 1: "on"])),
        .read("output.voltage", "PowerConverter.Output.Voltage", as: .number(1)),
        .read("output.voltage.nominal", "Flow.[4].ConfigVoltage", poll: .once),
        .read("output.frequency", "PowerConverter.Output.Frequency", as: .number(1)),
        .read("output.frequency.nominal", "Flow.[4].ConfigFrequency", poll: .once),
        .read("ups.firmware", "PowerSummary.ffff00f0", as: .string, poll: .once),
        .read("ups.load", "PowerSummary.PercentLoad"),
        .read("ups.power.nominal", "Flow.[4].ConfigApparentPower", poll: .once),
        .read("ups.realpower", "PowerConverter.Output.ActivePower"),
        // Units without a watt meter: percent of the rated volt-amperes at a power factor of 0.8.
        .read("ups.realpower", "Flow.[4].ConfigApparentPower", as: .product("PowerSummary.PercentLoad", 0.008)),
        .read("ups.beeper.status", "BatterySystem.Battery.AudibleAlarmControl", as: .beeper),
        .read("ups.beeper.status", "PowerSummary.AudibleAlarmControl", as: .beeper),
        .read("ups.delay.shutdown", "PowerSummary.DelayBeforeShutdown", as: .fixed("20"), poll: .once),
        .read("ups.delay.start", "PowerSummary.DelayBeforeStartup", as: .fixed("30"), poll: .once),
        .read("ups.timer.shutdown", "PowerSummary.DelayBeforeShutdown"),
        .read("ups.timer.start", "PowerSummary.DelayBeforeStartup"),
        .read(
            "ups.type", "PowerConverter.ffff0041", as: .words([1: "offline / line interactive", 2: "online"]),
            poll: .once),
    ]

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
