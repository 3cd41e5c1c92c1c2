/// The outlets of a PDU whose variables come ready-made, so that the policy can switch them.
public actor SourcedOutlets: OutletController {
    /// Events that wait to be read: each reading says everything, so that old ones may be lost.
    private static let unread = 8

    private let id: DeviceID
    private let pauses: SourcedUPSDriver.Pauses
    private let staleAfter: Duration
    private let timekeeper: any Timekeeper
    private let source: any UPSSource
    private var heard: (reading: UPSReading, at: Moment)?
    private var failure: DeviceFailure?
    /// When something was ordered last: what was heard before says nothing of what came of it.
    private var ordered: Moment?
    /// Who waits for something new: the callers, of whom there are few.
    private var bells: [Int: AsyncStream<Void>.Continuation] = [:]
    private var nextBell = 0
    private var driver: SourcedUPSDriver?

    /// Makes a controller that knows nothing before ``run()``.
    public init(
        id: DeviceID, source: any UPSSource, pauses: SourcedUPSDriver.Pauses = .local, staleAfter: Duration,
        timekeeper: any Timekeeper
    ) {
        self.id = id
        self.source = source
        self.pauses = pauses
        self.staleAfter = staleAfter
        self.timekeeper = timekeeper
    }

    /// Follows the PDU until the task is cancelled.
    public func run() async {
        let (events, letters) = AsyncStream.makeStream(
            of: DeviceEvent.self, bufferingPolicy: .bufferingNewest(Self.unread))
        let driver = SourcedUPSDriver(
            id: self.id, source: self.source, pauses: self.pauses, staleAfter: self.staleAfter,
            timekeeper: self.timekeeper, report: { letters.yield($0) })
        self.driver = driver
        let task = Task { await driver.run() }
        await withTaskCancellationHandler {
            for await event in events { self.take(event) }
        } onCancel: {
            task.cancel()
        }
        await task.value
    }

    private func take(_ event: DeviceEvent) {
        switch event {
        case .upsRead(_, let reading, let moment): (self.heard, self.failure) = ((reading, moment), nil)
        case .upsUnavailable(_, _, let failure): (self.heard, self.failure) = (nil, failure)
        case .failed(_, let failure): self.failure = failure
        case .upsConnected, .upsForced, .pduRead: break
        }
        for bell in self.bells.values { bell.yield() }
    }

    /// What the PDU said last, as long as that is not too old; after an order what it says next.
    public func read() async throws(DeviceFailure) -> PDUReading {
        await self.hearOfOrder()
        let reading = PDUReading(sourced: try self.state())
        guard self.hasHeardOfOrder else {
            throw DeviceFailure(.timedOut, device: self.id.name, detail: "it has said nothing since the last order")
        }
        return reading
    }

    /// How long is waited for news after an order: somewhat longer than NUT's drivers, which tell changes alone, take to
    /// answer whether they are alive.
    static let newsLimit = Duration.seconds(6)

    private var hasHeardOfOrder: Bool {
        guard let ordered, let heard else { return true }
        return heard.at > ordered
    }

    /// Returns when something was heard since the last order, when that takes too long, or when the connection is lost.
    private func hearOfOrder() async {
        guard !self.hasHeardOfOrder, self.failure == nil else { return }
        let (news, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let place = self.nextBell
        self.nextBell += 1
        self.bells[place] = bell
        let timekeeper = self.timekeeper
        let waiting = Task {
            try? await timekeeper.sleep(until: timekeeper.now + Self.newsLimit)
            bell.finish()
        }
        for await _ in news where self.hasHeardOfOrder || self.failure != nil { break }
        waiting.cancel()
        self.bells[place] = nil
    }

    private func state() throws(DeviceFailure) -> SourcedState {
        if let failure { throw failure }
        guard let heard, self.timekeeper.now - heard.at < self.staleAfter else {
            throw DeviceFailure(.timedOut, device: self.id.name, detail: "it has said nothing of itself yet")
        }
        return SourcedState(variables: heard.reading.variables, commands: heard.reading.commands)
    }

    /// Switches an outlet in the way its driver knows.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        let driver = try self.connected()
        switch OutletWays(try self.state()).way(of: outlet) {
        case .command:
            try await self.order { () async throws(DeviceFailure) in
                try await driver.run(OutletWays.command(position, of: outlet), parameter: nil)
            }
        case .variable:
            try await self.order { () async throws(DeviceFailure) in
                try await driver.set(OutletWays.variable(of: outlet), to: position.rawValue)
            }
        case nil:
            throw self.failure(
                "outlet \(outlet) cannot be switched",
                remedy: "its driver needs the right to write, such as a write community")
        }
    }

    /// Lets whoever is at the other end switch an outlet off and on, for as long as that thinks right.
    public func cycle(_ outlet: Int, offTime: Duration) async throws(DeviceFailure) {
        let driver = try self.connected()
        let ways = OutletWays(try self.state())
        guard ways.canCycle(outlet) else {
            throw self.failure(
                "outlet \(outlet) cannot be switched off and on by the device itself", remedy: "leave out --native")
        }
        let parameter = ways.isOurs(outlet) ? "off-time=\(max(1, offTime.components.seconds))" : nil
        try await self.order { () async throws(DeviceFailure) in
            try await driver.run(OutletWays.cycle(of: outlet), parameter: parameter)
        }
    }

    /// How long an order is waited for: a refusal comes at once, and what comes of an order is read back. A server that
    /// reads back itself would be waited for as long as a relay may take.
    static let refusalLimit = Duration.seconds(2)

    /// Gives an order, and returns when it is done, or taken.
    private func order(
        _ give: @escaping @Sendable () async throws(DeviceFailure) -> Void
    ) async throws(DeviceFailure) {
        let timekeeper = self.timekeeper
        self.ordered = timekeeper.now
        let (ends, end) = AsyncStream.makeStream(of: DeviceFailure?.self)
        Task {
            do throws(DeviceFailure) {
                try await give()
                end.yield(nil)
            } catch {
                end.yield(error)
            }
        }
        let waiting = Task {
            if (try? await timekeeper.sleep(until: timekeeper.now + Self.refusalLimit)) != nil { end.yield(nil) }
        }
        defer { waiting.cancel() }
        for await failure in ends {
            guard let failure else { return }
            throw failure
        }
    }

    /// Stores another name for an outlet, where whoever is at the other end lets us.
    public func rename(_ outlet: Int, to name: String) async throws(DeviceFailure) {
        let driver = try self.connected()
        guard let variable = OutletWays(try self.state()).name(of: outlet) else {
            throw self.failure(
                "the name of outlet \(outlet) cannot be set there",
                remedy: "name it under outlets: in the configuration")
        }
        try await driver.set(variable, to: name)
    }

    private func connected() throws(DeviceFailure) -> SourcedUPSDriver {
        guard let driver = self.driver else {
            throw DeviceFailure(.gone, device: self.id.name, detail: "nothing is connected that could take an order")
        }
        return driver
    }

    private func failure(_ detail: String, remedy: String) -> DeviceFailure {
        DeviceFailure(.notSupported, device: self.id.name, detail: detail, remedy: remedy)
    }
}
