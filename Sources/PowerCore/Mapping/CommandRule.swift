/// How one instant command is carried out: a number written to a usage path.
struct CommandRule: Sendable {
    /// The command's name in NUT.
    var name: String
    /// The paths that may take it; the first that the device has counts.
    var paths: [String]
    /// What is written.
    var value: Value
    /// What the device must say before the command counts as carried out; nil where the write is enough.
    var proof: Proof?

    /// What a device says when a command has worked.
    struct Proof: Hashable, Sendable {
        /// Where it says so.
        var path: String
        /// The number there, as it is on the wire.
        var number: Int
    }

    /// What a command writes, in everyday units.
    enum Value: Sendable {
        /// Always this.
        case fixed(Double)
        /// The command's parameter, or this where it has none.
        case parameter(Double)
    }

    /// A command that always writes the same.
    static func write(_ value: Double, _ name: String, _ paths: String...) -> CommandRule {
        CommandRule(name: name, paths: paths, value: .fixed(value))
    }

    /// A command that writes its parameter.
    static func writeParameter(_ name: String, _ paths: [String], or value: Double) -> CommandRule {
        CommandRule(name: name, paths: paths, value: .parameter(value))
    }
}

extension CommandRule {
    /// The three commands of an audible alarm and the two older names for them.
    static func beeper(_ paths: String...) -> [CommandRule] {
        let numbers = [("enable", 2.0), ("disable", 1.0), ("mute", 3.0), ("on", 2.0), ("off", 1.0)]
        return numbers.map { CommandRule(name: "beeper." + $0.0, paths: paths, value: .fixed($0.1)) }
    }

    /// The commands of a battery test.
    static func batteryTest(_ paths: String...) -> [CommandRule] {
        let numbers = [("start.quick", 1.0), ("start.deep", 2.0), ("stop", 3.0)]
        return numbers.map { CommandRule(name: "test.battery." + $0.0, paths: paths, value: .fixed($0.1)) }
    }

    /// The commands of the timers that switch the output off and on again; `off` and `on` are their defaults in seconds.
    static func timers(
        shutdown: [String], startup: [String], reboot: [String], off: Double = 20, on: Double = 30
    ) -> [CommandRule] {
        [
            .writeParameter("load.off.delay", shutdown, or: off), .writeParameter("load.on.delay", startup, or: on),
            CommandRule(name: "shutdown.stop", paths: shutdown, value: .fixed(-1)),
            CommandRule(name: "load.off", paths: shutdown, value: .fixed(0)),
            CommandRule(name: "load.on", paths: startup, value: .fixed(0)),
            CommandRule(name: "shutdown.reboot", paths: reboot, value: .fixed(10)),
        ]
    }
}
