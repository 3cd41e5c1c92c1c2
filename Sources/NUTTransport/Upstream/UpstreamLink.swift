internal import NUTProtocol
internal import PowerCore

/// An open connection to another NUT server, asking again and again for one device.
final class UpstreamLink: SourcedLink {
    let updates: AsyncStream<SourcedUpdate>
    private let client: NUTClient
    private let place: UpstreamSource.Place
    private let mayOrder: Bool
    private let task: Task<Void, Never>

    init(
        _ client: NUTClient, place: UpstreamSource.Place, mayOrder: Bool, pace: UpstreamSource.Pace,
        timekeeper: any Timekeeper
    ) {
        let (updates, letters) = AsyncStream.makeStream(
            of: SourcedUpdate.self, bufferingPolicy: .bufferingNewest(DriverLink.unreadUpdates))
        let poller = UpstreamPoller(
            client, place: place, readsKinds: mayOrder, pace: pace, timekeeper: timekeeper, updates: letters)
        self.updates = updates
        self.client = client
        self.place = place
        self.mayOrder = mayOrder
        self.task = Task { await poller.run() }
    }

    func set(_ variable: String, to value: String) async throws(DeviceFailure) {
        try self.checkRight()
        do throws(NUTClientError) {
            try await self.client.set(variable, on: self.place.device, to: value)
        } catch {
            throw error.failure(of: self.place)
        }
    }

    func run(_ command: String, parameter: String?) async throws(DeviceFailure) {
        try self.checkRight()
        do throws(NUTClientError) {
            try await self.client.run(command, on: self.place.device, parameter: parameter)
        } catch {
            throw error.failure(of: self.place)
        }
    }

    private func checkRight() throws(DeviceFailure) {
        guard self.mayOrder else {
            throw DeviceFailure(
                .notPermitted, device: self.place.description, detail: "no user is configured for the other server",
                remedy: "add user and password-file")
        }
    }

    func close() async {
        self.task.cancel()
        await self.client.close()
        await self.task.value
    }
}
