internal import NIOCore
internal import NIOPosix
public import NUTProtocol

/// A device as `LIST UPS` shows it.
public struct ListedDevice: Hashable, Sendable {
    /// The NUT name.
    public let name: String
    /// The description, or the server's words for none.
    public let description: String
}

/// A variable as `LIST VAR` shows it.
public struct ListedVariable: Hashable, Sendable {
    /// The name (`battery.charge`).
    public let name: String
    /// The value, unquoted.
    public let value: String
}

/// How an order that was taken stands.
public enum OrderResult: Hashable, Sendable {
    /// The server has taken the order; nobody waited for its outcome, or the server cannot tell it.
    case taken
    /// The server says that it has been carried out.
    case done
}

/// One connection to a NUT server, this one or any other.
///
/// Requests may be made from several tasks at once; the server answers them in order. Every method throws
/// ``NUTClientError``; after ``NUTClientError/timedOut``, ``NUTClientError/unreadable(_:)`` and
/// ``NUTClientError/closed`` the connection is over.
public final class NUTClient: Sendable {
    private let channel: any Channel
    private let limits: NUTClientLimits
    private let farewell: NUTClientFarewell

    private init(channel: any Channel, limits: NUTClientLimits, farewell: NUTClientFarewell) {
        self.channel = channel
        self.limits = limits
        self.farewell = farewell
    }

    /// Connects to a server; call ``close()`` when done with it.
    public static func connect(
        host: String, port: Int = 3493, limits: NUTClientLimits = NUTClientLimits()
    ) async throws(NUTClientError) -> NUTClient {
        let farewell = NUTClientFarewell()
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(TimeAmount(limits.connect))
                .channelOption(.socketOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = NUTClientHandler(limits: limits, farewell: farewell)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .connect(host: host, port: port).get()
            return NUTClient(channel: channel, limits: limits, farewell: farewell)
        } catch {
            throw .unreachable(host: host, port: port, reason: Self.reason(of: error))
        }
    }

    /// Gives the user name and the password; the server checks them only when they are needed.
    public func authenticate(user: String, password: String) async throws(NUTClientError) {
        try await self.expectOK(["USERNAME", user])
        try await self.expectOK(["PASSWORD", password])
    }

    /// Logs in to a device (`LOGIN`): the server counts this connection as a host that depends on it.
    public func login(to device: String) async throws(NUTClientError) {
        try await self.expectOK(["LOGIN", device])
    }

    /// The server's version text (`VER`).
    public func serverVersion() async throws(NUTClientError) -> String {
        try await self.record(["VER"]).joined(separator: " ")
    }

    /// All devices in the server's order (`LIST UPS`).
    public func devices() async throws(NUTClientError) -> [ListedDevice] {
        try await self.list(["UPS"], "UPS", fields: 2).map { ListedDevice(name: $0[0], description: $0[1]) }
    }

    /// All variables of a device (`LIST VAR`).
    public func variables(of device: String) async throws(NUTClientError) -> [ListedVariable] {
        try await self.list(["VAR", device], "VAR", fields: 3).map { ListedVariable(name: $0[1], value: $0[2]) }
    }

    /// The variables of a device that may be set (`LIST RW`).
    public func writableVariables(of device: String) async throws(NUTClientError) -> [ListedVariable] {
        try await self.list(["RW", device], "RW", fields: 3).map { ListedVariable(name: $0[1], value: $0[2]) }
    }

    /// The names of a device's instant commands (`LIST CMD`).
    public func commands(of device: String) async throws(NUTClientError) -> [String] {
        try await self.list(["CMD", device], "CMD", fields: 2).map { $0[1] }
    }

    /// The addresses of the clients logged in to a device (`LIST CLIENT`).
    public func clients(of device: String) async throws(NUTClientError) -> [String] {
        try await self.list(["CLIENT", device], "CLIENT", fields: 2).map { $0[1] }
    }

    /// The texts that a variable may be set to (`LIST ENUM`); empty where it is no enumeration.
    public func allowedValues(of variable: String, on device: String) async throws(NUTClientError) -> [String] {
        try await self.list(["ENUM", device, variable], "ENUM", fields: 3).map { $0[2] }
    }

    /// The value of one variable (`GET VAR`).
    public func value(of variable: String, on device: String) async throws(NUTClientError) -> String {
        try await self.get(["VAR", device, variable])
    }

    /// What a variable means (`GET DESC`).
    public func description(of variable: String, on device: String) async throws(NUTClientError) -> String {
        try await self.get(["DESC", device, variable])
    }

    /// What a command does (`GET CMDDESC`).
    public func description(ofCommand command: String, on device: String) async throws(NUTClientError) -> String {
        try await self.get(["CMDDESC", device, command])
    }

    /// The number of clients logged in to a device (`GET NUMLOGINS`).
    public func loginCount(of device: String) async throws(NUTClientError) -> Int {
        let text = try await self.get(["NUMLOGINS", device])
        guard let count = Int(text) else { throw .unexpected(text) }
        return count
    }

