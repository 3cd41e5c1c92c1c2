internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import PowerCore

/// Sends one sealed call to one address and reads the whole answer, within a time and a size.
struct HTTPWire: Sendable {
    let address: Configuration.HTTPOutlets.Address
    let trust: HTTPTrust
    let clients: HTTPClients

    /// The answer, whatever its status.
    func answer(to sealed: SealedCall, within limit: Duration) async throws(HTTPProblem) -> HTTPAnswer {
        let late = HTTPProblem(.timedOut, "no answer to \(sealed.call.path) within \(ConfigurationScalar.text(limit))")
        let outcome = await decided(within: limit, otherwise: Result<HTTPAnswer, HTTPProblem>.failure(late)) {
            await self.outcome(of: sealed, within: limit, late)
        }
        return try outcome.get()
    }

    private func outcome(
        of sealed: SealedCall, within limit: Duration, _ late: HTTPProblem
    ) async -> Result<HTTPAnswer, HTTPProblem> {
        do {
            let client = try self.clients.client(for: self.trust)
            let response = try await client.execute(self.request(of: sealed), timeout: TimeAmount(limit))
            let body = try await response.body.collect(upTo: HTTPLimits.answer)
            let headers = response.headers.map { HTTPCall.Field(name: $0.name, value: $0.value) }
            return .success(
                HTTPAnswer(status: Int(response.status.code), headers: headers, body: Array(body.readableBytesView)))
        } catch {
            return .failure(FailureReason(error, sealed.call, late).problem)
        }
    }

    private func request(of sealed: SealedCall) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "\(self.address)\(sealed.target)")
        request.method = HTTPMethod(rawValue: sealed.call.method.rawValue)
        request.headers = HTTPHeaders((sealed.headers + sealed.call.headers).map { ($0.name, $0.value) })
        request.headers.replaceOrAdd(name: "Accept", value: "application/json")
        switch sealed.body ?? sealed.call.body {
        case .json(let document):
            request.headers.replaceOrAdd(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: document.document))
        case .form(let text):
            request.headers.replaceOrAdd(name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: text))
        case nil where sealed.call.method != .get: request.body = .bytes(ByteBuffer())
        case nil: break
        }
        return request
    }
}

/// Waits for `work` no longer than `limit`, and answers `late` past it; the work is cancelled then and waited for no more.
private func decided<Answer: Sendable>(
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
