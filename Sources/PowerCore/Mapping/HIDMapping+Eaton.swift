extension HIDMapping {
    /// Eaton and the makers that share its descriptor (MGE, Santak), 0463; sold by others as well (HP, Dell, IBM, AEG).
    ///
    /// Eaton's own usages, on its page 0xffff: 41 converter type, 4d setting of the capacity limit, e5 and 05 the
    /// system and its USB part, f0 and f1 string indexes of versions.
    static let eaton: HIDMapping = {
        let timers = CommandRule.timers(
            shutdown: ["PowerSummary.DelayBeforeShutdown"], startup: ["PowerSummary.DelayBeforeStartup"],
            reboot: ["PowerSummary.DelayBeforeReboot"])
        var mapping = HIDMapping(
            name: "Eaton", variables: Self.eatonVariables + Self.eatonOutlets,
            conditions: ConditionRule.presentStatus("PowerSummary.PresentStatus") + [
                .unless("PowerSummary.PresentStatus.Good", .off),
                .when("PowerSummary.PresentStatus.InternalFailure", .communicationFault),
                .when("PowerSummary.PresentStatus.CommunicationLost", .communicationFault),
                .when("PowerConverter.Input.[1].PresentStatus.Boost", .boost),
                .when("PowerConverter.Input.[1].PresentStatus.Buck", .trim),
                .when("PowerConverter.Input.[2].PresentStatus.Used", .bypass),
                .when("PowerConverter.Input.[4].PresentStatus.Used", .bypass),
                .when("PowerSummary.PresentStatus.OverTemperature", .overheat),
                .when("BatterySystem.Charger.PresentStatus.InternalFailure", .chargerFailure),
            ],
            commands: CommandRule.beeper(
                "BatterySystem.Battery.AudibleAlarmControl", "PowerSummary.AudibleAlarmControl")
                + CommandRule.batteryTest("BatterySystem.Battery.Test") + timers + Self.eatonOutletCommands)
        // The product string names the series, the rated volt-amperes the model (`TG-BOX` 850).
        mapping.modelNumberPath = "Flow.[4].ConfigApparentPower"
        return mapping
    }()

    /// The same devices sold by Dell, whose product string is the whole name of the model.
    static let eatonByDell: HIDMapping = {
        var mapping = Self.eaton
        mapping.modelNumberPath = nil
        return mapping
    }()

    private static let eatonVariables: [VariableRule] = [
        .read("battery.charge", "PowerSummary.RemainingCapacity", poll: .quick),
        .readWrite("battery.charge.low", "PowerSummary.ffff004d", length: 5),
        .read("battery.charge.low", "PowerSummary.RemainingCapacityLimit", poll: .semiStatic),
        .read("battery.runtime", "PowerSummary.RunTimeToEmpty", poll: .quick),
        .read("battery.type", "PowerSummary.iDeviceChemistry", as: .string, poll: .once),
        .read("battery.voltage", "PowerSummary.Voltage", "BatterySystem.Voltage", as: .number(1)),
        .read(
            "battery.voltage.nominal", "PowerSummary.ConfigVoltage", "BatterySystem.ConfigVoltage", as: .number(1),
            poll: .once),
        .read("battery.temperature", "BatterySystem.Battery.Temperature", as: .celsius(1)),
        .read("device.usb.version", "ffff00e5.ffff0005.ffff00f1", as: .string, poll: .once),
        .read("input.transfer.low", "PowerConverter.Output.LowVoltageTransfer", poll: .semiStatic),
        .read("input.transfer.high", "PowerConverter.Output.HighVoltageTransfer", poll: .semiStatic),
        .read("input.voltage", "PowerConverter.Input.[1].Voltage", as: .number(1)),
        .read("input.frequency", "PowerConverter.Input.[1].Frequency", as: .number(1)),
        .read("output.voltage", "PowerConverter.Output.Voltage", as: .number(1)),
        .read("output.voltage.nominal", "Flow.[4].ConfigVoltage", poll: .once),
        .read("input.current", "PowerConverter.Input.[1].Current", as: .number(2)),
        .read("input.voltage.nominal", "Flow.[1].ConfigVoltage", poll: .once),
        .read("input.current.nominal", "Flow.[1].ConfigCurrent", as: .number(2), poll: .once),
        .read("input.frequency.nominal", "Flow.[1].ConfigFrequency", poll: .once),
        .read("input.bypass.voltage", "PowerConverter.Input.[2].Voltage", as: .number(1)),
        .read("input.bypass.frequency", "PowerConverter.Input.[2].Frequency", as: .number(1)),
        .read("output.current", "PowerConverter.Output.Current", as: .number(2)),
        .read("output.current.nominal", "Flow.[4].ConfigCurrent", as: .number(2), poll: .once),
        .read("ups.power", "PowerConverter.Output.ApparentPower"),
        .read("ups.realpower.nominal", "Flow.[4].ConfigActivePower", poll: .once),
        .read("ups.temperature", "PowerSummary.Temperature", as: .celsius(1)),
        .read("output.frequency", "PowerConverter.Output.Frequency", as: .number(1)),
        .read("output.frequency.nominal", "Flow.[4].ConfigFrequency", poll: .once),
        .read("ups.firmware", "PowerSummary.ffff00f0", as: .string, poll: .once),
        .read("ups.load", "PowerSummary.PercentLoad", "PowerConverter.Output.PercentLoad"),
        .read("ups.power.nominal", "Flow.[4].ConfigApparentPower", poll: .once),
        .read("ups.realpower", "PowerConverter.Output.ActivePower"),
        // Units without a watt meter: percent of the rated volt-amperes at a power factor of 0.8.
        .read("ups.realpower", "Flow.[4].ConfigApparentPower", as: .product("PowerSummary.PercentLoad", 0.008)),
        .read("ups.beeper.status", "BatterySystem.Battery.AudibleAlarmControl", as: .beeper),
        .read("ups.beeper.status", "PowerSummary.AudibleAlarmControl", "AudibleAlarmControl", as: .beeper),
        .read("ups.delay.shutdown", "PowerSummary.DelayBeforeShutdown", as: .fixed("20"), poll: .once),
        .read("ups.delay.start", "PowerSummary.DelayBeforeStartup", as: .fixed("30"), poll: .once),
        .read("ups.timer.shutdown", "PowerSummary.DelayBeforeShutdown"),
        .read("ups.timer.start", "PowerSummary.DelayBeforeStartup"),
        .read(
            "ups.type", "PowerConverter.ffff0041", as: .words([1: "offline / line interactive", 2: "online"]),
            poll: .once),
    ]
}
