/// What past discharges have shown of the battery of one UPS: what a percent of it is worth, and where it really ends.
///
/// It is bolder slowly and shyer at once: a worse figure counts from the first discharge on, a better one only when three
/// agree on it, and each within bounds of what is configured.
public struct LearntBattery: Hashable, Codable, Sendable {
    /// Until so many discharges were seen, nothing makes the battery better than it is configured.
    public static let untilBold = 3

    /// So many discharges are remembered of each figure: with an outage a month, half a year of a battery that ages.
    public static let remembered = 5

    /// A discharge over fewer percent says too little: steps of a whole percent blur its ends by a twentieth.
    public static let leastSpan = 20.0

    /// Fewer percent within a tenth of the battery say too little of that tenth.
    public static let leastOfDecile = 5.0

    /// A new battery may hold more than its label says, but not by more.
    public static let mostOfConfigured = 1.25

    /// Below this share of its label a battery is dead, or the meter saw only a part of the load.
    public static let leastOfConfigured = 0.2

    /// A curve may shorten what is left to this share of the straight line: lead that falls off a cliff at its end.
    public static let leastOfLinear = 1.0 / 3

    /// A curve may lengthen what is left to this multiple of the straight line.
    public static let mostOfLinear = 1.5

    /// An output that ended at a higher charge was switched off by somebody; no battery in use ends there.
    public static let highestCutOff: Percent = 50

    private var stretches = Newest<WattHours>()
    private var deciles: [Int: Newest<WattHours>] = [:]
    private var ends = Newest<Percent>()

    /// Makes what is known of a battery that was never seen discharging.
    public init() {}

    /// How many discharges have shown what a percent is worth.
    public var discharges: Int { self.stretches.count }

    /// Learns from a discharge; returns whether there was anything to learn, which is then worth keeping.
    public mutating func take(_ discharge: Discharge) -> Bool {
        let before = self
        let total = discharge.total
        if total.span >= Self.leastSpan, let worth = total.perPercent {
            self.stretches.append(worth, keeping: Self.remembered)
        }
        for (decile, drawn) in discharge.deciles where (0...9).contains(decile) && drawn.span >= Self.leastOfDecile {
            guard let worth = drawn.perPercent else { continue }
            self.deciles[decile, default: Newest()].append(worth, keeping: Self.remembered)
        }
        self.learnEnd(of: discharge)
        return self != before
    }

    /// The charge at which the output was really cut, the highest of the last times; nil where it was never seen.
    public var cutOff: Percent? { self.ends.values.max() }

    /// An output that lives on below what was learnt contradicts it; three of those and it is forgotten.
    private mutating func learnEnd(of discharge: Discharge) {
        switch discharge.end {
        case .cut(let charge):
            if charge <= Self.highestCutOff { self.ends.append(charge, keeping: Self.untilBold) }
        case .mains, .unseen:
            guard let lowest = discharge.lowest, let cutOff, lowest < cutOff else { return }
            self.ends.append(lowest, keeping: Self.untilBold)
        }
    }
}

extension LearntBattery {
    /// The charge at which `ups` cuts its output: a fixed one as it stands, else what the device tells or what was seen,
    /// whichever comes first.
    public func cutOff(of ups: RackUPS, _ condition: UPSCondition) -> Percent {
        let told = BatteryEstimate.cutOff(of: ups, condition)
        guard case .automatic = ups.cutOff, let seen = self.cutOff else { return told }
        return max(told, seen)
    }

    /// The energy at the output for each percent of charge; nil where nothing is configured and nothing learnt.
    public func worthOfPercent(configured capacity: WattHours?) -> WattHours? {
        let label = capacity.flatMap { $0.value > 0 && $0.value.isFinite ? $0.value : nil }
            .map { $0 * BatteryEstimate.efficiency / 100 }
        guard let learnt = Self.settled(self.stretches) else { return label.map { WattHours($0) } }
        guard let label else { return learnt }
        let most = self.discharges < Self.untilBold ? label : label * Self.mostOfConfigured
        return WattHours(min(most, max(label * Self.leastOfConfigured, learnt.value)))
    }

    /// The energy at the output that lies between two charges, along the learnt curve; nil where nothing is known of it.
    public func energy(from charge: Percent, to cutOff: Percent, configured capacity: WattHours?) -> WattHours? {
        guard let worth = self.worthOfPercent(configured: capacity)?.value else { return nil }
        let linear = max(0, charge.value - cutOff.value) * worth
        var curve = 0.0
        for decile in 0...9 {
            let low = max(cutOff.value, Double(decile) * 10)
            let high = min(charge.value, Double(decile + 1) * 10)
            curve += max(0, high - low) * self.worth(inDecile: decile, else: worth)
        }
        let most = self.discharges < Self.untilBold ? linear : linear * Self.mostOfLinear
        return WattHours(min(most, max(linear * Self.leastOfLinear, curve)))
    }

    /// The energy at the output for the percent at `charge`: what a slope of the charge is turned into watts with.
    public func worthOfPercent(at charge: Percent, configured capacity: WattHours?) -> WattHours? {
        self.worthOfPercent(configured: capacity).map { worth in
            let local = self.worth(inDecile: Discharge.decile(of: charge.value), else: worth.value)
            return WattHours(min(worth.value * Self.mostOfLinear, max(worth.value * Self.leastOfLinear, local)))
        }
    }

    private func worth(inDecile decile: Int, else linear: Double) -> Double {
        self.deciles[decile].flatMap(Self.settled)?.value ?? linear
    }

    /// The lowest of the first samples; later the middle one, or the newest where that is worse.
    private static func settled(_ samples: Newest<WattHours>) -> WattHours? {
        let sane = samples.values.filter { $0.value.isFinite && $0.value > 0 }.sorted()
        guard let lowest = sane.first, let newest = samples.last, sane.count == samples.count else { return nil }
        return sane.count < Self.untilBold ? lowest : min(newest, sane[(sane.count - 1) / 2])
    }
}
