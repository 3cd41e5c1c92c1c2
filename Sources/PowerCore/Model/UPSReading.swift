/// What one UPS says of itself at one moment, in NUT's words and in numbers the engine can use.
public struct UPSReading: Equatable, Sendable {
    /// The conditions that a device reports or that its mapping derives, before they become status words.
    public struct Flags: OptionSet, Hashable, Sendable {
        /// One bit a condition.
        public let rawValue: UInt32

        /// Makes a set from its bits.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Mains feeds the load (`OL`).
        public static let online = Flags(rawValue: 1 << 0)
        /// The battery feeds the load (`OB`).
        public static let onBattery = Flags(rawValue: 1 << 1)
        /// The battery is being charged (`CHRG`).
        public static let charging = Flags(rawValue: 1 << 2)
        /// The battery is giving energy (`DISCHRG`).
        public static let discharging = Flags(rawValue: 1 << 3)
        /// The device itself says that the battery is low (`LB`).
        public static let lowBattery = Flags(rawValue: 1 << 4)
        /// The battery wants replacing (`RB`).
        public static let replaceBattery = Flags(rawValue: 1 << 5)
        /// More is drawn than the device is made for (`OVER`).
        public static let overload = Flags(rawValue: 1 << 6)
        /// The output is off (`OFF`).
        public static let off = Flags(rawValue: 1 << 7)
        /// The load is on mains past the inverter (`BYPASS`).
        public static let bypass = Flags(rawValue: 1 << 8)
        /// A calibration of the runtime is under way (`CAL`).
        public static let calibrating = Flags(rawValue: 1 << 9)
        /// The input voltage is being lowered (`TRIM`).
        public static let trim = Flags(rawValue: 1 << 10)
        /// The input voltage is being raised (`BOOST`).
        public static let boost = Flags(rawValue: 1 << 11)
    }

    /// Every NUT variable of the device.
    ///
    /// The values of `ups.status` and `ups.alarm` are made from what follows; with ``ownStatus`` the alarm is kept as it
    /// is, and the status keeps its kind.
    public var variables: [Variable]
    /// The conditions that hold.
    public var flags: Flags
    /// Texts for `ups.alarm`, empty where nothing is wrong.
    public var alarms: [String]
    /// The charge of the battery.
    public var charge: Percent?
    /// The time the device believes it can still run, nil where it gives none or a sentinel.
    public var runtime: Duration?
    /// The charge at which the device cuts its own output, nil where it does not tell.
    public var dischargeLimit: Percent?
    /// The power drawn from the outputs, nil where the device does not measure it.
    public var load: Watts?
    /// Names of the instant commands the device takes (`beeper.mute`).
    public var commands: [String]
    /// The device's own `ups.status`, to be passed on with all its words; nil where ``flags`` and ``alarms`` make it.
    public var ownStatus: String?

    /// Makes a reading; what is left out is not known.
    public init(
        variables: [Variable] = [], flags: Flags = [], alarms: [String] = [], charge: Percent? = nil,
        runtime: Duration? = nil, dischargeLimit: Percent? = nil, load: Watts? = nil, commands: [String] = []
    ) {
        self.variables = variables
        self.flags = flags
        self.alarms = alarms
        self.charge = charge
        self.runtime = runtime
        self.dischargeLimit = dischargeLimit
        self.load = load
        self.commands = commands
    }
}
