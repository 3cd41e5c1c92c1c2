internal import PowerCore
internal import Synchronization

/// The talk with one device: logs in, seals calls, sends them, and says what an answer means for the login.
final class HTTPLink: Sendable {
    /// How long nothing is sent after a user or password was refused: devices lock out who is wrong often.
    static let patience = Duration.seconds(30)

    private struct Refused {
        var problem: HTTPProblem
        var until: ContinuousClock.Instant
    }

    private let wire: HTTPWire
    private let limit: Duration
    private let login: Mutex<LoginState>
    private let refused = Mutex<Refused?>(nil)

    init(_ wire: HTTPWire, _ login: HTTPLogin, _ secrets: HTTPSecrets, limit: Duration) {
        self.wire = wire
        self.limit = limit
        self.login = Mutex(LoginState(login, secrets))
    }

    /// A talk that must be over at a moment.
    func talk(for time: Duration) -> any HTTPExchange {
        Talk(link: self, end: .now + time)
    }

    private struct Talk: HTTPExchange {
        let link: HTTPLink
        let end: ContinuousClock.Instant

        func send(_ call: HTTPCall) async throws(HTTPProblem) -> HTTPAnswer {
            try await self.link.send(call, by: self.end)
        }
    }

    private func send(_ call: HTTPCall, by end: ContinuousClock.Instant) async throws(HTTPProblem) -> HTTPAnswer {
        if let refused = self.refused.withLock({ $0 }), refused.until > .now { throw refused.problem }
        for _ in 0..<HTTPLimits.attempts {
            if let opening = self.login.withLock(\.opening) {
                try self.opened(by: try await self.answer(to: opening, by: end))
                continue
            }
            let sealed = self.login.withLock { $0.seal(call, own: Self.nonce()) }
            let answer = try await self.answer(to: sealed, by: end)
            if try self.judge(answer, to: sealed) == .taken { return answer }
        }
        throw self.note(LoginState.refusal)
    }

    /// One call over the wire; a question is asked again when only the connection ended under it.
    private func answer(to sealed: SealedCall, by end: ContinuousClock.Instant) async throws(HTTPProblem) -> HTTPAnswer
    {
        var repeats = sealed.call.isOrder ? 0 : HTTPLimits.repeats
        while true {
            let left = end - .now
            guard left > .zero else {
                throw HTTPProblem(.timedOut, "it took too long in all", remedy: "write a longer timeout:")
            }
            do throws(HTTPProblem) {
                let answer = try await self.wire.answer(to: sealed, within: min(self.limit, left))
                try Self.checkRedirect(answer)
                return answer
            } catch {
                guard repeats > 0, error == FailureReason.closed(sealed.call) else { throw error }
                repeats -= 1
            }
        }
    }

    private func opened(by answer: HTTPAnswer) throws(HTTPProblem) {
        do throws(HTTPProblem) {
            try self.login.withLock { state throws(HTTPProblem) in try state.opened(by: answer) }
        } catch {
            throw self.note(error)
        }
    }

    private func judge(_ answer: HTTPAnswer, to sealed: SealedCall) throws(HTTPProblem) -> LoginState.Verdict {
        do throws(HTTPProblem) {
            return try self.login.withLock { state throws(HTTPProblem) in try state.judge(answer, to: sealed) }
        } catch {
            throw self.note(error)
        }
    }

    /// Remembers that we were refused.
    private func note(_ problem: HTTPProblem) -> HTTPProblem {
        self.refused.withLock { $0 = Refused(problem: problem, until: .now + Self.patience) }
        return problem
    }

    /// No redirect is followed: what we say of ourselves is for the host in the configuration alone.
    private static func checkRedirect(_ answer: HTTPAnswer) throws(HTTPProblem) {
        guard (300..<400).contains(answer.status) else { return }
        let place = answer.values(of: "Location").first.map { " to \(Self.origin($0))" } ?? ""
        throw HTTPProblem(
            .notSupported, "it redirects\(place), which is not followed",
            remedy: "write the address that is right as url:")
    }

    /// A place without its query, in which a device may repeat what was secret.
    private static func origin(_ location: String) -> String {
        HTTPAnswer.plain(String(location.prefix { $0 != "?" && $0 != "#" }))
    }

    /// A number nobody can guess, for a digest.
    private static func nonce() -> String {
        String(UInt64.random(in: .min ... .max), radix: 16) + String(UInt64.random(in: .min ... .max), radix: 16)
    }
}
