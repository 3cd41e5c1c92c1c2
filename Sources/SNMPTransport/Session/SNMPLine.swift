internal import CNetSNMP
internal import SNMPTables

/// The way to one agent: its requests one after the other, on the thread of ``SNMPThread``.
///
/// Whatever goes wrong, the socket is closed and what was known of the agent forgotten: a new address, a new engine and
/// a late answer to an old question are all the same then.
///
/// `@unchecked Sendable`: belongs to that thread, but for what is constant.
final class SNMPLine: @unchecked Sendable {
    /// Most requests that wait for one agent: a reader and some orders; more come from a mistake.
    static let mostWaiting = 16

    /// What is waited for.
    private enum Phase {
        case nothing
        /// The host's addresses, until then.
        case name(until: ContinuousClock.Instant)
        /// Who the agent is.
        case engine
        /// The answer.
        case answer
    }

    private let options: SNMPOptions
    private let thread: SNMPThread
    private var raw: OpaquePointer?
    private var phase = Phase.nothing
    /// Those of the host that have not failed since they were looked up.
    private var addresses: [String] = []
    /// The first one is under way.
    private var queue: [SNMPExchange] = []
    private var isClosed = false

    init(_ options: SNMPOptions, on thread: SNMPThread) {
        self.options = options
        self.thread = thread
    }

    /// The socket; -1 where there is none.
    var socket: Int32 { self.raw.map(cnetsnmp_socket) ?? -1 }

    /// In how many milliseconds ``step(isReadable:)`` is wanted; nil where nothing is waited for.
    var wait: Int? {
        switch self.phase {
        case .nothing: nil
        case .name(let end): Int(max(0, (end - .now) / .milliseconds(1))) + 1
        case .engine, .answer: self.raw.map(cnetsnmp_wait).flatMap { $0 < 0 ? nil : $0 }
        }
    }

    /// Takes a request.
    func take(_ exchange: SNMPExchange) {
        guard !exchange.isOver else { return }
        if self.isClosed { return exchange.end(.failure(.closed)) }
        guard self.queue.count < Self.mostWaiting else {
            return exchange.end(.failure(SNMPFailure(.silent, "\(Self.mostWaiting) requests wait for it already")))
        }
        self.queue.append(exchange)
        if self.queue.count == 1 { self.proceed() }
    }

    /// Gives a request up. What was sent may have been done all the same.
    func cancel(_ exchange: SNMPExchange) {
        guard !exchange.isOver else { return }
        if self.queue.first === exchange {
            self.finish(.failure(.cancelled))
        } else {
            self.queue.removeAll { $0 === exchange }
            exchange.end(.failure(.cancelled))
        }
    }

    /// Ends everything; nothing can be asked any more.
    func end() {
        self.isClosed = true
        let queue = self.queue
        self.queue = []
        for exchange in queue { exchange.end(.failure(.closed)) }
        self.rest()
        if let raw = self.raw { cnetsnmp_destroy(raw) }
        self.raw = nil
    }

    /// Reads what has come, and looks at the clock.
    func step(isReadable: Bool) {
        if case .name(let end) = self.phase, end <= .now {
            return self.finish(.failure(SNMPFailure(.unreachable, "its name is not found in time")))
        }
        guard let raw = self.raw, let answer = cnetsnmp_step(raw, isReadable ? 1 : 0) else { return }
        self.handle(answer.pointee)
    }
}

extension SNMPLine {
    /// Takes the next step for the first request.
    private func proceed() {
        guard let exchange = self.queue.first else { return self.rest() }
        self.thread.watch(self)
        guard let raw = self.raw ?? self.create() else {
            let problem = self.options.problem ?? "SNMP's library does not take the user's passwords"
            return self.finish(.failure(SNMPFailure(.notAuthentic, problem)))
        }
        guard self.socket >= 0 || self.open(raw) else { return }
        if cnetsnmp_needs_engine(raw) != 0 {
            self.phase = .engine
            self.check(cnetsnmp_discover(raw, self.timeout, 0))
        } else {
            self.phase = .answer
            self.check(self.send(exchange.request, over: raw))
        }
    }

    private func create() -> OpaquePointer? {
        guard self.options.problem == nil else { return nil }
        self.raw = self.options.withRaw { cnetsnmp_create($0) }
        return self.raw
    }

