import NUTProtocol
import NUTTransport
import PowerCore
import Testing

/// What may change of a server while clients are connected.
@Suite struct ListenerTests {
    private func server() -> NUTServer {
        NUTServer(daemon: LabDaemon(), users: LabDaemon.users, version: ServerVersion(product: "x 1"))
    }

    private func connect(_ host: String, _ port: Int) async throws -> NUTClient {
        try await NUTClient.connect(host: host, port: port)
    }

    @Test func `a listener that goes takes nobody along, and one that stays is not touched`() async throws {
        let server = self.server()
        let (one, two, three) = (
            ListenAddress(host: "127.0.0.1", port: 0), ListenAddress(host: "127.0.0.2", port: 0),
            ListenAddress(host: "127.0.0.3", port: 0)
        )
        let before = try await server.start(on: [one, two])
        let client = try await self.connect("127.0.0.2", before[1].port)
        let after = try await server.listen(on: [three, one])
        #expect(after[1] == before[0])
        #expect(try await client.value(of: "ups.status", on: "ups") == "OL")
        await #expect(throws: NUTClientError.self) { try await self.connect("127.0.0.2", before[1].port) }
        let other = try await self.connect("127.0.0.3", after[0].port)
        for client in [client, other] { await client.close() }
        await server.stop()
    }

    @Test func `an address that cannot be had leaves all as it was`() async throws {
        let (server, rival) = (self.server(), self.server())
        let taken = try await rival.start(on: [ListenAddress(host: "127.0.0.4", port: 0)])
        let before = try await server.start(on: [ListenAddress(host: "127.0.0.1", port: 0)])
        await #expect(throws: NUTServerError.self) {
            try await server.listen(on: [ListenAddress(host: "127.0.0.5", port: 0), taken[0]])
        }
        let client = try await self.connect("127.0.0.1", before[0].port)
        await client.close()
        await server.stop()
        await rival.stop()
    }

    @Test func `an address that only another one of ours holds is taken over from it`() async throws {
        let server = self.server()
        let first = try await server.start(on: [ListenAddress(host: "127.0.0.1", port: 0)])[0]
        // The same port, asked for by number and by another spelling of the address.
        let second = try await server.listen(on: [ListenAddress(host: "127.1", port: first.port)])
        #expect(second[0].port == first.port)
        let third = try await server.listen(on: [ListenAddress(host: "127.0.0.1", port: first.port)])
        #expect(third[0].port == first.port)
        let client = try await self.connect("127.0.0.1", first.port)
        await client.close()
        await server.stop()
    }

    @Test func `a smaller number of clients ends no connection and admits no further one`() async throws {
        try await withServer { port, server in
            let clients = [try await self.connect("127.0.0.1", port), try await self.connect("127.0.0.1", port)]
            for client in clients { _ = try await client.serverVersion() }
            server.replaceLimits(connections: 1, idle: .seconds(60))
            for client in clients { _ = try await client.serverVersion() }
            let third = try await self.connect("127.0.0.1", port)
            await #expect(throws: NUTClientError.self) { try await third.serverVersion() }
            server.replaceLimits(connections: 9, idle: .seconds(60))
            let fourth = try await self.connect("127.0.0.1", port)
            _ = try await fourth.serverVersion()
            for client in clients + [third, fourth] { await client.close() }
        }
    }

    @Test func `networks hold for connections that come`() async throws {
        try await withServer { port, server in
            let client = try await self.connect("127.0.0.1", port)
            _ = try await client.serverVersion()
            server.replaceAllowed([NetworkRange(parsing: "192.0.2.0/24")].compactMap(\.self))
            _ = try await client.serverVersion()
            let late = try await self.connect("127.0.0.1", port)
            await #expect(throws: NUTClientError.self) { try await late.serverVersion() }
            for client in [client, late] { await client.close() }
        }
    }

    @Test func `only the clients of a device are disconnected from it`() async throws {
        try await withServer { port, server in
            let (login, reader) = (try await self.connect("127.0.0.1", port), try await self.connect("127.0.0.1", port))
            try await login.authenticate(user: "admin", password: "secret")
            try await login.login(to: "ups")
            _ = try await reader.serverVersion()
            server.disconnect(from: ["elsewhere"])
            _ = try await login.serverVersion()
            server.disconnect(from: ["ups"])
            await #expect(throws: NUTClientError.self) {
                // What was on its way is still answered.
                for _ in 0..<1_000 { _ = try await login.serverVersion() }
            }
            _ = try await reader.serverVersion()
            await reader.close()
        }
    }
}
