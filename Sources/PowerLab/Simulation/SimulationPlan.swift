public import PowerCore

/// What is to be played in a simulated rack: how it is wired, when the mains fail, what goes wrong.
///
/// All times are counted from the beginning of the scenario; the rack has been running quietly for a while before it.
/// Names that the rack does not have are left out.
public struct SimulationPlan: Hashable, Sendable {
    /// A cut of the mains.
    public struct Cut: Hashable, Sendable {
        /// The UPSes that lose their mains; all where none is named.
        public var upses: [DeviceID]
        /// When the mains fail.
        public var from: Duration
        /// When they are back; nil: never.
        public var to: Duration?

        /// Makes a cut.
        public init(of upses: [DeviceID] = [], from: Duration = .zero, to: Duration?) {
            self.upses = upses
            self.from = from
            self.to = to
        }
    }

    /// The power graph.
    public var rack: Rack
    /// The times and triggers of the policy.
    public var settings: PolicySettings
    /// How the machines behave; those not named here take the rack's figures.
    public var machines: [HostID: Configuration.EmulatedMachine]
    /// The charges the batteries begin with; those not named are full.
    public var charges: [DeviceID: Percent]
    /// When the mains fail.
    public var cuts: [Cut]
    /// What goes wrong.
    public var faults: [SimulationFault]
    /// How long it takes to charge an empty battery: two hours, between a power station's one and a small UPS's ten.
    public var chargingTime: Duration
    /// How long it is played; nil: until everything is calm again, or has had ``longestRecovery`` for it.
    public var length: Duration?
    /// What chance is made of: how long clients take to notice.
    public var seed: UInt64
    /// With this much time still in the batteries when the mains come back, a host was stopped needlessly.
    public var needlessAbove: Duration
    /// Whether everything that happens is written down, for the timeline.
    public var isRecorded: Bool

    /// How long a rack may take to come back after the last thing that was planned: batteries must be charged first.
    public static let longestRecovery = Duration.seconds(12 * 3600)

    /// Makes a plan in which nothing happens.
    public init(
        rack: Rack, settings: PolicySettings = PolicySettings(),
        machines: [HostID: Configuration.EmulatedMachine] = [:], charges: [DeviceID: Percent] = [:],
        cuts: [Cut] = [], faults: [SimulationFault] = [], chargingTime: Duration = .seconds(7200),
        length: Duration? = nil, seed: UInt64 = 1, needlessAbove: Duration = .seconds(600), isRecorded: Bool = true
    ) {
        self.rack = rack
        self.settings = settings
        self.machines = machines
        self.charges = charges
        self.cuts = cuts
        self.faults = faults
        self.chargingTime = chargingTime
        self.length = length
        self.seed = seed
        self.needlessAbove = needlessAbove
        self.isRecorded = isRecorded
    }

    /// Makes a plan for the rack of a configuration file, in which nothing happens.
    public init(_ configuration: Configuration) {
        self.init(rack: configuration.rack, settings: configuration.policy, machines: configuration.machines)
    }

    /// When the last thing happens that was planned.
    public var lastMoment: Duration {
        let cuts = self.cuts.flatMap { [$0.from, $0.to ?? .zero] }
        let faults = self.faults.map { fault -> Duration in
            if case .mainsFlicker = fault.kind {
                return fault.from + (SimulationFault.flickerCut + SimulationFault.flickerPause)
                    * SimulationFault.flickers
            }
            return max(fault.from, fault.to ?? .zero)
        }
        return (cuts + faults).max() ?? .zero
    }
}
