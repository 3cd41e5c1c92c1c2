/// The ordered steps for stopping or starting some hosts and loads, with the time of each: an immutable value.
public struct RackPlan: Hashable, Sendable {
    /// A host or load as far as a plan cares.
    public struct Node: Hashable, Sendable, CustomStringConvertible {
        /// The name.
        public var id: HostID
        /// Whether it is a host, and not a load.
        public var isHost: Bool
        /// The word for its phase.
        public var phase: String
        /// What it is started after.
        public var needs: [HostID]
        /// What it is stopped before.
        public var stopsBefore: [HostID]
        /// How long it takes to stop, as a rule.
        public var stop: Duration
        /// How long it may take to stop at most.
        public var stopLimit: Duration
        /// How long it takes to start, as a rule.
        public var start: Duration

        /// Makes a node.
        public init(
            id: HostID, isHost: Bool, phase: String, needs: [HostID], stopsBefore: [HostID], stop: Duration,
            stopLimit: Duration, start: Duration
        ) {
            self.id = id
            self.isHost = isHost
            self.phase = phase
            self.needs = needs
            self.stopsBefore = stopsBefore
            self.stop = stop
            self.stopLimit = stopLimit
            self.start = start
        }
    }

    /// One step of a plan.
    public struct Step: Hashable, Sendable {
        /// The host or load.
        public var id: HostID
        /// Whether it is a host, and not a load.
        public var isHost: Bool
        /// The word for its present phase.
        public var phase: String
        /// What must be done first, of what is in the plan.
        public var after: [HostID]
        /// When it begins, counted from the beginning of the plan, if all goes as usual.
        public var begin: Duration
        /// When it is done, if all goes as usual.
        public var end: Duration
        /// When it is done at the latest; nil where a plan has no such moment.
        public var latest: Duration?
    }

    /// The steps in the order in which they begin.
    public var steps: [Step]

    /// How long the whole takes, if all goes as usual.
    public var length: Duration { self.steps.map(\.end).max() ?? .zero }

    /// How long the whole takes at most; nil where that is not known.
    public var limit: Duration? { self.steps.compactMap(\.latest).max() }

    /// Stops `targets` and, before each, everything that is stopped before it; without targets, everything.
    ///
    /// What is down already takes no time and is left out.
    public static func stop(_ nodes: [Node], _ targets: [HostID] = []) -> RackPlan {
        var before: [HostID: [HostID]] = [:]
        for node in nodes { for other in node.stopsBefore { before[other, default: []].append(node.id) } }
        let running = nodes.filter { HostPhase.mayRun(word: $0.phase) }
        return Self.plan(running, targets, before: { before[$0.id] ?? [] }, time: \.stop, limit: \.stopLimit)
    }

    /// Starts `targets` and, before each, everything it needs; without targets, everything that is not running.
    public static func start(_ nodes: [Node], _ targets: [HostID] = []) -> RackPlan {
        let down = nodes.filter { !HostPhase.mayRun(word: $0.phase) }
        return Self.plan(down, targets, before: \.needs, time: \.start, limit: nil)
    }

    private static func plan(
        _ nodes: [Node], _ targets: [HostID], before: (Node) -> [HostID], time: (Node) -> Duration,
        limit: ((Node) -> Duration)?
    ) -> RackPlan {
        let known = Dictionary(nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var steps: [HostID: Step] = [:]
        var open = (targets.isEmpty ? nodes.map(\.id) : targets).reversed().map { (id: $0, isReady: false) }
        var visited: Set<HostID> = []
        while let (id, isReady) = open.popLast() {
            guard let node = known[id], steps[id] == nil else { continue }
            let first = before(node).filter { known[$0] != nil }
            // A circle, which no configuration has, is cut where it closes.
            if !isReady, visited.insert(id).inserted {
                open.append((id, true))
                open += first.reversed().map { ($0, false) }
            } else if isReady {
                let done = first.compactMap { steps[$0] }
                let begin = done.map(\.end).max() ?? .zero
                let latest = done.compactMap(\.latest).max() ?? .zero
                steps[id] = Step(
                    id: id, isHost: node.isHost, phase: node.phase, after: first, begin: begin, end: begin + time(node),
                    latest: limit.map { latest + $0(node) })
            }
        }
        let places = Dictionary(zip(nodes.map(\.id), nodes.indices), uniquingKeysWith: { first, _ in first })
        return RackPlan(
            steps: steps.values.sorted {
                ($0.begin, $0.end, places[$0.id] ?? 0) < ($1.begin, $1.end, places[$1.id] ?? 0)
            })
    }
}

extension RackPlan.Node {
    /// The node as one line of words, for the wire: `host pve1 running needs=a,b before=a,b stop=80 limit=240 start=60`.
    public var description: String {
        let words = [
            self.isHost ? "host" : "load", self.id.name, self.phase, "needs=\(Self.list(self.needs))",
            "before=\(Self.list(self.stopsBefore))", "stop=\(self.stop.components.seconds)",
            "limit=\(self.stopLimit.components.seconds)", "start=\(self.start.components.seconds)",
        ]
        return words.joined(separator: " ")
    }

    /// Reads such a line; nil for any other.
    public init?(parsing line: String) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 3, ["host", "load"].contains(words[0]) else { return nil }
        var values: [String: String] = [:]
        for word in words.dropFirst(3) {
            let pair = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if pair.count == 2 { values[pair[0]] = pair[1] }
        }
        guard let stop = Self.seconds(values["stop"]), let limit = Self.seconds(values["limit"]),
            let start = Self.seconds(values["start"])
        else { return nil }
        self.init(
            id: HostID(words[1]), isHost: words[0] == "host", phase: words[2], needs: Self.names(values["needs"]),
            stopsBefore: Self.names(values["before"]), stop: stop, stopLimit: limit, start: start)
    }

    private static func list(_ names: [HostID]) -> String {
        names.map(\.name).joined(separator: ",")
    }

    private static func names(_ text: String?) -> [HostID] {
        (text ?? "").split(separator: ",").map { HostID(String($0)) }
    }

    private static func seconds(_ text: String?) -> Duration? {
        text.flatMap { Int64($0) }.flatMap { (0...86400 * 366).contains($0) ? .seconds($0) : nil }
    }
}

extension HostPhase {
    /// Whether something whose phase has this word may be running; a word that is not known counts as yes.
    static func mayRun(word: String) -> Bool {
        !["stopped", "off", "failed"].contains(word)
    }
}

extension PolicyEngine {
    /// What plans are made of, in the order of the configuration; a protected load is never switched and in no plan.
    func planNodes(_ views: [HostView]) -> [RackPlan.Node] {
        zip(views, self.graph.nodes).enumerated().compactMap { index, pair in
            let (view, node) = pair
            guard view.isHost || !self.rack.consumers[index].isProtected else { return nil }
            return RackPlan.Node(
                id: view.id, isHost: view.isHost, phase: view.phase.word, needs: view.needs,
                stopsBefore: node.stopsBefore.map(self.name), stop: view.stopTime, stopLimit: view.stopLimit,
                start: view.startTime)
        }
    }

    /// What plans are made of at `now`, in the order of the configuration.
    public func planNodes(at now: Moment) -> [RackPlan.Node] {
        self.planNodes(self.hostViews(at: now))
    }
}
