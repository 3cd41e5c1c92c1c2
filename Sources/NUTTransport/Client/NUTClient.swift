internal import NIOCore
internal import NIOPosix

/// One connection to a NUT server, this one or any other.
///
/// Requests may be made from several tasks at once; the server answers them in order. Every method throws
/// ``NUTClientError``; after ``NUTClientError/timedOut``, ``NUTClientError/unreadable(_:)`` and
/// ``NUTClientError/closed`` the connection is over.
public final class NUTClient: Sendable {
    let channel: any Channel
    let limits: NUTClientLimits
    let farewell: NUTClientFarewell

    private init(channel: any Channel, limits: NUTClientLimits, farewell: NUTClientFarewell) {
        self.channel = channel
        self.limits = limits
        self.farewell = farewell
    }

    /// Connects to a server, and encrypts the connection as `tls` says; call ``close()`` when done with it.
    ///
    /// A server that asks for a certificate is shown `identity`.
    public static func connect(
        host: String, port: Int = 3493, tls: ClientTLS = .off, identity: ClientIdentity? = nil,
        limits: NUTClientLimits = NUTClientLimits()
    ) async throws(NUTClientError) -> NUTClient {
        let client = try await Self.connectPlain(host: host, port: port, limits: limits)
        do {
            try await client.startTLS(tls, identity: identity, host: host)
            return client
        } catch {
            try? await client.channel.close()
            throw error
        }
    }

    private static func connectPlain(
        host: String, port: Int, limits: NUTClientLimits
    ) async throws(NUTClientError) -> NUTClient {
        let farewell = NUTClientFarewell()
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(TimeAmount(limits.connect))
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = NUTClientHandler(limits: limits, farewell: farewell)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .connect(host: host, port: port).get()
            return NUTClient(channel: channel, limits: limits, farewell: farewell)
        } catch {
            throw .unreachable(host: host, port: port, reason: FailureReason(error).text)
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
