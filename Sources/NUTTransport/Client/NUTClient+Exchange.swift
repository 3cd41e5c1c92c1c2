internal import NIOCore
public import NUTProtocol

extension NUTClient {
    /// Sends one request of any kind and returns its answer; an `ERR` is thrown.
    public func exchange(_ words: [String]) async throws(NUTClientError) -> ClientAnswer {
        try await self.exchange(words, encryption: nil)
    }

    /// Encrypts the connection as `tls` says, with a server called `host`, which is shown `identity` if it asks.
    func startTLS(_ tls: ClientTLS, identity: ClientIdentity?, host: String) async throws(NUTClientError) {
        guard let trust = tls.trust else { return }
        do throws(NUTClientError) {
            let encryption = try ClientEncryption(trust: trust, identity: identity, host: host)
            let answer = try await self.exchange(["STARTTLS"], encryption: encryption)
            guard case .line(.ok) = answer else { throw .unexpected(Self.text(of: answer)) }
        } catch .refused(let word, _, _) {
            if case .required = tls { throw .notEncrypted("it does not encrypt connections (\(word))") }
        }
    }

    private func exchange(
        _ words: [String], encryption: ClientEncryption?
    ) async throws(NUTClientError) -> ClientAnswer {
        guard let request = ClientRequest(words) else {
            throw .unsendable(words.first { ClientRequest([$0]) == nil } ?? words.joined(separator: " "))
        }
        let promise = self.channel.eventLoop.makePromise(of: ClientAnswer.self)
        // A write that fails means that the connection is gone; the handler never sees such a call.
        self.channel.writeAndFlush(NUTClientCall(request: request, answer: promise, encryption: encryption)).whenFailure
        { _ in
            promise.fail(self.farewell.reason)
        }
        do {
            let answer = try await promise.futureResult.get()
            if case .line(.error(let word, let sentence, let kind)) = answer {
                throw NUTClientError.refused(word, sentence: sentence, kind: kind)
            }
            return answer
        } catch {
            throw error as? NUTClientError ?? self.farewell.reason
        }
    }

    func expectOK(_ words: [String]) async throws(NUTClientError) {
        let answer = try await self.exchange(words)
        guard case .line(.ok) = answer else { throw .unexpected(Self.text(of: answer)) }
    }

    func record(_ words: [String]) async throws(NUTClientError) -> [String] {
        let answer = try await self.exchange(words)
        guard case .line(.record(let record)) = answer else { throw .unexpected(Self.text(of: answer)) }
        return record
    }

    /// Asks `GET` and returns the last word of the answer, which must repeat the question.
    func get(_ words: [String]) async throws(NUTClientError) -> String {
        let record = try await self.record(["GET"] + words)
        guard let value = record.last, record.count == words.count + 1,
            zip(record, words).allSatisfy({ $0.lowercased() == $1.lowercased() })
        else { throw .unexpected(record.joined(separator: " ")) }
        return value
    }

    /// Asks `LIST` and returns the words behind `kind` of each record, exactly `fields` of them.
    func list(_ words: [String], _ kind: String, fields: Int) async throws(NUTClientError) -> [[String]] {
        let answer = try await self.exchange(["LIST"] + words)
        guard case .list(_, let records) = answer else { throw .unexpected(Self.text(of: answer)) }
        var result: [[String]] = []
        for record in records {
            guard record.count == fields + 1, record[0] == kind else {
                throw .unexpected(record.joined(separator: " "))
            }
            result.append(Array(record.dropFirst()))
        }
        return result
    }

    func order(_ words: [String], waitForResult: Bool) async throws(NUTClientError) -> OrderResult {
        // A server without tracking refuses; the order itself is then still worth giving.
        if waitForResult { _ = try await self.allowingRefusal(["SET", "TRACKING", "ON"]) }
        let answer = try await self.exchange(words)
        guard case .line(.ok(let rest)) = answer else { throw .unexpected(Self.text(of: answer)) }
        guard waitForResult, rest.count == 2, rest[0] == "TRACKING" else { return .taken }
        return try await self.outcome(of: rest[1])
    }

    func allowingRefusal(_ words: [String]) async throws(NUTClientError) -> ClientAnswer? {
        do {
            return try await self.exchange(words)
        } catch .refused(.usernameRequired, let sentence, _) {
            throw .refused(.usernameRequired, sentence: sentence)
        } catch .refused {
            return nil
        }
    }

    func outcome(of id: String) async throws(NUTClientError) -> OrderResult {
        let clock = ContinuousClock()
        let end = clock.now + self.limits.result
        while clock.now < end {
            let answer: ClientAnswer
            do {
                answer = try await self.exchange(["GET", "TRACKING", id])
            } catch .refused(let word, let sentence, let kind) {
                throw .failed(word, sentence: sentence, kind: kind)
            }
            if answer == .line(.record(["SUCCESS"])) { return .done }
            guard answer == .line(.record(["PENDING"])) else { throw .unexpected(Self.text(of: answer)) }
            do { try await clock.sleep(for: self.limits.resultInterval) } catch { throw .noResult }
        }
        throw .noResult
    }

    static func text(of answer: ClientAnswer) -> String {
        switch answer {
        case .line(.ok(let words)): (["OK"] + words).joined(separator: " ")
        case .line(.record(let words)): words.joined(separator: " ")
        case .line(let reply): "\(reply)"
        case .list(let subject, _): "BEGIN LIST " + subject.joined(separator: " ")
        }
    }
}
