/// The battery of a UPS as it was told last, with what was learnt of it: the arithmetic of charge, energy and time.
struct KnownBattery {
    let charge: Percent?
    let cutOff: Percent
    /// The energy at the output for a percent of charge, on the average of what is left.
    private let worth: Double?
    /// The same just where the charge is now.
    let worthOfPercent: WattHours?
    /// From how many discharges the capacity was learnt; nil where it is configured.
    let learntFrom: Int?

    init(ups: RackUPS, condition: UPSCondition, learnt: LearntBattery) {
        self.charge = condition.charge
        let cutOff = learnt.cutOff(of: ups, condition)
        self.cutOff = cutOff
        self.learntFrom = (ups.capacity?.value ?? 0) > 0 ? nil : learnt.discharges
        let linear = learnt.worthOfPercent(configured: ups.capacity)
        self.worthOfPercent =
            condition.charge.flatMap { learnt.worthOfPercent(at: $0, configured: ups.capacity) } ?? linear
        let above = (condition.charge?.value ?? 0) - cutOff.value
        let energy = condition.charge.flatMap { learnt.energy(from: $0, to: cutOff, configured: ups.capacity) }
        self.worth = above > 0 ? energy.map { $0.value / above } : linear?.value
    }

    /// The energy above the cut-off at a charge that is at most the one told.
    func energy(at charge: Percent?) -> WattHours? {
        guard let charge, let worth, worth.isFinite else { return nil }
        return WattHours(max(0, charge.value - self.cutOff.value) * worth)
    }

    /// By how many percent the charge falls in an hour from here on.
    func percentPerHour(with draw: Draw) -> Double? {
        if let load = draw.load?.value, let worth, worth > 0 {
            let fall = load / worth
            return fall.isFinite ? fall : nil
        }
        return draw.slope?.percentPerHour
    }

    /// How long the output lives from the charge told.
    func runtime(with draw: Draw) -> Duration? { self.runtime(at: self.charge, with: draw) }

    /// How long the output lives from `charge`.
    func runtime(at charge: Percent?, with draw: Draw) -> Duration? {
        guard let charge, let fall = self.percentPerHour(with: draw) else { return nil }
        // Percent in the place of watt hours: the same division, and the same bounds.
        return WattHours(max(0, charge.value - self.cutOff.value)).lasts(at: Watts(fall))
    }

    /// The share of a runtime counted to 0 % that lies above the cut-off.
    var shareAboveCutOff: Double {
        guard let charge, charge.value > 0 else { return 1 }
        return max(0, charge.value - self.cutOff.value) / charge.value
    }
}

/// The load, and where it is known from.
struct Draw {
    let load: Watts?
    let source: BatteryEstimate.LoadSource
    /// The slope of the charge, where that is the source.
    let slope: ChargeSlope?

    /// Takes the best source that says anything: a meter that says nothing flows does not see what hangs there.
    init(
        measured: Watts?, outlets: Watts?, slope: ChargeSlope?, worthOfPercent: WattHours?, typical: Watts?,
        configured: Watts?
    ) {
        if let load = BatteryHistory.usable(measured) {
            (self.load, self.source, self.slope) = (load, .measured, nil)
        } else if let load = BatteryHistory.usable(outlets) {
            (self.load, self.source, self.slope) = (load, .outlets, nil)
        } else if let slope {
            // Without a capacity there are no watts, but still a time: percent over percent per hour.
            let load = worthOfPercent.map { Watts(slope.percentPerHour * $0.value) }
            (self.load, self.source, self.slope) = (BatteryHistory.usable(load), .slope, slope)
        } else if let load = BatteryHistory.usable(typical) {
            (self.load, self.source, self.slope) = (load, .learnt, nil)
        } else if let load = BatteryHistory.usable(configured) {
            (self.load, self.source, self.slope) = (load, .configured, nil)
        } else {
            (self.load, self.source, self.slope) = (nil, .device, nil)
        }
    }
}
