import PowerCore

/// What `pductl simulate` is asked for, made of the words of its command line.
enum SimulateRequest: Equatable {
    /// What becomes of the text that comes out.
    enum Use: Equatable {
        /// It is shown.
        case show
        /// It is compared with what is expected.
        case check
        /// It is kept as what is expected from now on.
        case record
    }

    /// Scenario files.
    case files([String], Use)
    /// One scenario out of the command line.
    case scenario(Scenario)
    /// Seasons of bad weather from this seed on.
    case storms(Scenario.RackSource, count: Int, seed: UInt64)

    /// Far more seasons than anybody waits for.
    static let mostStorms = 1_000_000

    /// The words of the command line.
    struct Words: Equatable {
        var files: [String] = []
        var config: String?
        var demo = false
        var outages: [String] = []
        var upses: [String] = []
        var charges: [String] = []
        var faults: [String] = []
        var length: String?
        var storms: Int?
        var seed: UInt64?
        var check = false
        var record = false

        /// Whether something is said that belongs to one scenario.
        var describesScenario: Bool {
            !(self.outages + self.upses + self.charges + self.faults).isEmpty || self.length != nil
        }
    }

    /// Understands the words, or says what is wrong with them.
    init(_ words: Words) throws(ScenarioWords.Failure) {
        if !words.files.isEmpty {
            self = .files(words.files, try Self.use(words))
        } else if words.check || words.record {
            throw ScenarioWords.Failure(sentence: "--check and --record take scenario files")
        } else if let storms = words.storms {
            guard !words.describesScenario else {
                throw ScenarioWords.Failure(sentence: "--storms makes its own weather; it goes with --seed only")
            }
            guard (1...Self.mostStorms).contains(storms) else {
                throw ScenarioWords.Failure(sentence: "--storms takes a number from 1 to \(Self.mostStorms)")
            }
            self = .storms(try Self.rack(words), count: storms, seed: words.seed ?? 1)
        } else {
            self = .scenario(try Self.scenario(words))
        }
    }

    private static func use(_ words: Words) throws(ScenarioWords.Failure) -> Use {
        let isAlone = !words.describesScenario && words.config == nil && !words.demo && words.storms == nil
        guard isAlone, words.seed == nil else {
            throw ScenarioWords.Failure(sentence: "a scenario file says everything itself; it takes no other options")
        }
        guard !words.check || !words.record else {
            throw ScenarioWords.Failure(sentence: "either --check or --record")
        }
        return words.check ? .check : words.record ? .record : .show
    }

    private static func rack(_ words: Words) throws(ScenarioWords.Failure) -> Scenario.RackSource {
        switch (words.config, words.demo) {
        case (let path?, false): return .file(path)
        case (nil, true): return .demo
        case (_?, true): throw ScenarioWords.Failure(sentence: "either --config or --demo")
        case (nil, false): throw ScenarioWords.Failure(sentence: "--config FILE or --demo says which rack")
        }
    }

    private static func scenario(_ words: Words) throws(ScenarioWords.Failure) -> Scenario {
        var scenario = Scenario()
        scenario.rack = try Self.rack(words)
        guard !words.outages.isEmpty || !words.faults.isEmpty else {
            throw ScenarioWords.Failure(sentence: "nothing happens: --outage TIME, --fault WHAT or --storms COUNT")
        }
        guard words.upses.isEmpty || !words.outages.isEmpty else {
            throw ScenarioWords.Failure(sentence: "--ups says where the mains fail; it goes with --outage")
        }
        for outage in words.outages {
            scenario.outages.append(
                Scenario.Outage(stretch: try ScenarioWords.outage(outage), upses: words.upses))
        }
        for text in words.charges {
            let (ups, charge) = try ScenarioWords.charge(text)
            scenario.charges[ups] = charge
        }
        for fault in words.faults { scenario.faults.append(try ScenarioWords.fault(fault)) }
        scenario.length = try words.length.map { text throws(ScenarioWords.Failure) in try ScenarioWords.time(text) }
        if let seed = words.seed { scenario.seed = seed }
        return scenario
    }
}
