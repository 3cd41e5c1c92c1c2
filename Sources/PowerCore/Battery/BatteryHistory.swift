/// What a UPS has said since its mains failed, as far as the battery model needs it: how fast its charge falls, what it
/// gave meanwhile, and whether its own runtime moves at all.
///
/// A device says whole percents. Only the moments at which the percent changed are exact, so these are kept, and not
/// the many reports between them. Whatever spans a change of supply or a jump of the charge is thrown away.
public struct BatteryHistory: Hashable, Codable, Sendable {
    /// A report after a longer pause tells nothing of what happened meanwhile. Only changes are reported, and at a
    /// twentieth of its rated power a River 3 Plus takes 5 minutes for a percent.
    public static let longestPause = Duration.seconds(15 * 60)

    /// The output was cut at the charge last seen only if that is no older.
    public static let longestUntilCut = Duration.seconds(2 * 60)

    private var run: DischargeRun?

    /// Makes a history of nothing.
    public init() {}

    /// How fast the charge falls; nil while too few steps of it were seen on battery.
    public var slope: ChargeSlope? { self.run?.slope }

    /// Whether the device's own runtime stands still while its charge falls.
    public var isRuntimeFrozen: Bool { self.run?.isRuntimeFrozen ?? false }

    /// Takes in what a UPS said at `now`, `outlets` being the measured sum behind it.
    ///
    /// Returns what the discharge has shown when one ends with this report. Saying the same again is harmless, and right
    /// when only `outlets` has changed. A status made up by the model itself must not come here.
    public mutating func take(_ condition: UPSCondition, outlets: Watts? = nil, at now: Moment) -> Discharge? {
        // A time that goes backwards is another time line, or a damaged store: nothing from before compares with it.
        if let heard = self.run?.heard, now < heard { self.run = nil }
        switch condition.supply {
        case .unknown:
            return nil
        case .mains, .off:
            defer { self.run = nil }
            return self.run?.ended(by: condition, at: now)
        case .battery:
            let load = Self.usable(condition.load) ?? Self.usable(outlets)
            guard var run = self.run, now - run.heard <= Self.longestPause else {
                self.run = DischargeRun(condition, load: load, at: now)
                return nil
            }
            run.take(condition, load: load, at: now)
            self.run = run
            return nil
        }
    }

    /// A load of nothing is a meter that does not see what hangs there.
    static func usable(_ load: Watts?) -> Watts? {
        load.flatMap { $0.value.isFinite && $0.value > 0 ? $0 : nil }
    }
}
