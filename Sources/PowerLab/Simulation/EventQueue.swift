import PowerCore

/// What is going to happen in a simulated world, the soonest first; of one moment, what was asked for first.
///
/// Nothing is ever taken out before its time: whoever gets a task asks the thing it is about whether it still waits
/// for it at that moment.
struct EventQueue {
    /// Something that happens at a moment, with the index of the thing it is about.
    enum Task {
        case scripted(Int)
        case wake
        case upsStep(Int)
        case upsStale(Int)
        case pduStale(Int)
        case machine(Int)
        case clientLost(Int)
        case probe(Int)
        case way(Int)
        case outlet(Int)
        case outletReport(Int)
    }

    private struct Entry {
        var at: Moment
        var order: Int
        var task: Task

        func isBefore(_ other: Entry) -> Bool {
            self.at < other.at || (self.at == other.at && self.order < other.order)
        }
    }

    private var heap: [Entry] = []
    private var count = 0

    /// When the next thing happens; nil when nothing does any more.
    var next: Moment? { self.heap.first?.at }

    /// Lets `task` happen at `moment`.
    mutating func add(_ task: Task, at moment: Moment) {
        self.heap.append(Entry(at: moment, order: self.count, task: task))
        self.count += 1
        var index = self.heap.count - 1
        while index > 0, self.heap[index].isBefore(self.heap[(index - 1) / 2]) {
            self.heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Takes the next thing out.
    mutating func take() -> (at: Moment, task: Task)? {
        guard let first = self.heap.first, let last = self.heap.popLast() else { return nil }
        if !self.heap.isEmpty {
            self.heap[0] = last
            self.sink()
        }
        return (first.at, first.task)
    }

    private mutating func sink() {
        var index = 0
        while true {
            var least = index
            for child in (2 * index + 1)...(2 * index + 2)
            where child < self.heap.count && self.heap[child].isBefore(self.heap[least]) {
                least = child
            }
            guard least != index else { return }
            self.heap.swapAt(index, least)
            index = least
        }
    }
}
