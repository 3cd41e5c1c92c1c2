import PowerLab

extension SimulationCounts {
    /// The counts by name.
    var json: JSONValue {
        .object([
            ("cuts", .number("\(self.cuts)")), ("stopped_cleanly", .number("\(self.stoppedCleanly)")),
            ("stopped_by_timeout", .number("\(self.stoppedByTimeout)")),
            ("stopped_alone", .number("\(self.stoppedAlone)")),
            ("stopped_needlessly", .number("\(self.stoppedNeedlessly)")), ("lost_power", .number("\(self.lostPower)")),
            ("lost_power_unavoidably", .number("\(self.lostPowerUnavoidably)")),
            ("left_off", .number("\(self.leftOff)")), ("rules_broken", .number("\(self.violations)")),
            ("engine_calls", .number("\(self.calls)")),
        ])
    }
}
