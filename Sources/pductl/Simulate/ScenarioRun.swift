import PowerCore
import PowerLab

/// One scenario, played.
struct ScenarioRun {
    /// What was planned.
    let plan: SimulationPlan
    /// What came of it.
    let result: SimulationResult
    private let json: Bool

    /// Plays a scenario; its rack's path may be relative to `folder`.
    init(_ scenario: Scenario, folder: String?, json: Bool) throws(Outcome) {
        guard let source = scenario.rack else {
            throw .failure(.usage, "the scenario does not say which rack: rack FILE, or rack demo", json: json)
        }
        let configuration = try RackChoice.configuration(source, relativeTo: folder, json: json)
        do {
            self.init(try scenario.plan(for: configuration), json: json)
        } catch {
            throw .failure(.usage, error.sentence, json: json)
        }
    }

    /// Plays a plan.
    init(_ plan: SimulationPlan, json: Bool) {
        self.plan = plan
        var simulation = Simulation(plan)
        self.result = simulation.play()
        self.json = json
    }

    /// The timeline, or the events as lines of JSON.
    var text: String {
        self.json
            ? (self.result.events.map(\.json) + [self.summary]).map { $0.line + "\n" }.joined()
            : Timeline(self.plan, self.result).text
    }

    /// What is printed, and how it ends: badly where a host lost its power or is left off, or a rule was broken.
    var outcome: Outcome {
        let isBad = !self.result.isGood || self.result.counts.lostPowerUnavoidably > 0
        return Outcome(output: self.text, status: isBad ? .failed : .done)
    }

    private var summary: JSONValue {
        .object([
            ("event", .string("summary")),
            ("length", .number("\((self.result.length.inSeconds * 1000).rounded() / 1000)")),
            ("counts", self.result.counts.json),
        ])
    }
}
