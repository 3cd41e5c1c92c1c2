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
    }

    /// What the PDU said last, as long as that is not too old.
    public func read() async throws(DeviceFailure) -> PDUReading {
        PDUReading(sourced: try self.state())
    }

    private func state() throws(DeviceFailure) -> SourcedState {
        guard let heard = self.heard, self.timekeeper.now - heard.at < self.staleAfter else {
            throw self.failure
                ?? DeviceFailure(.timedOut, device: self.id.name, detail: "it has said nothing of itself yet")
        }
        return SourcedState(variables: heard.reading.variables, commands: heard.reading.commands)
    }

    /// Switches an outlet in the way its driver knows.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        let way = OutletWays(try self.state()).way(of: outlet)
        switch (way, self.driver) {
        case (.command, let driver?): try await driver.run(OutletWays.command(position, of: outlet), parameter: nil)
        case (.variable, let driver?): try await driver.set(OutletWays.variable(of: outlet), to: position.rawValue)
        case (nil, _), (_, nil):
            throw DeviceFailure(
                .notSupported, device: self.id.name, detail: "outlet \(outlet) cannot be switched",
                remedy: "its driver needs the right to write, such as a write community")
        }
    }
}
