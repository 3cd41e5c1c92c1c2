/// Waits for `work` no longer than `limit`, and answers `late` past it.
///
/// Work that cannot be cancelled goes on alone then, and its end is nobody's business: a name server that is silent or a
/// process that nothing kills must not hold up whoever asked.
func decided<Answer: Sendable>(
    within limit: Duration, otherwise late: Answer, by work: @escaping @Sendable () async -> Answer
) async -> Answer {
    let (answers, answer) = AsyncStream.makeStream(of: Answer.self)
    let working = Task { answer.yield(await work()) }
    let waiting = Task {
        // Cancelled: the work has answered.
        if (try? await Task.sleep(for: limit)) != nil { answer.yield(late) }
    }
    defer {
        working.cancel()
        waiting.cancel()
    }
    for await first in answers { return first }
    return late
}
