/// What the device itself says of its runtime, as far as that can be believed, down to the cut-off.
struct DeviceRuntime {
    /// No UPS under a load lasts so long. An EcoFlow that is not discharging says 2499 to 2559 minutes, or 5939.
    static let longest = Duration.seconds(40 * 3600)

    /// One that is longer than ours by more than this factor counts below the cut-off, or nothing at all.
    static let mostAboveOurs = 4.0

    /// One that is shorter than ours by more than this factor has its units wrong (EcoFlow's own program takes minutes
    /// for seconds: 60). Anything nearer may be a battery that is worn out and a device that knows it.
    static let mostBelowOurs = 20.0

    /// The figure; nil where the device gives none that can be believed.
    let figure: Duration?

    init(_ battery: KnownBattery, _ condition: UPSCondition, isFrozen: Bool) {
        guard let told = condition.runtime, told > .zero, told < Self.longest, !isFrozen else {
            self.figure = nil
            return
        }
        self.figure = told * battery.shareAboveCutOff
    }

    /// By which factor it is off from `own`, at least 1; nil where there is nothing to compare, or nothing to believe.
    func factor(from own: Duration?) -> Double? {
        guard let own, let figure else { return nil }
        let (ours, theirs) = (own.inSeconds, figure.inSeconds)
        guard ours > 0, theirs > 0 else { return nil }
        if theirs > ours { return theirs / ours <= Self.mostAboveOurs ? theirs / ours : nil }
        return ours / theirs <= Self.mostBelowOurs ? ours / theirs : nil
    }

    /// The figure to use in the place of `own`, if any.
    ///
    /// Ours stands as long as it can be relied upon at all: it knows the cut-off, the curve, and what was switched off a
    /// second ago. Where it is a guess, the shorter of the two counts, since to stop early costs less than to stop late.
    func instead(of own: Duration?, trusted trust: BatteryEstimate.Confidence) -> Duration? {
        guard let own else { return self.figure }
        guard let figure, trust <= .low, figure < own else { return nil }
        return self.factor(from: own) == nil ? nil : figure
    }
}
