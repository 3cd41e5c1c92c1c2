import PowerCore

/// A UPS of a simulated rack: its battery as watt hours, what it shows of it, and what is wrong with it.
struct SimulatedUPS {
    /// The energy of a full battery in watt hours.
    let capacity: Double
    /// The charge at which the output ends, in percent.
    let cutOff: Double
    /// The power into the battery while there are mains.
    let charging: Double
    /// Whether its runtime is shown as well; only a rack that names no capacity needs it.
    let showsRuntime: Bool

    private(set) var energy: Double
    /// The charge it shows: whole percent, as most devices do.
    private(set) var shown: Double
    private var since: Moment
    /// The power drawn from its output.
    var load = 0.0
    /// How many cuts of the mains hold.
    var cuts = 0
    /// How many faults hold that end its output.
    var deaths = 0
    /// How many faults hold that keep it silent.
    var silences = 0
    /// Since when nothing was heard of it.
    var silentSince: Moment?
    /// Whether the battery has reached its cut-off since the mains were last there.
    private(set) var isExhausted = false
    /// Whether its output gave power when that was last written down.
    var wasLive = true
    /// What was last told of it.
    var told: UPSCondition?
    /// When the charge it shows changes next.
    private(set) var nextStep: Moment?
    private var nextShown = 0.0

    /// Where a rack names no capacity: that of a small rack-mounted UPS.
    static let usualCapacity = 500.0

    init(_ ups: RackUPS, charge: Percent, chargingTime: Duration, at now: Moment) {
        self.capacity = max(1, ups.capacity?.value ?? Self.usualCapacity)
        self.cutOff = BatteryEstimate.cutOff(of: ups, UPSCondition(supply: .unknown)).value
        self.charging = self.capacity / max(60, chargingTime.inSeconds) * 3600
        self.showsRuntime = ups.capacity == nil
        self.energy = self.capacity * charge.value / 100
        self.shown = charge.value.rounded(.up)
        self.since = now
    }

    var hasMains: Bool { self.cuts == 0 }
    var isLive: Bool { self.deaths == 0 && (self.hasMains || !self.isExhausted) }
    var supply: UPSCondition.Supply { !self.isLive ? .off : self.hasMains ? .mains : .battery }
    var charge: Double { self.energy / self.capacity * 100 }
    /// What can still leave the output before it ends, in watt hours.
    var usable: Double { max(0, self.energy - self.capacity * self.cutOff / 100) * BatteryEstimate.efficiency }

    /// Watt hours into the battery within an hour; below zero, out of it.
    private var rate: Double {
        if self.hasMains { return self.deaths == 0 && self.energy < self.capacity ? self.charging : 0 }
        return self.isLive ? -self.load / BatteryEstimate.efficiency : 0
    }

    /// What it says of itself.
    var condition: UPSCondition {
        let full = self.capacity * self.shown / 100 * BatteryEstimate.efficiency
        let runtime = self.showsRuntime ? WattHours(full).lasts(at: Watts(max(1, self.load))) : nil
        return UPSCondition(supply: self.supply, charge: Percent(self.shown), runtime: runtime)
    }

    /// Lets the battery take in or give until `now` at the load it had.
    mutating func advance(to now: Moment) {
        guard now > self.since else { return }
        let hours = (now - self.since).inSeconds / 3600
        self.energy = min(self.capacity, max(0, self.energy + self.rate * hours))
        self.since = now
    }

    /// Takes note of the charge that was to be reached at this moment.
    mutating func takeStep() {
        self.shown = self.nextShown.rounded(.up)
        self.nextStep = nil
        if self.hasMains, self.nextShown >= 100 { self.energy = self.capacity }
        if !self.hasMains, self.nextShown <= self.cutOff { self.isExhausted = true }
    }

    /// Takes note that the mains came or went.
    mutating func mainsChanged() {
        if self.hasMains {
            self.isExhausted = false
        } else if self.charge <= self.cutOff {
            self.isExhausted = true
        }
    }

    /// Reckons when the charge it shows changes next; true when that is another moment than before.
    mutating func planStep() -> Bool {
        let before = self.nextStep
        let rate = self.rate
        if rate == 0 {
            self.nextStep = nil
        } else {
            // By what it shows as well: a charge that misses a whole percent by an ulp would be reached again and again.
            let up = max(self.shown, self.charge.rounded(.down)) + 1
            let down = min(self.shown, self.charge.rounded(.up)) - 1
            self.nextShown = rate > 0 ? min(100, up) : max(self.cutOff, down)
            let hours = max(0, (self.nextShown - self.charge) / 100 * self.capacity / rate)
            // Rounded up to the millisecond, so that the charge has been reached then.
            self.nextStep = self.since + .milliseconds(Int((hours * 3_600_000).rounded(.up)))
        }
        return self.nextStep != before
    }
}
