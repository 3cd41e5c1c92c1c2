/// Asks many at the same time, but not all at once.
enum Gather {
    /// The answers in the order of the questions, so many being asked at the same time.
    static func each<Question: Sendable, Answer: Sendable>(
        _ questions: [Question], atOnce: Int, _ ask: @escaping @Sendable (Question) async -> Answer
    ) async -> [Answer] {
        await withTaskGroup(of: (Int, Answer).self) { group in
            var answers: [Int: Answer] = [:]
            var next = 0
            for question in questions.prefix(atOnce) {
                group.addTask { [next] in (next, await ask(question)) }
                next += 1
            }
            while let (index, answer) = await group.next() {
                answers[index] = answer
                guard next < questions.count else { continue }
                let question = questions[next]
                group.addTask { [next] in (next, await ask(question)) }
                next += 1
            }
            return questions.indices.compactMap { answers[$0] }
        }
    }
}
