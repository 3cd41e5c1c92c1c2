extension HIDMapping {
    /// The outlet groups of an Eaton: the main one, and those that can be switched, of which most have two.
    ///
    /// The paths and NUT's names for them are those of NUT 2.8.5's usbhid-ups; no device with such groups was seen.
    static var eatonOutlets: [VariableRule] { (1...Self.eatonGroups).flatMap(Self.outletVariables) }

    /// The commands that switch the groups, each of which the device must confirm.
    ///
    /// There is none for the main group, whose power is the UPS's own (`load.off`), and no cycle: what a group's
    /// DelayBeforeReboot does is not known.
    static var eatonOutletCommands: [CommandRule] { (2...Self.eatonGroups).flatMap(Self.outletCommands) }

    /// The groups looked for, as many as NUT knows, the main one among them.
    private static let eatonGroups = 4

    /// The variables of one group; the first is the main one, which NUT gives no number.
    private static func outletVariables(_ number: Int) -> [VariableRule] {
        let path = Self.group(number)
        let name = number == 1 ? "outlet." : "outlet.\(number - 1)."
        let text = number == 1 ? "Main Outlet" : "PowerShare Outlet \(number - 1)"
        let rules: [VariableRule] = [
            .read(name + "id", path + "OutletID", poll: .once),
            .read(name + "desc", path + "OutletID", as: .fixed(text), poll: .once),
            .read(name + "switchable", path + "PresentStatus.Switchable", as: .yesNo, poll: .once),
            .read(name + "current", path + "Current", as: .number(2)),
            .read(name + "power", path + "ApparentPower"), .read(name + "realpower", path + "ActivePower"),
        ]
        // The main group's state is the UPS's own: NUT tells that of the switched groups only.
        return number == 1 ? rules : rules + Self.switchedVariables(name, path)
    }

    /// The variables that only the switched groups have; a timer of 65535 s is none.
    private static func switchedVariables(_ name: String, _ path: String) -> [VariableRule] {
        [
            .read(name + "status", path + Self.groupState, as: .words([0: "off", 1: "on"])),
            .readWrite(name + "autoswitch.charge.low", path + "RemainingCapacityLimit", length: 3),
            // Eaton's ShutdownTimer and StartupTimer.
            .readWrite(name + "delay.shutdown", path + "ffff005d", length: 5),
            .readWrite(name + "delay.start", path + "ffff005e", length: 5),
        ]
    }

    /// Off and on, now: a delay of no seconds.
    private static func outletCommands(_ number: Int) -> [CommandRule] {
        let path = Self.group(number)
        let name = "outlet.\(number - 1).load."
        return [
            CommandRule(
                name: name + "off", paths: [path + "DelayBeforeShutdown"], value: .fixed(0),
                proof: CommandRule.Proof(path: path + Self.groupState, number: 0)),
            CommandRule(
                name: name + "on", paths: [path + "DelayBeforeStartup"], value: .fixed(0),
                proof: CommandRule.Proof(path: path + Self.groupState, number: 1)),
        ]
    }

    private static let groupState = "PresentStatus.SwitchOn/Off"

    private static func group(_ number: Int) -> String { "OutletSystem.Outlet.[\(number)]." }
}
