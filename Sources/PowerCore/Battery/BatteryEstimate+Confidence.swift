extension BatteryEstimate {
    /// Where the figure for the load comes from, the best first.
    public enum LoadSource: String, Hashable, Codable, Sendable, CaseIterable {
        /// The UPS measures its output.
        case measured
        /// The outlets behind it are measured and added up.
        case outlets
        /// How fast the charge has fallen over the last minutes.
        case slope
        /// What was learnt of the consumers behind it.
        case learnt
        /// What the configuration says of the consumers behind it.
        case configured
        /// Nothing is known: the device's own runtime is used, less what lies below the cut-off.
        case device

        /// Whether a meter stands behind it.
        public var isMeasured: Bool {
            switch self {
            case .measured, .outlets: true
            case .slope, .learnt, .configured, .device: false
            }
        }

        /// How it is known, for a sentence: "210 W as measured".
        public var inWords: String {
            switch self {
            case .measured: "as measured"
            case .outlets: "by the sum of its outlets"
            case .slope: "by the fall of its charge"
            case .learnt: "as learnt"
            case .configured: "as configured"
            case .device: "by the device's own figure"
            }
        }
    }

    /// How far a runtime can be relied upon.
    public enum Confidence: String, Hashable, Codable, Sendable, CaseIterable, Comparable {
        /// Nothing can be said.
        case none
        /// A guess: the worse of what is known counts.
        case low
        /// Derived, not measured, or measured with a doubt.
        case fair
        /// Measured load, known capacity, and nothing against it.
        case high

        /// The step for a sentence: "11 min 40 s, which is a guess".
        public var inWords: String {
            switch self {
            case .none: "which is not known"
            case .low: "which is a guess"
            case .fair: "which is fairly sure"
            case .high: "which is sure"
            }
        }

        /// Whether `lhs` is the lesser confidence.
        public static func < (lhs: Confidence, rhs: Confidence) -> Bool { lhs.rank < rhs.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        /// What is left of a high confidence with these doubts: a runtime that exists is never worse than a guess.
        init(with doubts: [Doubt]) {
            switch doubts.reduce(0, { $0 + $1.weight }) {
            case 0: self = .high
            case 1: self = .fair
            default: self = .low
            }
        }
    }

    /// Something that speaks against an estimate.
    public enum Doubt: Hashable, Sendable {
        /// The load is not measured.
        case load(LoadSource)
        /// The capacity is not configured, and learnt from so few discharges.
        case capacity(discharges: Int)
        /// The UPS has been silent for so long, and is reckoned down.
        case silent(Duration)
        /// The device's own runtime is off from ours by this factor.
        case device(factor: Double)

        /// A device may differ from us by this factor: it counts down to 0 %, and smoothes its load over minutes.
        static let factorOfDoubt = 1.5
        /// By this factor one of the two is wrong.
        static let factorOfGuess = 2.5
        /// After so long without a word, too much may have changed.
        static let longSilence = Duration.seconds(30 * 60)

        /// By how many steps it lowers the confidence.
        var weight: Int {
            switch self {
            case .load(.slope), .load(.learnt): 1
            case .load(.configured), .load(.device): 2
            case .load(.measured), .load(.outlets): 0
            case .capacity: 1
            case .silent(let time): time > Self.longSilence ? 2 : 1
            case .device(let factor): factor > Self.factorOfGuess ? 2 : 1
            }
        }

        /// The doubt as a piece of a sentence.
        public var inWords: String {
            switch self {
            case .load(let source): "its load is known only \(source.inWords)"
            case .capacity(0): "its capacity is not known"
            case .capacity(1): "its capacity is learnt from one discharge"
            case .capacity(let count): "its capacity is learnt from \(count) discharges"
            case .silent(let time): "it has been silent for \(time.inWords)"
            case .device(let factor): "the device itself says otherwise by a factor of \(Self.tenths(factor))"
            }
        }

        private static func tenths(_ factor: Double) -> String {
            let tenths = Int((min(1000, max(0, factor)) * 10).rounded())
            return "\(tenths / 10).\(tenths % 10)"
        }
    }

    /// What speaks against our own figure, as of the moment the UPS was heard.
    static func doubts(
        _ source: LoadSource, own: Duration?, device: DeviceRuntime, discharges: Int?
    ) -> [Doubt] {
        var doubts: [Doubt] = source.isMeasured ? [] : [.load(source)]
        // A slope needs no capacity: percent over percent per hour is a time.
        if let discharges, discharges < LearntBattery.untilBold, source != .slope {
            doubts.append(.capacity(discharges: discharges))
        }
        if let factor = device.factor(from: own), factor > Doubt.factorOfDoubt {
            doubts.append(.device(factor: factor))
        }
        return doubts
    }
}
