/// An order to all feeds of a host together, until each of them has come to an end.
struct HostOrder: Hashable, Sendable {
    private struct Failure: Hashable {
        var sentence: String
        var trouble: OrderTrouble
    }

    /// The feeds of which nothing is known yet.
    private var open: Int
    private var done = 0
    private var failures: [Failure] = []

    /// Begins with so many feeds.
    init(feeds: Int) {
        self.open = feeds
    }

    /// Takes note of what came of one feed.
    mutating func take(_ outcome: OrderOutcome) {
        self.open -= 1
        switch outcome {
        case .done: self.done += 1
        case .failed(let sentence, let trouble): self.failures.append(Failure(sentence: sentence, trouble: trouble))
        }
    }

    /// Whether nothing is open any more.
    var isOver: Bool { self.open <= 0 }

    /// What came of all of them together.
    var outcome: OrderOutcome {
        guard let first = self.failures.first else { return .done }
        let sentence = self.failures.map(\.sentence).joined(separator: "; ")
        return .failed(sentence, self.done == 0 ? first.trouble : .partly)
    }
}
