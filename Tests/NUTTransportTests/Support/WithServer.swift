import NUTProtocol
import NUTTransport
import PowerCore
import Testing

/// Runs `body` with a server of `daemon` on a free port of the loopback, and stops the server after it.
func withServer(
    _ daemon: LabDaemon = LabDaemon(), tls: ServerTLS? = nil,
    limits: NUTServerLimits = NUTServerLimits(),
    _ body: (_ port: Int, _ server: NUTServer) async throws -> Void
) async throws {
    let server = NUTServer(
        daemon: daemon, users: LabDaemon.users, version: ServerVersion(product: "upsd-swift 0.0.0"),
        tls: tls, limits: limits)
    let bound = try await server.start(on: [ListenAddress(host: "127.0.0.1", port: 0)])
    do {
        try await body(try #require(bound.first?.port), server)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}
