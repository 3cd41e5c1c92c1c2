internal import PowerCore

extension NUTTranslation {
    /// The longest time on battery that a trigger can have.
    private static let longestOnBattery = 7 * 86_400

    /// `upssched.conf`: upssched goes on, and a timer that runs on battery is suggested as a trigger.
    mutating func translateSchedule() {
        for setting in self.nut.schedule.settings
        where ["CMDSCRIPT", "PIPEFN", "LOCKFN", "DEBUG_MIN"].contains(setting.name) {
            self.note(setting.place, .taken, "upssched stays and goes on reading it")
        }
        var triggers: [String] = []
        for rule in self.nut.schedule.rules {
            guard rule.notification == "ONBATT", let timer = rule.startedTimer else {
                self.note(rule.place, .taken, "upssched stays and goes on reading it")
                continue
            }
            let seconds = min(Self.longestOnBattery, max(1, timer.seconds))
            let trigger = "on-battery: \(Self.duration(seconds))"
            self.note(
                rule.place, .changed,
                "upssched goes on; the trigger `\(trigger)` is a comment, for a timer that stops this host")
            if !triggers.contains(trigger) { triggers.append(trigger) }
        }
        guard !triggers.isEmpty else { return }
        self.document.remarks += [
            "upssched.conf starts timers when the mains is lost. Where one of them stops hosts, say so here:",
            "  policy:", "    triggers:", "      \(Self.tier): [\(triggers.joined(separator: ", "))]",
        ]
    }

    /// `nut.conf`: what NUT's start scripts read.
    mutating func translateEnvironment() {
        for variable in self.nut.environment {
            if variable.name == "MODE" {
                self.noteMode(variable)
            } else if let (verdict, text) = NUTEnvironmentNames.texts[variable.name] {
                self.note(variable.place, verdict, text)
            } else if ["export", "unset"].contains(variable.name) {
                self.note(variable.place, .notNeeded, "no shell reads it any more")
            }
        }
    }

    private mutating func noteMode(_ variable: NUTDirective) {
        guard let (verdict, text) = variable.value.flatMap(NUTEnvironmentNames.mode) else {
            self.note(variable.place, .mistake, "it is none of none, standalone, netserver and netclient")
            return
        }
        self.note(variable.place, verdict, text)
    }
}
