extension RackValidation {
    /// Circles in `needs`, each named once: nothing in a circle could be stopped or started first.
    func circleProblems() -> [Problem] {
        var search = CircleSearch(needs: self.needs)
        return search.circles().map { circle in
            let names = (circle + [circle[0]]).map { self.rack.consumers[$0].id.name }
            let steps = zip(names, names.dropFirst()).map { "\($0) needs \($1)" }
            let next = circle.count > 1 ? circle[1] : circle[0]
            let needIndex = self.rack.consumers[circle[0]].needs.firstIndex(of: self.rack.consumers[next].id) ?? 0
            return Problem(
                .need(circle[0], needIndex), "the needs go in a circle: \(steps.joined(separator: ", "))",
                remedy: "remove one of them: nothing in the circle could be started first")
        }
    }

    /// Everything that a host or load needs, directly or by way of others; itself only where it is in a circle.
    func allNeeds(of index: Int, _ needs: [[Int]]) -> Set<Int> {
        var found: Set<Int> = []
        var open = needs[index]
        while let next = open.popLast() {
            if found.insert(next).inserted { open += needs[next] }
        }
        return found
    }

    /// What each host or load needs, by index; names that do not exist are left out.
    var needs: [[Int]] {
        var indices: [HostID: Int] = [:]
        for (index, consumer) in self.rack.consumers.enumerated() where indices[consumer.id] == nil {
            indices[consumer.id] = index
        }
        return self.rack.consumers.map { $0.needs.compactMap { indices[$0] } }
    }
}

/// Walks a graph in depth and notes every circle it closes; its own stack, so that a long chain overflows nothing.
private struct CircleSearch {
    /// How far the walk has come with a node.
    private enum Mark {
        /// Not seen yet.
        case new
        /// On the path that is being walked, at this place.
        case onPath(Int)
        /// Everything behind it has been seen.
        case done
    }

    private let needs: [[Int]]
    private var marks: [Mark]
    private var found: [[Int]] = []

    /// Prepares to walk the graph in which node `i` points to `needs[i]`.
    init(needs: [[Int]]) {
        self.needs = needs
        self.marks = Array(repeating: .new, count: needs.count)
    }

    /// The circles, each from the node that was reached first.
    mutating func circles() -> [[Int]] {
        for start in self.needs.indices {
            if case .new = self.marks[start] { self.walk(from: start) }
        }
        return self.found
    }

    /// Walks everything that can be reached from `start`.
    private mutating func walk(from start: Int) {
        var path = [(node: start, next: 0)]
        self.marks[start] = .onPath(0)
        while let top = path.last {
            guard top.next < self.needs[top.node].count else {
                self.marks[top.node] = .done
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            let node = self.needs[top.node][top.next]
            switch self.marks[node] {
            case .new:
                self.marks[node] = .onPath(path.count)
                path.append((node, 0))
            case .onPath(let place):
                self.found.append(path[place...].map(\.node))
            case .done:
                break
            }
        }
    }
}
