extension HIDMapping {
    /// EcoFlow power stations, 3746:ffff (River 3 Plus V1.33.81.55 and earlier, Delta 3 Plus).
    ///
    /// Runtime is in minutes where the descriptor says seconds. `RemainingCapacityLimit` is the app's discharge limit,
    /// at which (plus 1 %) the output is cut. The beeper and the timers are writable by the descriptor and do nothing
    /// by all accounts, so there are no commands.
    static let ecoFlow: HIDMapping = {
        var mapping = HIDMapping(
            name: "EcoFlow", variables: Self.ecoFlowVariables,
            conditions: ConditionRule.presentStatus("PowerSummary.PresentStatus") + [
                .when("PowerSummary.PresentStatus.FullyCharged", .fullyCharged),
                .when("PowerSummary.PresentStatus.FullyDischarged", .depleted),
                .when("PowerSummary.PresentStatus.CommunicationLost", .communicationFault),
            ],
            commands: [])
        mapping.defaultManufacturer = "EcoFlow"
        // 0x1733 = 5939 minutes: "not discharging", River 3 Plus firmware of 2024. Newer firmware gives some 40 hours
        // on mains, which is what the station itself would use and nothing a load could count on.
        mapping.runtime = .onBattery(sentinel: 5939 * 60)
        mapping.dischargeLimitPath = "PowerSummary.RemainingCapacityLimit"
        // At the discharge limit the station clears BatteryPresent and sets NeedReplacement (report 07 = 40 02).
        mapping.emptyLooksWorn = true
        return mapping
    }()

    private static let ecoFlowVariables: [VariableRule] = [
        .read("ups.power.nominal", "Flow.[4].ConfigActivePower", poll: .once),
        .read("ups.beeper.status", "PowerSummary.AudibleAlarmControl", as: .beeper, poll: .quick),
        .read("battery.voltage.nominal", "PowerSummary.ConfigVoltage", as: .number(1), poll: .semiStatic),
        .read("battery.voltage", "PowerSummary.Voltage", as: .number(1), poll: .quick),
        .read("battery.capacity.nominal", "PowerSummary.DesignCapacity", poll: .semiStatic),
        .read("battery.capacity", "PowerSummary.FullChargeCapacity", poll: .semiStatic),
        .read("battery.charge", "PowerSummary.RemainingCapacity", poll: .quick),
        .readWrite("battery.charge.low", "PowerSummary.RemainingCapacityLimit", length: 5),
        .read("battery.charge.warning", "PowerSummary.WarningCapacityLimit", poll: .semiStatic),
        .read("battery.runtime", "PowerSummary.RunTimeToEmpty", as: .scaled(60, 0), poll: .quick),
        .read("battery.runtime.low", "PowerSummary.RemainingTimeLimit", poll: .semiStatic),
        .read("battery.type", "PowerSummary.iDeviceChemistry", as: .string, poll: .once),
        .read(
            "experimental.ups.powersummary.ioeminformation", "PowerSummary.iOEMInformation", as: .string, poll: .once),
        .read("ups.mfr.date", "PowerSummary.ManufacturerDate", as: .date),
        .read("experimental.ups.powersummary.rechargeable", "PowerSummary.Rechargeable"),
        .read(
            "experimental.ups.powersummary.presentstatus.shutdownrequested",
            "PowerSummary.PresentStatus.ShutdownRequested"),
        .read(
            "experimental.ups.powersummary.presentstatus.voltagenotregulated",
            "PowerSummary.PresentStatus.VoltageNotRegulated"),
        .read("ups.timer.reboot", "OutletSystem.Outlet.DelayBeforeReboot"),
        .read("ups.timer.shutdown", "OutletSystem.Outlet.DelayBeforeShutdown"),
    ]
}

extension VariableRule.Conversion {
    /// Whether the audible alarm is on (Power Device Class 1.1, 4.1.4: AudibleAlarmControl).
    static let beeper = Self.words([1: "disabled", 2: "enabled", 3: "muted"])

    /// How the last battery test came out (Power Device Class 1.1, 4.1.4: Test).
    static let testResult = Self.words([
        1: "Done and passed", 2: "Done and warning", 3: "Done and error", 4: "Aborted", 5: "In progress",
        6: "No test initiated", 7: "Test scheduled",
    ])
}
