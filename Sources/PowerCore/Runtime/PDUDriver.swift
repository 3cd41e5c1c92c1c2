/// Reads one PDU again and again and tells the manager what it says.
public struct PDUDriver: Sendable {
    /// The NUT name.
    public let id: DeviceID
    /// How often the outlets are read.
    public let pollInterval: Duration

    private let controller: any OutletController
    private let timekeeper: any Timekeeper
    private let report: @Sendable (DeviceEvent) -> Void

    /// Makes a driver that reads `controller` and hands what it learns to `report`.
    public init(
        id: DeviceID, pollInterval: Duration, controller: any OutletController, timekeeper: any Timekeeper,
        report: @escaping @Sendable (DeviceEvent) -> Void
    ) {
        self.id = id
        self.pollInterval = pollInterval
        self.controller = controller
        self.timekeeper = timekeeper
        self.report = report
    }

    /// Polls until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            await self.poll()
            guard (try? await self.timekeeper.sleep(until: self.timekeeper.now + self.pollInterval)) != nil else {
                return
            }
        }
    }

    private func poll() async {
        do throws(DeviceFailure) {
            let reading = try await self.controller.read()
            self.report(.pduRead(self.id, reading, at: self.timekeeper.now))
        } catch {
            self.report(.failed(self.id, error))
        }
    }
}
