/// How much energy a UPS has left above its cut-off, and how long that lasts: our own figure, since devices lie.
///
/// An EcoFlow counts its runtime down to 0 % although its output is cut at the discharge limit + 1 %
/// (River 3 Plus, firmware V1.33). Here the energy ends where the output ends.
public struct BatteryEstimate: Hashable, Sendable {
    /// Where the figure for the load comes from, the best first.
    public enum LoadSource: String, Hashable, Sendable {
        /// The UPS measures its output.
        case measured
        /// The outlets behind it are measured and added up.
        case outlets
        /// What the configuration says of the consumers behind it.
        case configured
        /// Nothing is known: the device's own runtime is used, less what lies below the cut-off.
        case device
    }

    /// Watt hours at the output for each watt hour of the battery: a River 3 Plus shows 187 min at 80 W and 99 %,
    /// which is 249 of its 283 Wh.
    public static let efficiency = 0.88

    /// The charge at which an EcoFlow cuts its output lies so much above the discharge limit it reports.
    public static let cutAboveLimit = 1.0

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
    /// The power drawn from the battery.
    public var load: Watts?
    /// Where ``load`` comes from.
    public var source: LoadSource
    /// How long it lasts, nil where nothing can be said.
    public var runtime: Duration?

    /// Estimates what is left of `ups` `elapsed` after it said `condition`, at a load that is known from elsewhere.
    ///
    /// With `elapsed` above zero the battery is reckoned down: without a bound where the UPS fell silent, and by no more
    /// than one step of what it tells where it is heard and just says the same again.
    public init(
        ups: RackUPS, condition: UPSCondition, elapsed: Duration, isSilent: Bool = true, outlets: Watts? = nil,
        configured: Watts? = nil
    ) {
        (self.load, self.source) = Self.bestLoad(measured: condition.load, outlets: outlets, configured: configured)
        self.cutOff = Self.cutOff(of: ups, condition)
        let onBattery = condition.supply == .battery
        let drained = onBattery ? elapsed : .zero
        self.charge = condition.charge
        if let charge = condition.charge, let capacity = ups.capacity, capacity.value > 0 {
            let used = (self.load?.value ?? 0) * drained.inSeconds / 3600 / Self.efficiency / capacity.value * 100
            self.charge = Percent(charge.value - (isSilent ? used : min(used, Self.stepOfCharge)))
        }
        self.energy = Self.energy(from: self.charge, to: self.cutOff, capacity: ups.capacity)
        if let energy, let load, let time = energy.lasts(at: load) {
            self.runtime = time
        } else {
            let reckoned = isSilent ? drained : min(drained, Self.stepOfRuntime)
            self.runtime = Self.runtime(byDevice: condition, cutOff: self.cutOff, elapsed: reckoned)
        }
    }

    /// The charge at which `ups` cuts its output: configured, or the limit it reports, or 1 %.
    public static func cutOff(of ups: RackUPS, _ condition: UPSCondition) -> Percent {
        switch ups.cutOff {
        case .fixed(let charge): charge
        case .automatic: condition.cutOff ?? Percent(Self.cutAboveLimit)
        }
    }

    private static func bestLoad(measured: Watts?, outlets: Watts?, configured: Watts?) -> (Watts?, LoadSource) {
        if let measured { return (measured, .measured) }
        if let outlets { return (outlets, .outlets) }
        if let configured { return (configured, .configured) }
        return (nil, .device)
    }

    private static func energy(from charge: Percent?, to cutOff: Percent, capacity: WattHours?) -> WattHours? {
        guard let charge, let capacity else { return nil }
        return WattHours(max(0, charge.value - cutOff.value) / 100 * capacity.value * Self.efficiency)
    }

    /// The device's own runtime, which counts to 0 %, cut down to the share above the cut-off.
    private static func runtime(byDevice condition: UPSCondition, cutOff: Percent, elapsed: Duration) -> Duration? {
        guard let runtime = condition.runtime else { return nil }
        guard let charge = condition.charge, charge.value > 0 else { return max(.zero, runtime - elapsed) }
        let share = max(0, charge.value - cutOff.value) / charge.value
        return max(.zero, runtime * share - elapsed)
    }
}
