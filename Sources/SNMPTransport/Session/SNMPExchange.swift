internal import SNMPTables

/// One request that somebody waits for the answer of.
///
/// `@unchecked Sendable`: belongs to the thread of ``SNMPThread``.
final class SNMPExchange: @unchecked Sendable {
    let request: SNMPRequest
    /// How often it was sent again, or asked anew who the agent is, because nobody had answered.
    var repetitions = 0
    /// Whether the agent has said that it is somebody else than before.
    var isRediscovered = false
    /// Whether nobody waits any more.
    private(set) var isOver = false
    private var waiting: CheckedContinuation<Result<SNMPResponse, SNMPFailure>, Never>?

    init(_ request: SNMPRequest) {
        self.request = request
    }

    /// Has `waiting` told of the end, at once where it is over already.
    func begin(_ waiting: CheckedContinuation<Result<SNMPResponse, SNMPFailure>, Never>) {
        guard !self.isOver else {
            waiting.resume(returning: .failure(.cancelled))
            return
        }
        self.waiting = waiting
    }

    /// Tells the end to whoever waits.
    func end(_ result: Result<SNMPResponse, SNMPFailure>) {
        self.isOver = true
        self.waiting?.resume(returning: result)
        self.waiting = nil
    }
}

extension SNMPFailure {
    /// Nobody wants the answer any more.
    static let cancelled = SNMPFailure(.silent, "the request was given up")
    /// The agent's way is closed.
    static let closed = SNMPFailure(.silent, "it is not asked any more")
}
