internal import PowerCore

extension NUTConfigurationReader {
    /// `upsmon.conf`.
    mutating func readMonitor(_ directives: [NUTDirective]) {
        for directive in directives {
            switch directive.name {
            case "MONITOR": self.readWatch(directive)
            case "MINSUPPLIES":
                if let count = self.placed(directive, expected: "a number", NUTNumber.whole) {
                    self.configuration.monitor.minimumSupplies = count
                }
            default: self.configuration.monitor.settings.append(directive)
            }
        }
    }

    /// `MONITOR ups@host power user password role`.
    private mutating func readWatch(_ directive: NUTDirective) {
        let words = directive.values
        guard words.count == 5 else {
            let remedy = "expected: MONITOR ups@host 1 user password primary"
            self.fail(directive, "it has \(words.count) words in place of 5; \(remedy)")
            return
        }
        guard let ups = NUTUPSAddress(parsing: words[0]) else {
            self.fail(directive, "the UPS is not written as name@host or name@host:port")
            return
        }
        guard let power = NUTNumber.whole(words[1]) else {
            self.fail(directive, "the number of power supplies is no number")
            return
        }
        let roles: [String: Configuration.User.Role] = [
            "primary": .primary, "master": .primary, "secondary": .secondary, "slave": .secondary,
        ]
        guard let role = roles[words[4].lowercased()] else {
            self.fail(directive, "the role is neither primary nor secondary")
            return
        }
        self.configuration.monitor.watches.append(
            NUTMonitor.Watch(
                ups: ups, powerValue: power, user: words[2], password: words[3], role: role, place: directive.place))
    }

    /// `upssched.conf`.
    mutating func readSchedule(_ directives: [NUTDirective]) {
        for directive in directives {
            guard directive.name == "AT" else {
                self.configuration.schedule.settings.append(directive)
                continue
            }
            guard directive.values.count >= 4 else {
                self.fail(directive, "expected: AT notification ups command argument")
                continue
            }
            let rule = NUTSchedule.Rule(
                notification: directive.values[0].uppercased(), ups: directive.values[1],
                command: directive.values[2].uppercased(), arguments: Array(directive.values.dropFirst(3)),
                place: directive.place)
            if rule.command.hasPrefix("START-TIMER"), rule.startedTimer == nil {
                self.fail(directive, "the timer has no whole number of seconds")
            } else {
                self.configuration.schedule.rules.append(rule)
            }
        }
    }
}
