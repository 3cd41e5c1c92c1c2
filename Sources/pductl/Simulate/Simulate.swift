import ArgumentParser
import PowerCore
import PowerLab

/// `pductl simulate`.
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plays an outage against a rack on paper, with the real policy, and shows what would happen.",
        discussion: """
            For example `pductl simulate --config rack.yaml --outage 45m --fault pve2=hangs`, or \
            `pductl simulate --demo --storms 1000 --seed 7`. Nothing is switched and no server is asked. Exit status: \
            0 where no host lost its power and none is left off, 1 otherwise.
            """)

    @Argument(help: "Scenario files; each says everything itself.")
    var files: [String] = []

    @Option(help: "The configuration file of the rack.")
    var config: String?

    @Flag(help: "The rack of `upsd-swift --demo`.")
    var demo = false

    @Option(help: "How long the mains are away (45m), or from when to when (10m..55m); may be repeated.")
    var outage: [String] = []

    @Option(help: "The UPS whose mains fail; may be repeated, and is all of them where it is left out.")
    var ups: [String] = []

    @Option(help: "What the batteries begin with: charge=80%, or for one river.charge=60%.")
    var at: [String] = []

    @Option(help: "What goes wrong: pve2=hangs, river=silent@10m..20m, rack-a/4=sticks, crash@12m; may be repeated.")
    var fault: [String] = []

    @Option(help: "How long is played; without it until everything is calm again.")
    var length: String?

    @Option(help: "Play so many seasons of bad weather; one is shown, of more only what came of them.")
    var storms: Int?

    @Option(help: "The seed of chance, or the first of the seasons' seeds.")
    var seed: UInt64?

    @Flag(help: "Compare each scenario with the .expected file beside it, and say where they differ.")
    var check = false

    @Flag(help: "Write the .expected file beside each scenario anew.")
    var record = false

    @Flag(help: "Print one line of JSON an event, and what came of it in the last.")
    var json = false

    func run() async throws {
        let outcome = try await self.outcome()
        guard outcome.status == .done else { throw outcome }
        outcome.show()
    }

    /// The words as they were typed.
    var words: SimulateRequest.Words {
        SimulateRequest.Words(
            files: self.files, config: self.config, demo: self.demo, outages: self.outage, upses: self.ups,
            charges: self.at, faults: self.fault, length: self.length, storms: self.storms, seed: self.seed,
            check: self.check, record: self.record)
    }

    private func outcome() async throws(Outcome) -> Outcome {
        let request: SimulateRequest
        do {
            request = try SimulateRequest(self.words)
        } catch {
            throw .failure(.usage, error.sentence, json: self.json)
        }
        switch request {
        case .scenario(let scenario):
            return try ScenarioRun(scenario, folder: nil, json: self.json).outcome
        case .files(let paths, let use):
            return try ScenarioFile.outcome(of: paths, use, json: self.json)
        case .storms(let source, let count, let seed):
            let configuration = try RackChoice.configuration(source, json: self.json)
            let season = StormSeason(rack: configuration.rack, settings: configuration.policy)
            return await StormRun(season, count: count, seed: seed, json: self.json).outcome()
        }
    }
}
