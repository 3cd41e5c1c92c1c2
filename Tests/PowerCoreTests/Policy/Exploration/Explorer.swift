@testable import PowerCore

/// Walks through everything that can happen in a small world, breadth first, each state once.
struct Explorer {
    /// How much is tried on one path.
    struct Limits {
        /// Changes of mains and batteries.
        var weather: Int
        /// Times that it goes on although the world had something to do first: how slow hosts and outlets may be.
        var delays: Int
        /// Faults, and things that people do.
        var faults: Int
        /// Ends of the daemon.
        var crashes: Int
        /// Whether the orderly moves of the world happen in every order, and not only in one.
        var isEveryOrder = false
        /// States after which it is given up.
        var states: Int
    }

    /// What was covered.
    struct Figures: Equatable {
        var states = 0
        var transitions = 0
        var depth = 0
        var isComplete = true
    }

    /// What went wrong, and on which way.
    struct Finding {
        var sin: String
        /// Where it began, by number.
        var start: Int
        var moves: [Move]
        /// How it went on when everything obeyed, where that is what went wrong.
        var weather: Futures.Weather?
    }

    /// A state that is to be gone on from.
    struct Node {
        var situation: Situation
        var left: Budget
        var id: Int
        var depth: Int
    }

    /// What of the limits is left.
    struct Budget: Hashable {
        var weather: Int
        var delays: Int
        var faults: Int
        var crashes: Int
    }

    /// How a state was reached first.
    private struct Origin {
        var from: Int
        var move: Move?
    }

    let limits: Limits
    private(set) var figures = Figures()
    /// The first finding of each kind.
    private(set) var findings: [Finding] = []
    /// How many transitions led to each kind of finding.
    private(set) var counts: [String: Int] = [:]
    private var seen: Set<UInt64> = []
    private var origins: [Origin] = []
    private var futures = Futures()

    init(_ limits: Limits) {
        self.limits = limits
    }

    /// Explores from `starts` until nothing new appears, or a limit is reached.
    mutating func explore(from starts: [Situation]) {
        var level: [Node] = []
        let whole = Budget(
            weather: self.limits.weather, delays: self.limits.delays, faults: self.limits.faults,
            crashes: self.limits.crashes)
        for start in starts { self.visit(start, whole, from: -1, by: nil, depth: 0, into: &level) }
        while !level.isEmpty {
            var next: [Node] = []
            for node in level {
                self.figures.depth = node.depth
                self.expand(node, into: &next)
                guard self.figures.states < self.limits.states else { return self.figures.isComplete = false }
            }
            level = next
        }
    }

    private mutating func expand(_ node: Node, into next: inout [Node]) {
        for (move, left) in self.choices(node) {
            var situation = node.situation
            situation.make(move)
            self.figures.transitions += 1
            if !situation.sins.isEmpty {
                for sin in situation.sins { self.find(sin, node.id, move) }
                // What has gone wrong once goes on to do so.
                continue
            }
            self.visit(situation, left, from: node.id, by: move, depth: node.depth + 1, into: &next)
        }
    }

    private mutating func visit(
        _ situation: Situation, _ left: Budget, from origin: Int, by move: Move?, depth: Int, into next: inout [Node]
    ) {
        let state = situation.fingerprint
        var print = Fingerprint()
        print.add(Int(truncatingIfNeeded: state))
        for part in [left.weather, left.delays, left.faults, left.crashes] { print.add(part) }
        guard self.seen.insert(print.value).inserted else { return }
        let id = self.origins.count
        self.origins.append(Origin(from: origin, move: move))
        self.figures.states += 1
        next.append(Node(situation: situation, left: left, id: id, depth: depth))
        for omen in self.futures.judge(situation) { self.find(omen.sin, id, omen.crash, omen.weather) }
    }

    /// What is tried next, and what is left of the limits then.
    private func choices(_ node: Node) -> [(Move, Budget)] {
        let obedient = node.situation.obedientMoves
        var choices = (self.limits.isEveryOrder ? obedient : Array(obedient.prefix(1))).map { ($0, node.left) }
        if node.situation.wake != nil {
            var left = node.left
            if !obedient.isEmpty { left.delays -= 1 }
            choices.append((.wait, left))
        }
        var (calm, faultless, alive) = (node.left, node.left, node.left)
        (calm.weather, faultless.faults, alive.crashes) = (calm.weather - 1, faultless.faults - 1, alive.crashes - 1)
        if node.left.weather > 0 { choices += node.situation.weather.map { ($0, calm) } }
        if node.left.faults > 0 { choices += node.situation.faults.map { ($0, faultless) } }
        if node.left.crashes > 0 { choices += node.situation.crashes.map { ($0, alive) } }
        return choices.filter { $0.1.delays >= 0 }
    }

    private mutating func find(_ sin: String, _ id: Int, _ move: Move?, _ weather: Futures.Weather? = nil) {
        self.counts[sin, default: 0] += 1
        guard self.counts[sin] == 1 else { return }
        let (start, moves) = self.path(to: id)
        self.findings.append(
            Finding(sin: sin, start: start, moves: moves + (move.map { [$0] } ?? []), weather: weather))
    }

    /// The start from which a state was reached first, and the way.
    private func path(to id: Int) -> (start: Int, moves: [Move]) {
        var moves: [Move] = []
        var next = id
        while let move = self.origins[next].move {
            moves.append(move)
            next = self.origins[next].from
        }
        return (next, moves.reversed())
    }
}
