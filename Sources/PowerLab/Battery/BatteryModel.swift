public import PowerCore

/// The battery, charger and inverter of an emulated UPS, as arithmetic.
///
/// A value without a clock: who owns it says how much time has passed, what was drawn, and whether mains was there.
/// It knows what the device itself shows wrongly: that the output ends at the discharge limit plus one percent.
public struct BatteryModel: Hashable, Sendable {
    /// How a battery is filled: with constant power first, with less and less near the end.
    public struct Charger: Hashable, Sendable {
        /// The power into the cells below ``taperStart``.
        public var power: Watts
        /// The charge from which on the power falls in proportion to what is missing.
        public var taperStart: Percent
        /// The least power into the cells, so that the end is reached.
        public var trickle: Watts
        /// The charge below which a full battery is charged again; between this and full nothing happens.
        public var resumesBelow: Percent

        /// Makes a charger.
        public init(power: Watts, taperStart: Percent = 85, trickle: Watts = 15, resumesBelow: Percent = 98) {
            self.power = power
            self.taperStart = taperStart
            self.trickle = trickle
            self.resumesBelow = resumesBelow
        }

        /// The power into the cells at `charge`.
        public func power(at charge: Percent) -> Watts {
            let missing = 100 - charge.value
            let tapering = 100 - self.taperStart.value
            guard tapering > 0, missing < tapering else { return self.power }
            return max(self.trickle, Watts(self.power.value * missing / tapering))
        }
    }

    /// What the cells hold between empty and full.
    public let capacity: WattHours
    /// The share of the cells' energy that reaches the output, above 0 and at most 1.
    public let efficiency: Double
    /// What the device itself draws from the cells while they feed the output.
    public let selfConsumption: Watts
    /// How the battery is filled.
    public let charger: Charger
    /// The charge at which the user wants the output to end; it ends one percent above, see ``cutOff``.
    public var dischargeLimit: Percent
    /// Whether the output gives power.
    public private(set) var isOutputLive: Bool
    /// Whether the cells are being filled.
    public private(set) var isCharging = false
    private var energy: WattHours

    /// The longest stretch over which the falling power of a charger is taken as constant.
    private static let chargingStep: Duration = .seconds(10)

    /// Makes a battery holding `charge`; an efficiency outside of 0.1 to 1 becomes the nearer end.
    public init(
        capacity: WattHours, charge: Percent = 100, dischargeLimit: Percent = 0, efficiency: Double,
        selfConsumption: Watts, charger: Charger
    ) {
        self.capacity = capacity
        self.efficiency = efficiency.isNaN ? 1 : min(1, max(0.1, efficiency))
        self.selfConsumption = selfConsumption
        self.charger = charger
        self.dischargeLimit = dischargeLimit
        self.isOutputLive = true
        self.energy = WattHours(capacity.value * charge.value / 100)
    }

    /// What the cells hold, as a share of what they can hold.
    public var charge: Percent {
        self.capacity.value > 0 ? Percent(self.energy.value / self.capacity.value * 100) : 0
    }

    /// Whether nothing more goes in.
    public var isFull: Bool { self.energy >= self.capacity }

    /// The charge at which the output ends on battery: limit + 1 % (River 3 Plus, measured by its users in 2026).
    public var cutOff: Percent { Percent(self.dischargeLimit.value + 1) }

    /// What leaves the cells while the output gives `load`.
    public func drain(at load: Watts) -> Watts {
        Watts(max(0, load.value) / self.efficiency) + self.selfConsumption
    }

    /// How long the cells last at `load` down to nothing; nil when nothing is drawn.
    ///
    /// This is what the device shows. It is too much: the output ends at ``cutOff``, see ``timeToCutOff(at:)``.
    public func timeToEmpty(at load: Watts) -> Duration? {
        self.energy.lasts(at: self.drain(at: load))
    }

    /// How long the output lasts at `load` without mains; nil when nothing is drawn.
    public func timeToCutOff(at load: Watts) -> Duration? {
        WattHours(self.energy.value - self.energyAtCutOff).lasts(at: self.drain(at: load))
    }

    /// Sets what the cells hold. The output follows with the next ``advance(by:load:mains:)``.
    public mutating func setCharge(_ charge: Percent) {
        self.energy = WattHours(self.capacity.value * charge.value / 100)
        self.isCharging = self.isCharging && !self.isFull
    }

    /// Lets `time` pass while the output gives `load`, with mains or without.
    ///
    /// With mains the load costs the cells nothing and the output lives. Without, it ends for good (until mains
    /// is back) at the cut-off; the device then sleeps and draws nothing more.
    public mutating func advance(by time: Duration, load: Watts, mains: Bool) {
        guard mains else { return self.discharge(for: time, load: load) }
        self.isOutputLive = true
        if self.charge < self.charger.resumesBelow { self.isCharging = true }
        var left = time
        while self.isCharging, left > .zero {
            self.charge(for: min(left, Self.chargingStep))
            left -= Self.chargingStep
        }
    }

    private var energyAtCutOff: Double { self.capacity.value * self.cutOff.value / 100 }

    private mutating func charge(for time: Duration) {
        let power = self.charger.power(at: self.charge)
        // A charger that gives nothing would never end the loop above with a full battery; it just stays as it is.
        let energy = self.energy.value + power.value * (time / .seconds(3600))
        self.energy = WattHours(min(self.capacity.value, max(0, energy)))
        if self.isFull { self.isCharging = false }
    }

    private mutating func discharge(for time: Duration, load: Watts) {
        self.isCharging = false
        guard self.isOutputLive else { return }
        let energy = self.energy.value - self.drain(at: load).value * (max(.zero, time) / .seconds(3600))
        guard energy <= self.energyAtCutOff else { return self.energy = WattHours(energy) }
        self.energy = WattHours(max(0, min(self.energy.value, self.energyAtCutOff)))
        self.isOutputLive = false
    }
}