    /// Opens the socket; false where the address is not known yet, or it failed.
    private func open(_ raw: OpaquePointer) -> Bool {
        if self.addresses.isEmpty, let address = SNMPAddress.numeric(self.options.host, port: self.options.port) {
            self.addresses = [address]
        }
        guard let address = self.addresses.first else {
            self.lookUp()
            return false
        }
        let code = cnetsnmp_open(raw, address)
        self.check(code)
        return code == 0
    }

    private func lookUp() {
        guard case .nothing = self.phase else { return }
        self.phase = .name(until: .now + self.options.timeout * (self.options.retries + 1))
        SNMPAddress.look(up: self.options.host, port: self.options.port) { addresses in
            self.thread.perform { self.found(addresses) }
        }
    }

    private func found(_ addresses: [String]) {
        guard case .name = self.phase else { return }
        self.phase = .nothing
        self.addresses = addresses
        guard !addresses.isEmpty else {
            return self.finish(.failure(SNMPFailure(.unreachable, "nobody knows the name \(self.options.host)")))
        }
        self.proceed()
    }

    private func send(_ request: SNMPRequest, over raw: OpaquePointer) -> Int32 {
        // Of SNMPv3 a repetition is better made anew: it may be that the agent's clock has begun again.
        let retries = self.user == nil && request.isRepeatable ? self.options.retries : 0
        return request.withRaw(
            community: self.options.community(for: request), timeout: self.timeout, retries: retries
        ) { cnetsnmp_send(raw, $0) }
    }

    private func check(_ code: Int32) {
        if code != 0 { self.finish(.failure(.unreachable(code, port: self.options.port))) }
    }

    private var timeout: Int { Int(self.options.timeout / .milliseconds(1)) }

    private var user: SNMPUser? {
        if case .v3(let user) = self.options.access { return user }
        return nil
    }
}

extension SNMPLine {
    private func handle(_ answer: cnetsnmp_answer) {
        guard let exchange = self.queue.first else { return self.rest() }
        switch answer.outcome {
        case .CNETSNMP_ANSWERED: self.answered(answer)
        case .CNETSNMP_SILENT: self.heardNothing(exchange)
        case .CNETSNMP_UNREACHABLE:
            self.finish(.failure(.unreachable(Int32(clamping: answer.status), port: self.options.port)))
        case .CNETSNMP_REPORTED: self.reported(answer.report, exchange)
        }
    }

    private func answered(_ answer: cnetsnmp_answer) {
        if case .engine = self.phase { return self.proceed() }
        guard let response = SNMPResponse(answer) else {
            return self.finish(.failure(SNMPFailure(.malformed, "it answers with names that are none")))
        }
        self.finish(.success(response))
    }

    /// The library has sent a request of SNMPv1 or v2c often enough; one of SNMPv3 begins anew with who the agent is.
    private func heardNothing(_ exchange: SNMPExchange) {
        var isEngine = false
        if case .engine = self.phase { isEngine = true }
        let mayRepeat = self.user != nil && (isEngine || exchange.request.isRepeatable)
        guard mayRepeat, exchange.repetitions < self.options.retries else {
            return self.finish(.failure(.silent(self.options, isKnown: !isEngine)))
        }
        exchange.repetitions += 1
        self.again()
    }

    /// What was not done for the sake of the engine or its clock is asked once more; the agent says that it did nothing.
    private func reported(_ report: cnetsnmp_report, _ exchange: SNMPExchange) {
        let isAboutEngine = report == .CNETSNMP_UNKNOWN_ENGINE || report == .CNETSNMP_WRONG_TIME
        guard case .answer = self.phase, isAboutEngine, !exchange.isRediscovered else {
            return self.finish(.failure(.reported(report, self.user)))
        }
        exchange.isRediscovered = true
        self.again()
    }

    private func again() {
        if let raw = self.raw { cnetsnmp_close(raw) }
        self.proceed()
    }

    /// Ends the first request and begins the next.
    private func finish(_ result: Result<SNMPResponse, SNMPFailure>) {
        self.phase = .nothing
        if case .failure = result {
            if let raw = self.raw { cnetsnmp_close(raw) }
            self.addresses = Array(self.addresses.dropFirst())
        }
        if !self.queue.isEmpty { self.queue.removeFirst().end(result) }
        self.proceed()
    }

    /// Waits for nothing.
    private func rest() {
        self.phase = .nothing
        self.thread.leave(self)
    }
}
