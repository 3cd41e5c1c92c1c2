import HTTPControl
import PowerCore

/// A device that is made up: answers as its documentation says, for the relays of a strip.
protocol FakeDevice: Sendable {
    /// The profile that understands it.
    var profile: Configuration.HTTPOutlets.Profile { get }
    /// What it wants to be told of who asks.
    var secrets: HTTPSecrets { get }
    /// Which device it is behind its address.
    var device: String? { get }
    /// Whether it has locks of its own.
    var hasLocks: Bool { get }
    /// Its answer, when it is there.
    func answer(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply
}

extension FakeDevice {
    var secrets: HTTPSecrets { HTTPSecrets(user: "admin", password: "s3cret&=?\"\\") }
    var device: String? { nil }
    var hasLocks: Bool { false }
}

/// A made-up device, running.
struct RunningDevice: Sendable {
    let device: any FakeDevice
    let strip: FakeStrip
    let server: LoopbackServer
    let clients = HTTPClients()

    /// How long one request may take in tests that no silence is part of: longer than any machine is busy.
    static let patience = Duration.seconds(60)

    init(_ device: any FakeDevice, count: Int = 4) async throws {
        let strip = FakeStrip(count: count)
        self.device = device
        self.strip = strip
        self.server = try await LoopbackServer { request in
            if strip.isSilent { return .silence }
            if strip.isAway { return .hangUp }
            return device.answer(request, strip)
        }
    }

    /// The driver under test, for somebody with these secrets.
    func outlets(_ secrets: HTTPSecrets? = nil, timeout: Duration = RunningDevice.patience) -> HTTPOutlets {
        var options = Configuration.HTTPOutlets(
            profile: self.device.profile, url: .init(isEncrypted: false, host: "127.0.0.1", port: self.server.port))
        options.device = self.device.device
        options.timeout = timeout
        return HTTPOutlets(
            "strip", options, secrets: secrets ?? self.device.secrets, trust: .system, clients: self.clients)
    }

    func stop() async {
        await self.clients.shutDown()
        await self.server.stop()
    }
}