    /// Sets a variable (`SET VAR`), and waits for the outcome where the server can tell it.
    @discardableResult
    public func set(
        _ variable: String, on device: String, to value: String, waitForResult: Bool = true
    ) async throws(NUTClientError) -> OrderResult {
        try await self.order(["SET", "VAR", device, variable, value], waitForResult: waitForResult)
    }

    /// Runs an instant command (`INSTCMD`), and waits for the outcome where the server can tell it.
    @discardableResult
    public func run(
        _ command: String, on device: String, parameter: String? = nil, waitForResult: Bool = true
    ) async throws(NUTClientError) -> OrderResult {
        let words = ["INSTCMD", device, command] + (parameter.map { [$0] } ?? [])
        return try await self.order(words, waitForResult: waitForResult)
    }

    /// Tells all hosts on a device to shut down (`FSD`); nothing a client can send takes it back.
    public func forceShutdown(of device: String) async throws(NUTClientError) {
        try await self.expectOK(["FSD", device])
    }

    /// Takes leave (`LOGOUT`) and closes the connection; harmless when repeated.
    public func close() async {
        _ = try? await self.exchange(["LOGOUT"])
        try? await self.channel.close()
    }
}

extension NUTClient {
    /// Sends one request of any kind and returns its answer; an `ERR` is thrown.
    public func exchange(_ words: [String]) async throws(NUTClientError) -> ClientAnswer {
        guard let request = ClientRequest(words) else {
            throw .unsendable(words.first { ClientRequest([$0]) == nil } ?? words.joined(separator: " "))
        }
        let promise = self.channel.eventLoop.makePromise(of: ClientAnswer.self)
        // A write that fails means that the connection is gone; the handler never sees such a call.
        self.channel.writeAndFlush(NUTClientCall(request: request, answer: promise)).whenFailure { _ in
            promise.fail(self.farewell.reason)
        }
        do {
            let answer = try await promise.futureResult.get()
            if case .line(.error(let word, let sentence)) = answer {
                throw NUTClientError.refused(word, sentence: sentence)
            }
            return answer
        } catch {
            throw error as? NUTClientError ?? self.farewell.reason
        }
    }

    private func expectOK(_ words: [String]) async throws(NUTClientError) {
        let answer = try await self.exchange(words)
        guard case .line(.ok) = answer else { throw .unexpected(Self.text(of: answer)) }
    }

    private func record(_ words: [String]) async throws(NUTClientError) -> [String] {
        let answer = try await self.exchange(words)
        guard case .line(.record(let record)) = answer else { throw .unexpected(Self.text(of: answer)) }
        return record
    }

    /// Asks `GET` and returns the last word of the answer, which must repeat the question.
    private func get(_ words: [String]) async throws(NUTClientError) -> String {
        let record = try await self.record(["GET"] + words)
        guard let value = record.last, record.count == words.count + 1,
            zip(record, words).allSatisfy({ $0.lowercased() == $1.lowercased() })
        else { throw .unexpected(record.joined(separator: " ")) }
        return value
    }

    /// Asks `LIST` and returns the words behind `kind` of each record, exactly `fields` of them.
    private func list(_ words: [String], _ kind: String, fields: Int) async throws(NUTClientError) -> [[String]] {
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

    private func order(_ words: [String], waitForResult: Bool) async throws(NUTClientError) -> OrderResult {
        // A server without tracking refuses; the order itself is then still worth giving.
        if waitForResult { _ = try await self.allowingRefusal(["SET", "TRACKING", "ON"]) }
        let answer = try await self.exchange(words)
        guard case .line(.ok(let rest)) = answer else { throw .unexpected(Self.text(of: answer)) }
        guard waitForResult, rest.count == 2, rest[0] == "TRACKING" else { return .taken }
        return try await self.outcome(of: rest[1])
    }

    private func allowingRefusal(_ words: [String]) async throws(NUTClientError) -> ClientAnswer? {
        do {
            return try await self.exchange(words)
        } catch .refused(.usernameRequired, let sentence) {
            throw .refused(.usernameRequired, sentence: sentence)
        } catch .refused {
            return nil
        }
    }

    private func outcome(of id: String) async throws(NUTClientError) -> OrderResult {
        let clock = ContinuousClock()
        let end = clock.now + self.limits.result
        while clock.now < end {
            let answer: ClientAnswer
            do {
                answer = try await self.exchange(["GET", "TRACKING", id])
            } catch .refused(let word, let sentence) {
                throw .failed(word, sentence: sentence)
            }
            if answer == .line(.record(["SUCCESS"])) { return .done }
            guard answer == .line(.record(["PENDING"])) else { throw .unexpected(Self.text(of: answer)) }
            do { try await clock.sleep(for: self.limits.resultInterval) } catch { throw .noResult }
        }
        throw .noResult
    }

    private static func text(of answer: ClientAnswer) -> String {
        switch answer {
        case .line(.ok(let words)): (["OK"] + words).joined(separator: " ")
        case .line(.record(let words)): words.joined(separator: " ")
        case .line(let reply): "\(reply)"
        case .list(let subject, _): "BEGIN LIST " + subject.joined(separator: " ")
        }
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { "\($0.error)" } ?? "the name cannot be resolved"
        case ChannelError.connectTimeout: "nobody answered in time"
        default: "\(error)"
        }
    }
}
