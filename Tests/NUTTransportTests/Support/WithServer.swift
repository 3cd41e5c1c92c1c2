import NUTProtocol
import NUTTransport
import PowerCore
import Testing

/// Runs `body` with a server of `daemon` on a free port of the loopback, and stops the server after it.
func withServer(
    _ daemon: LabDaemon = LabDaemon(), users: UserTable = LabDaemon.users, tls: ServerTLS? = nil,
    hashing: (any PasswordHashing)? = nil, allowed: [NetworkRange]? = nil,
    limits: NUTServerLimits = NUTServerLimits(),
    complain: @escaping @Sendable (ClientComplaint, _ address: String, _ others: Int) -> Void = { _, _, _ in },
    _ body: (_ port: Int, _ server: NUTServer) async throws -> Void
) async throws {
    let server = NUTServer(
        daemon: daemon, users: users, version: ServerVersion(product: "upsd-swift 0.0.0"),
        tls: tls, hashing: hashing, allowed: allowed, limits: limits, complain: complain)
    let bound = try await server.start(on: [ListenAddress(host: "127.0.0.1", port: 0)])
    do {
        try await body(try #require(bound.first?.port), server)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}
