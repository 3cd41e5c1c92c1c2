/// The stretch on battery that goes on now.
struct DischargeRun: Hashable, Codable, Sendable {
    /// A charge that falls by more between two reports was corrected by the device, not drawn: a UPS that lasts for
    /// three minutes and is asked every 2 s falls by 1.1 %.
    static let greatestFall = 5.0

    /// A charge that rises by no more flickers between two readings; by more, the device has corrected it.
    static let flicker = 1.0

    /// Steps nearer than this are one: a device that tells tenths would else fill the history with a few minutes.
    static let step = 1.0

    /// The most steps of charge a slope is laid through: at 80 W a River 3 Plus takes half an hour for them.
    static let mostSteps = 16

    /// A step older than this says nothing of the load now.
    static let oldestStep = Duration.seconds(60 * 60)

    /// A runtime that stays the same while the charge falls by so many percent stands still: at twenty times this span
    /// even one that is told in steps of ten minutes would have moved for anything below three hours.
    static let frozenAfter = 5.0

    /// When the UPS was heard last.
    private(set) var heard: Moment
    private var load: Watts?
    /// The lowest charge seen, which is the present one but for flicker.
    private var level: Percent?
    private var steps: [ChargeStep] = []
    /// What was given since the last step; nil where a part of it is not known.
    private var sinceStep: Double?
    private var deciles: [Int: Discharge.Drawn] = [:]
    private var runtime: Duration?
    /// The charge when the device's runtime moved last.
    private var movedAt: Percent?

    init(_ condition: UPSCondition, load: Watts?, at now: Moment) {
        self.heard = now
        self.load = load
        self.level = condition.charge
        self.runtime = condition.runtime
        self.movedAt = condition.charge
    }

    var slope: ChargeSlope? { ChargeSlope(through: self.steps.suffix(Self.mostSteps)) }

    var isRuntimeFrozen: Bool {
        guard let level, let movedAt, self.runtime != nil else { return false }
        return movedAt.value - level.value >= Self.frozenAfter
    }

    /// Goes on with a report that is not older than the last one.
    mutating func take(_ condition: UPSCondition, load: Watts?, at now: Moment) {
        self.count(until: now)
        self.load = load
        self.heard = now
        self.follow(condition.charge, at: now)
        if condition.runtime != self.runtime {
            self.runtime = condition.runtime
            self.movedAt = condition.charge ?? self.level
        }
        self.steps.removeAll { now - $0.moment > Self.oldestStep }
    }

    /// What the stretch has shown, now that `condition` ends it; nil where it has shown nothing.
    func ended(by condition: UPSCondition, at now: Moment) -> Discharge? {
        let end = self.end(with: condition, at: now)
        let isEmpty = self.deciles.isEmpty && self.level == nil
        return isEmpty ? nil : Discharge(deciles: self.deciles, lowest: self.level, end: end)
    }

    /// Adds what was given since the last report, at the load known then.
    private mutating func count(until now: Moment) {
        guard let given = self.sinceStep else { return }
        self.sinceStep = self.load.map { given + $0.value * now.hours(since: self.heard) }
    }

    private mutating func follow(_ charge: Percent?, at now: Moment) {
        guard let charge else { return }
        guard let level else { return self.begin(at: charge) }
        let fall = level.value - charge.value
        if fall > Self.greatestFall || fall < -Self.flicker { return self.begin(at: charge) }
        guard fall >= Self.step else { return }
        self.level = charge
        self.add(ChargeStep(moment: now, charge: charge))
    }

    /// Starts anew after the device has corrected its charge: neither slope nor energy may span that.
    private mutating func begin(at charge: Percent) {
        self.level = charge
        self.movedAt = charge
        self.steps = []
        self.sinceStep = nil
        self.deciles = [:]
    }

    private mutating func add(_ step: ChargeStep) {
        if let last = self.steps.last {
            // Two falls in one moment are one.
            if last.moment == step.moment { self.steps.removeLast() }
            self.book(from: last.charge, to: step.charge)
        }
        self.steps = (self.steps + [step]).suffix(Self.mostSteps)
        self.sinceStep = 0
    }

    private mutating func book(from: Percent, to: Percent) {
        guard let given = self.sinceStep, given.isFinite, given > 0 else { return }
        let drawn = Discharge.Drawn(energy: WattHours(given), span: from.value - to.value)
        self.deciles[Discharge.decile(of: (from.value + to.value) / 2), default: .nothing].add(drawn)
    }

    private func end(with condition: UPSCondition, at now: Moment) -> Discharge.End {
        guard condition.supply == .off else { return .mains }
        guard let level, now - self.heard <= BatteryHistory.longestUntilCut else { return .unseen }
        // The report of the cut tells the charge to the percent, unless the device resets it with the output.
        guard let told = condition.charge, told <= level, level.value - told.value <= 2 * Self.step else {
            return .cut(level)
        }
        return .cut(told)
    }
}
