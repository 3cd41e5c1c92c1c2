import PowerCore

/// `pductl plan`: the steps of stopping or starting, their times, and whether the batteries last for them.
struct PlanReport {
    /// Which way a plan goes.
    enum Direction: String {
        case stop
        case start
    }

    /// Which way it goes.
    let direction: Direction
    /// The hosts and loads named; empty for everything.
    let targets: [RackPlan.Node]
    /// The steps.
    let plan: RackPlan
    /// How long each host of the server has power, where an end is known.
    let left: [HostID: Duration]

    /// Makes the plan that the words of a command line ask for; a failure where one of them names nothing.
    init(_ words: [String], _ basis: PlanBasis, _ picture: ServerPicture, flags: String, json: Bool) throws(Outcome) {
        let direction = words.first.flatMap { Direction(rawValue: $0.lowercased()) }
        self.direction = direction ?? .stop
        let command = "pductl\(flags) plan \(self.direction.rawValue)"
        var targets: [RackPlan.Node] = []
        for name in words.dropFirst(direction == nil ? 0 : 1) {
            guard let node = basis.node(name) else {
                throw PlanBasis.unknown(name, what: "host or load", among: basis.nodes, command: command, json: json)
            }
            targets.append(node)
        }
        self.targets = targets
        let names = targets.map(\.id)
        self.plan =
            self.direction == .stop ? RackPlan.stop(basis.nodes, names) : RackPlan.start(basis.nodes, names)
        self.left = Dictionary(
            picture.devices(.host).compactMap { host in
                host["battery.runtime"].flatMap { Int64($0) }.map { (HostID(host.name), Duration.seconds($0)) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The table and the sentence.
    func text(colour: Bool) -> String {
        guard !self.plan.steps.isEmpty else { return self.nothing + "\n" }
        return self.plan.table.text(colour: colour) + "\n" + PlainText.printable(self.sentence) + "\n"
    }

    /// The same as JSON, times in seconds.
    var json: JSONValue {
        .object([
            ("direction", .string(self.direction.rawValue)),
            ("targets", .array(self.targets.map { .string($0.id.name) })),
            ("steps", .array(self.plan.steps.map(\.json))), ("length", self.plan.length.json),
            ("limit", self.plan.limit?.json ?? .null),
            ("feasible", .string(orNull: self.verdict?.word)),
            ("tightest", .string(orNull: self.verdict?.step.id.name)), ("left", self.verdict?.left.json ?? .null),
            ("summary", .string(self.plan.steps.isEmpty ? self.nothing : self.sentence)),
        ])
    }

    /// What is said where there is no step.
    private var nothing: String {
        let (verb, state) = self.direction == .stop ? ("stop", "down") : ("start", "up")
        guard !self.targets.isEmpty else { return "nothing to \(verb): everything is \(state)" }
        let names = self.targets.map { "\($0.id) (\($0.phase))" }.joined(separator: ", ")
        return PlainText.printable("nothing to \(verb): \(names) \(self.targets.count == 1 ? "is" : "are") \(state)")
    }

    /// The whole length, and whether what the batteries give is enough for it.
    private var sentence: String {
        let whole = self.plan.length.inWords
        guard self.direction == .stop else {
            return
                "Starting \(self.subject) takes \(whole) as a rule, from when the mains are stable and the batteries "
                + "hold enough."
        }
        let limit = self.plan.limit?.inWords ?? whole
        let time = limit == whole ? "takes \(whole) at most" : "takes \(whole) as a rule and \(limit) at most"
        return "Stopping \(self.subject) \(time); \(self.verdict?.sentence ?? Self.unlimited)."
    }

    private var subject: String {
        self.targets.isEmpty ? "everything" : self.targets.map(\.id.name).joined(separator: ", ")
    }

    private static let unlimited = "nothing of it lives on battery now, so that no end of its power is in sight"

    /// The verdict on the host for which it is tightest; nil where no end of the power is known, and for a start.
    private var verdict: Verdict? {
        guard self.direction == .stop else { return nil }
        let verdicts = self.plan.steps.compactMap { step in
            self.left[step.id].map { Verdict(step: step, left: $0) }
        }
        // Who fails even if all goes as usual comes first, then who may fail, then who has least to spare.
        return verdicts.min { ($0.rank, $0.spare) < ($1.rank, $1.spare) }
    }
}

/// Whether the power of one host lasts for its step.
private struct Verdict {
    let step: RackPlan.Step
    let left: Duration

    private var latest: Duration { self.step.latest ?? self.step.end }

    var rank: Int { self.step.end > self.left ? 0 : self.latest > self.left ? 1 : 2 }

    var spare: Duration { self.left - self.latest }

    var word: String { ["no", "as-usual", "yes"][self.rank] }

    var sentence: String {
        let power = "\(self.step.id) has power for \(self.left.inWords)"
        switch self.rank {
        case 0: return "it is not feasible: \(power) and is down after \(self.step.end.inWords) as a rule"
        case 1: return "it is feasible only if all goes as usual: \(power) and may take \(self.latest.inWords)"
        default: return "it is feasible: \(power), and of all it has the least to spare"
        }
    }
}

extension RackPlan {
    /// The steps as a table; what has no latest moment has no column for it.
    var table: TextTable {
        guard self.limit == nil else { return self.tableWithLimit }
        var table = TextTable("STEP", "NAME", "KIND", "PHASE", ">BEGINS", ">DONE", "WAITS FOR")
        for (index, step) in self.steps.enumerated() {
            table.add(
                .init("\(index + 1)"), .init(step.id.name), .init(step.kind), .init(step.phase),
                .init(step.begin.inShort), .init(step.end.inShort), .init(step.afterText))
        }
        return table
    }

    private var tableWithLimit: TextTable {
        var table = TextTable("STEP", "NAME", "KIND", "PHASE", ">BEGINS", ">DONE", ">AT THE LATEST", "WAITS FOR")
        for (index, step) in self.steps.enumerated() {
            table.add(
                .init("\(index + 1)"), .init(step.id.name), .init(step.kind), .init(step.phase),
                .init(step.begin.inShort), .init(step.end.inShort), .init(step.latest?.inShort), .init(step.afterText))
        }
        return table
    }
}

extension RackPlan.Step {
    fileprivate var kind: String { self.isHost ? "host" : "load" }

    fileprivate var afterText: String { self.after.map(\.name).joined(separator: ", ") }

    /// The step as JSON, times in seconds.
    var json: JSONValue {
        .object([
            ("name", .string(self.id.name)), ("kind", .string(self.kind)),
            ("phase", .string(self.phase)), ("begins", self.begin.json), ("done", self.end.json),
            ("latest", self.latest?.json ?? .null), ("after", .array(self.after.map { .string($0.name) })),
        ])
    }
}

extension Duration {
    /// The duration for a table, as `11m40s`.
    var inShort: String { PlainText.time(seconds: "\(self.components.seconds)") ?? "-" }

    /// The duration in whole seconds.
    var json: JSONValue { .number("\(self.components.seconds)") }
}
