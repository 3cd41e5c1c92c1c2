internal import NUTProtocol
internal import PowerCore

/// Asks another NUT server for one device: its status often, everything now and then and when the status changes.
struct UpstreamPoller: Sendable {
    private let client: NUTClient
    private let place: UpstreamSource.Place
    /// What may be set and what commands there are matters only to those who may order.
    private let readsKinds: Bool
    private let pace: UpstreamSource.Pace
    private let timekeeper: any Timekeeper
    private let updates: AsyncStream<SourcedUpdate>.Continuation

    init(
        _ client: NUTClient, place: UpstreamSource.Place, readsKinds: Bool, pace: UpstreamSource.Pace,
        timekeeper: any Timekeeper, updates: AsyncStream<SourcedUpdate>.Continuation
    ) {
        self.client = client
        self.place = place
        self.readsKinds = readsKinds
        self.pace = pace
        self.timekeeper = timekeeper
        self.updates = updates
    }

    /// What is known of the device, and what of it need not be asked for each time.
    private struct Known {
        var state: SourcedState?
        var kinds: [String: Variable] = [:]
        var commands: [String] = []
        /// When kinds and commands were read; nil before.
        var kindsRead: Moment?
        var nextFull: Moment
    }

    /// Kinds of variables change with a device or its driver, hardly ever while it runs.
    static let kindsEvery = Duration.seconds(600)

    /// Polls until the connection is lost or the task cancelled.
    func run() async {
        var known = Known(nextFull: self.timekeeper.now)
        while !Task.isCancelled {
            do throws(NUTClientError) {
                try await self.poll(&known)
            } catch {
                guard self.tell(error, &known) else { break }
            }
            let next = self.timekeeper.now + self.pace.quick
            guard (try? await self.timekeeper.sleep(until: next)) != nil else { break }
        }
        self.updates.finish()
    }

    private func poll(_ known: inout Known) async throws(NUTClientError) {
        // What changes while the answers come in may be in none of them.
        let began = self.timekeeper.now
        let isDue = began >= known.nextFull
        var isFull = isDue || known.state == nil
        if !isFull {
            let status = try await self.allowingMissing { () async throws(NUTClientError) in
                try await self.client.value(of: "ups.status", on: self.place.device)
            }
            isFull = status != known.state?.value("ups.status")
        }
        if isFull { try await self.readAll(&known) }
        if let state = known.state { self.updates.yield(.heard(state, at: began)) }
    }

    private func readAll(_ known: inout Known) async throws(NUTClientError) {
        let now = self.timekeeper.now
        if self.readsKinds, known.kindsRead.map({ now - $0 >= Self.kindsEvery }) ?? true {
            known.kinds = try await self.readKinds()
            known.commands = Array(try await self.client.commands(of: self.place.device).prefix(DriverLimits.commands))
            known.kindsRead = now
        }
        let listed = try await self.client.variables(of: self.place.device).prefix(DriverLimits.variables)
        let variables = listed.map { listed in
            var variable = known.kinds[listed.name.lowercased()] ?? Variable(listed.name.lowercased(), "")
            variable.value = listed.value
            return variable
        }
        known.state = SourcedState(variables: variables, commands: known.commands)
        known.nextFull = now + self.pace.full
    }

    /// The variables that may be set, with what they may be set to.
    private func readKinds() async throws(NUTClientError) -> [String: Variable] {
        var kinds: [String: Variable] = [:]
        for listed in try await self.client.writableVariables(of: self.place.device).prefix(DriverLimits.variables) {
            let name = listed.name.lowercased()
            let kind = try await self.allowingMissing { () async throws(NUTClientError) in
                try await self.kind(of: listed.name)
            }
            kinds[name] = Variable(name, listed.value, kind: kind ?? .string(maximumLength: 255), isWritable: true)
        }
        return kinds
    }

    private func kind(of name: String) async throws(NUTClientError) -> Variable.Kind {
        let answer = try await self.client.exchange(["GET", "TYPE", self.place.device, name])
        guard case .line(.record(let words)) = answer, words.first == "TYPE" else { return .string(maximumLength: 255) }
        if words.contains("ENUM") {
            return .enumeration(try await self.client.allowedValues(of: name, on: self.place.device))
        }
        if words.contains("RANGE"), let range = try await self.range(of: name) { return .range(range) }
        let length = words.compactMap { $0.hasPrefix("STRING:") ? Int($0.dropFirst("STRING:".count)) : nil }.first
        return length.map { .string(maximumLength: max(0, $0)) } ?? .number
    }

    /// Several ranges become the one that holds them all; the other server knows better.
    private func range(of name: String) async throws(NUTClientError) -> ClosedRange<Int>? {
        let answer = try await self.client.exchange(["LIST", "RANGE", self.place.device, name])
        guard case .list(_, let records) = answer else { return nil }
        let bounds = records.filter { $0.count == 5 }.compactMap { record in
            Int(record[3]).flatMap { low in Int(record[4]).map { (low, $0) } }
        }
        guard let low = bounds.map(\.0).min(), let high = bounds.map(\.1).max(), low <= high else { return nil }
        return low...high
    }

    /// Nil where the other server says that there is no such variable; it may have gone since it was listed.
    private func allowingMissing<Answer>(
        _ ask: () async throws(NUTClientError) -> Answer
    ) async throws(NUTClientError) -> Answer? {
        do throws(NUTClientError) {
            return try await ask()
        } catch {
            guard case .refused(.variableNotSupported, _, _) = error else { throw error }
            return nil
        }
    }

    /// Tells what went wrong; returns whether the connection still serves.
    private func tell(_ error: NUTClientError, _ known: inout Known) -> Bool {
        let failure = error.failure(of: self.place)
        switch error {
        case .refused(.dataStale, _, _), .refused(.driverNotConnected, _, _):
            // What comes after it may be another device: everything is read again.
            known = Known(nextFull: self.timekeeper.now)
            let isStale = if case .refused(.dataStale, _, _) = error { true } else { false }
            self.updates.yield(.unavailable(isStale ? .stale : .notConnected, failure))
            return true
        default:
            self.updates.yield(.lost(failure))
            return false
        }
    }
}
