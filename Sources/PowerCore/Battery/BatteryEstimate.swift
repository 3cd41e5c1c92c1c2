/// How much energy a UPS has left above its cut-off, and how long that lasts: our own figure, since devices lie.
///
/// An EcoFlow counts its runtime down to 0 % although its output is cut at the discharge limit + 1 %
/// (River 3 Plus, firmware V1.33). Here the energy ends where the output ends.
public struct BatteryEstimate: Hashable, Sendable {
    /// Watt hours at the output for each watt hour of the battery: a River 3 Plus shows 187 min at 80 W and 99 %,
    /// which is 249 of its 283 Wh.
    public static let efficiency = 0.88

    /// The charge at which an EcoFlow cuts its output lies so much above the discharge limit it reports.
    public static let cutAboveLimit = 1.0

    /// Less time than this counts as a low battery, whatever the charge: a stock client that sees LB still waits for 15 s
    /// and then needs its time to stop.
    public static let lowRuntime = Duration.seconds(120)

    /// The time runs so much faster while a UPS is silent and little is known of it: its end then comes after four
    /// fifths of the time. To be early costs a stop, to be late costs the data.
    public static let hasteWhenUnsure = 1.25

    /// A device that is heard tells the charge in whole percent: between two of its steps no more than one is reckoned.
    static let stepOfCharge = 1.0

    /// A device that is heard tells its runtime in whole minutes.
    static let stepOfRuntime = Duration.seconds(60)

    /// The charge at the moment asked for.
    public var charge: Percent?
    /// The charge at which the output is cut.
    public var cutOff: Percent
    /// The energy above the cut-off, nil where the capacity or the charge is not known.
    public var energy: WattHours?
    /// The power drawn at the output, nil where it is not known.
    public var load: Watts?
    /// Where ``load`` comes from.
    public var source: LoadSource
    /// How long it lasts, nil where nothing can be said.
    public var runtime: Duration?
    /// Whether ``runtime`` is the device's own figure, less what lies below the cut-off.
    public var isByDevice: Bool
    /// How far ``runtime`` can be relied upon.
    public var confidence: Confidence
    /// What keeps ``confidence`` from being high.
    public var doubts: [Doubt]

    /// Estimates what is left of `ups` `elapsed` after it said `condition`, with all that is known from elsewhere.
    ///
    /// `outlets` is the measured sum behind it, `typical` the learnt and `configured` the configured one. With `elapsed`
    /// above zero the battery is reckoned down: without a bound where the UPS fell silent, and by no more than one step of
    /// what it tells where it is heard and just says the same again.
    public init(
        ups: RackUPS, condition: UPSCondition, elapsed: Duration, isSilent: Bool = true, outlets: Watts? = nil,
        configured: Watts? = nil, typical: Watts? = nil, history: BatteryHistory = BatteryHistory(),
        learnt: LearntBattery = LearntBattery()
    ) {
        let battery = KnownBattery(ups: ups, condition: condition, learnt: learnt)
        let slope = condition.supply == .battery ? history.slope.flatMap { $0.isGood ? $0 : nil } : nil
        let draw = Draw(
            measured: condition.load, outlets: outlets, slope: slope, worthOfPercent: battery.worthOfPercent,
            typical: typical, configured: configured)
        let own = battery.runtime(with: draw)
        let device = DeviceRuntime(battery, condition, isFrozen: history.isRuntimeFrozen)
        let doubts = Self.doubts(draw.source, own: own, device: device, discharges: battery.learntFrom)
        // Chosen by what was known when it was heard last: nothing jumps merely because time passes.
        let trust = Confidence(with: doubts)
        let byDevice = device.instead(of: own, trusted: trust)
        let isKnown = own != nil || byDevice != nil
        let isReckoned = isSilent && condition.supply == .battery && elapsed > .zero
        self.doubts = isReckoned ? doubts + [.silent(elapsed)] : doubts
        let confidence = Confidence(with: self.doubts)
        self.confidence = isKnown ? (byDevice == nil ? confidence : min(confidence, .low)) : .none
        self.isByDevice = byDevice != nil
        self.cutOff = battery.cutOff
        (self.load, self.source) = (draw.load, draw.source)
        let drained = condition.supply == .battery ? max(.zero, elapsed) : .zero
        let haste = isReckoned && (trust <= .low || byDevice != nil) ? Self.hasteWhenUnsure : 1
        if let byDevice {
            self.count(down: byDevice, by: isSilent ? drained : min(drained, Self.stepOfRuntime), haste, battery)
        } else {
            self.reckon(battery, draw, drained: drained.inSeconds * haste / 3600, isSilent: isSilent)
        }
    }

    /// The charge at which `ups` cuts its output: configured, or the limit it reports, or 1 %.
    public static func cutOff(of ups: RackUPS, _ condition: UPSCondition) -> Percent {
        switch ups.cutOff {
        case .fixed(let charge): charge
        case .automatic: condition.cutOff ?? Percent(Self.cutAboveLimit)
        }
    }

    /// Whether the battery of `ups`, which said `condition` last, counts as low: it says so, its charge is within the
    /// margin above the cut-off, or too little time is left.
    ///
    /// An EcoFlow never says so (River 3 Plus, every firmware seen): the rule is ours. One that fell silent on battery
    /// with nothing to reckon it down by is low as well: where there is no model, NUT's own rule for the dead remains.
    public func isLow(_ ups: RackUPS, _ condition: UPSCondition) -> Bool {
        guard condition.supply == .battery else { return false }
        if condition.saysLow { return true }
        if let runtime, runtime < Self.lowRuntime { return true }
        if self.confidence == .none, self.isSilent { return true }
        return self.charge.map { $0.value <= self.cutOff.value + ups.lowMargin.value } ?? false
    }

    private var isSilent: Bool {
        self.doubts.contains { if case .silent = $0 { true } else { false } }
    }

    /// Our own figure, `hours` after the charge was told.
    private mutating func reckon(_ battery: KnownBattery, _ draw: Draw, drained hours: Double, isSilent: Bool) {
        self.charge = battery.charge
        if let charge = battery.charge, let fall = battery.percentPerHour(with: draw) {
            let used = isSilent ? fall * hours : min(fall * hours, Self.stepOfCharge)
            self.charge = Percent(charge.value - used)
        }
        self.energy = battery.energy(at: self.charge)
        self.runtime = battery.runtime(at: self.charge, with: draw)
    }

    /// The device's figure, `elapsed` after it was told. The load that it means is the one shown beside it.
    private mutating func count(
        down runtime: Duration, by elapsed: Duration, _ haste: Double, _ battery: KnownBattery
    ) {
        let seconds = runtime.inSeconds
        let left = max(0, seconds - elapsed.inSeconds * haste)
        self.runtime = .seconds(left)
        self.charge = battery.charge.map { charge in
            let above = charge.value - battery.cutOff.value
            return seconds > 0 && above > 0 ? Percent(battery.cutOff.value + above * left / seconds) : charge
        }
        self.energy = battery.energy(at: self.charge)
        guard let energy, energy.value > 0, left > 0, left.isFinite else { return }
        (self.load, self.source) = (Watts(energy.value * 3600 / left), .device)
    }
}
