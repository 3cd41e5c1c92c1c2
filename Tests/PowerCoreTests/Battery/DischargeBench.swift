import PowerCore
import PowerLab

/// A battery with physics, watched as a device shows it: whole percent, polled every 2 s, late by a bit of chance.
struct DischargeBench {
    /// What the device says just now.
    private(set) var condition: UPSCondition
    private(set) var battery: BatteryModel
    private(set) var second: Int
    var load: Watts
    /// Whether the device measures its output.
    let isMetered: Bool
    /// What the device shows of a true charge.
    let shows: @Sendable (Double) -> Double
    private var chance: Chance
    private var hides = 0

    /// A River 3 Plus: 286 Wh, 187 minutes at 99 % and 80 W, cut at the limit + 1 %.
    static var river: BatteryModel { EmulatedUPSTraits.river3Plus(.current).battery }

    init(
        _ battery: BatteryModel = Self.river, load: Watts, limit: Percent = 10, isMetered: Bool = false,
        seed: UInt64 = 1, at second: Int = 0, shows: @escaping @Sendable (Double) -> Double = { $0 }
    ) {
        self.battery = battery
        self.battery.dischargeLimit = limit
        self.load = load
        self.isMetered = isMetered
        self.shows = shows
        self.second = second
        self.chance = Chance(seed: seed)
        self.condition = UPSCondition(supply: .battery, cutOff: self.battery.cutOff)
        self.show()
    }

    var now: Moment { Moment(sinceOrigin: .seconds(self.second)) }

    /// How long the output really lives from now on.
    var truth: Duration { self.battery.timeToCutOff(at: self.load) ?? .zero }

    /// Lets 2 s pass; what the device then says, if that is anything new.
    mutating func poll() -> UPSCondition? {
        let before = self.condition
        self.second += 2
        self.battery.advance(by: .seconds(2), load: self.load, mains: false)
        self.show()
        return self.condition == before ? nil : self.condition
    }

    /// Plays on until the device has shown `steps` more changes of its percent, or its output is cut.
    mutating func play(into history: inout BatteryHistory, steps: Int = .max) -> Discharge? {
        _ = history.take(self.condition, at: self.now)
        var left = steps
        while left > 0 {
            let charge = self.condition.charge
            guard let report = self.poll() else { continue }
            if let discharge = history.take(report, at: self.now) { return discharge }
            if report.charge != charge { left -= 1 }
        }
        return nil
    }

    /// The firmware shows a new percent up to 20 s late.
    private mutating func show() {
        self.condition.supply = self.battery.isOutputLive ? .battery : .off
        self.condition.load = self.isMetered && self.battery.isOutputLive ? self.load : nil
        let shown = Percent(self.shows(self.battery.charge.value).rounded())
        guard shown != self.condition.charge else { return self.hides = self.chance.below(11) }
        guard self.hides == 0 || self.condition.charge == nil else { return self.hides -= 1 }
        self.condition.charge = shown
    }
}

/// By how much of the truth `estimate` is off; positive where it promises too much.
func excess(_ estimate: Duration?, over truth: Duration) -> Double {
    guard let estimate else { return .infinity }
    return estimate.inSeconds / truth.inSeconds - 1
}
