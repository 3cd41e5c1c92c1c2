import PowerCore

/// What a drill of a host will stop and start.
struct DrillPlan {
    /// The host.
    let host: HostID
    /// The steps of stopping it, and before it what needs it.
    let stop: RackPlan
    /// The steps of starting all of them again.
    let start: RackPlan

    /// How much longer than its steps a drill may take: until disks have settled, batteries hold enough and outlets have
    /// been switched one after the other.
    private static let reserve = Duration.seconds(300)

    /// Makes the plan; a failure where `name` is no host or does not run.
    init(_ name: String, _ basis: PlanBasis, flags: String, json: Bool) throws(Outcome) {
        let hosts = basis.nodes.filter(\.isHost)
        guard let node = basis.node(name), node.isHost else {
            throw PlanBasis.unknown(name, what: "host", among: hosts, command: "pductl\(flags) test", json: json)
        }
        self.host = node.id
        self.stop = RackPlan.stop(basis.nodes, [node.id])
        guard self.stop.steps.contains(where: { $0.id == node.id }) else {
            throw .failure(.failed, "\(node.id) is \(node.phase), not running", json: json)
        }
        let stopped = Set(self.stop.steps.map(\.id))
        let down = basis.nodes.filter { stopped.contains($0.id) }.map { node in
            var down = node
            down.phase = "off"
            return down
        }
        self.start = RackPlan.start(down)
    }

    /// Everything that stops, in the order in which it does.
    var names: [HostID] { self.stop.steps.map(\.id) }

    /// What stops besides the host.
    private var others: [HostID] { self.names.filter { $0 != self.host } }

    /// How long to wait where nobody says: as long as all may take, every attempt of starting included.
    var limit: Duration {
        (self.stop.limit ?? self.stop.length) + self.start.length * PolicyEngine.startRounds + Self.reserve
    }

    /// What will happen, in sentences and two tables.
    func text(colour: Bool) -> String {
        let others = self.others.map(\.name).joined(separator: ", ")
        let with = others.isEmpty ? "nothing else stops" : "what needs it stops as well: \(others)"
        let head = "A drill stops \(self.host) for real and starts it again; \(with)."
        return PlainText.printable(head) + "\n\nStopping:\n" + self.stop.table.text(colour: colour) + "\nStarting:\n"
            + self.start.table.text(colour: colour) + "\n"
    }

    /// The question that is asked on a terminal.
    var question: String {
        let names = self.names.map(\.name).joined(separator: ", ")
        return "Stop and start \(names) now? [y/N] "
    }

    /// What is said where nobody can be asked and nobody has agreed.
    func unasked(flags: String, json: Bool) -> Outcome {
        .failure(
            .usage, "a drill stops \(self.names.map(\.name).joined(separator: ", ")); without a terminal type:",
            details: ["pductl\(flags) test \(self.host) --yes"], json: json)
    }
}
