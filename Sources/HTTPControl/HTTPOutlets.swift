public import PowerCore
internal import Synchronization

/// The outlets of a device that is reached by HTTP: any of the profiles of ``Configuration/HTTPOutlets/Profile``.
///
/// It sends an order only for an outlet that the device has listed: some take any other number for their first outlet, or
/// for all of them.
public final class HTTPOutlets: OutletController {
    private let id: DeviceID
    private let profile: any OutletProfile
    private let link: HTTPLink
    private let limit: Duration
    private let listed = Mutex<Set<Int>>([])

    /// Makes the outlets of `id`; nothing is sent before the first call.
    public init(
        _ id: DeviceID, _ options: Configuration.HTTPOutlets, secrets: HTTPSecrets, trust: HTTPTrust,
        clients: HTTPClients
    ) {
        self.id = id
        self.profile = options.outletProfile
        self.limit = options.timeout * HTTPLimits.callsOfTime
        self.link = HTTPLink(
            HTTPWire(address: options.url, trust: trust, clients: clients), self.profile.login, secrets,
            limit: options.timeout)
    }

    /// Reads the device and all its outlets.
    public func read() async throws(DeviceFailure) -> PDUReading {
        try await self.talk { device throws(HTTPProblem) in try await self.reading(by: device) }
    }

    /// Tells the device to put one outlet into a position.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        try await self.talk { device throws(HTTPProblem) in
            try await self.check(outlet, by: device)
            try await self.profile.turn(outlet, position, by: device)
        }
    }

    /// Tells the device to take one outlet's power away and to give it again by itself.
    public func cycle(_ outlet: Int, offTime: Duration) async throws(DeviceFailure) {
        try await self.talk { device throws(HTTPProblem) in
            try await self.check(outlet, by: device)
            try await self.profile.cycle(outlet, offTime: offTime, by: device)
        }
    }

    /// Stores another name for an outlet in the device.
    public func rename(_ outlet: Int, to name: String) async throws(DeviceFailure) {
        try await self.talk { device throws(HTTPProblem) in
            try await self.check(outlet, by: device)
            try await self.profile.rename(outlet, to: name, by: device)
        }
    }

    private func reading(by device: any HTTPExchange) async throws(HTTPProblem) -> PDUReading {
        var reading = try await self.profile.read(by: device)
        reading.outlets.sort { $0.number < $1.number }
        let numbers = Set(reading.outlets.map(\.number))
        guard numbers.count == reading.outlets.count, numbers.count <= HTTPLimits.outlets else {
            throw HTTPProblem(.stalled, "it lists an outlet twice, or more than \(HTTPLimits.outlets)")
        }
        self.listed.withLock { $0 = numbers }
        return reading
    }

    /// The device must have listed the outlet; it is asked where that is not known.
    private func check(_ outlet: Int, by device: any HTTPExchange) async throws(HTTPProblem) {
        if self.listed.withLock({ $0.contains(outlet) }) { return }
        let reading = try await self.reading(by: device)
        guard reading.outlets.contains(where: { $0.number == outlet }) else { throw .noOutlet(outlet) }
    }

    /// Carries out a talk in its time, and names the device in what goes wrong.
    private func talk<Result>(
        _ work: (any HTTPExchange) async throws(HTTPProblem) -> Result
    ) async throws(DeviceFailure) -> Result {
        do throws(HTTPProblem) {
            return try await work(self.link.talk(for: self.limit))
        } catch {
            throw DeviceFailure(error.kind, device: self.id.name, detail: error.detail, remedy: error.remedy)
        }
    }
}
