import NUTProtocol
import NUTTransport
import PowerCore
import Testing

/// What a connection waits for when its password is given.
struct PasswordTests {
    /// Knows one password, and takes as long as the test wants.
    private final class Hasher: PasswordHashing {
        let isFree = Watched(true)
        let asked = Watched(0)

        func isRight(_ candidate: String, for hash: String) async -> Bool {
            self.asked.change { $0 += 1 }
            _ = await self.isFree.wait { $0 }
            return candidate == "secret" && hash == "H"
        }
    }

    private static let users = UserTable([
        NUTUser(name: "mon", password: Password(hash: "H"), role: .secondary)
    ])

    @Test func `a hashed password is checked without holding up others, and lines wait for it`() async throws {
        let hasher = Hasher()
        hasher.isFree.change { $0 = false }
        try await withServer(users: Self.users, hashing: hasher) { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.authenticate("mon", "secret"))
            await client.send("LOGIN ups\nNETVER\nLOGIN ups\nLOGOUT\n")
            #expect(await hasher.asked.wait { $0 == 1 })
            let other = try await RawClient(port: port)
            #expect(await other.ask("NETVER") == "1.3")
            hasher.isFree.change { $0 = true }
            #expect(await client.hearOut().text == "OK\n1.3\nERR ALREADY-LOGGED-IN\nOK Goodbye\n")
            #expect(hasher.asked.value == 1)
        }
    }

    @Test func `a client that goes while its password is checked does no harm`() async throws {
        let hasher = Hasher()
        hasher.isFree.change { $0 = false }
        let daemon = LabDaemon()
        try await withServer(daemon, users: Self.users, hashing: hasher) { port, _ in
            do {
                let client = try await RawClient(port: port)
                #expect(await client.authenticate("mon", "secret"))
                await client.send("LOGIN ups\n")
                #expect(await hasher.asked.wait { $0 == 1 })
            }
            hasher.isFree.change { $0 = true }
            let other = try await RawClient(port: port)
            #expect(await other.ask("GET NUMLOGINS ups") == "NUMLOGINS ups 0")
            #expect(daemon.events.isEmpty)
        }
    }

    @Test func `wrong passwords wait longer each time, right ones of the same address do not`() async throws {
        try await withServer { port, _ in
            let clock = ContinuousClock()
            for wait in [Duration.milliseconds(250), .milliseconds(500)] {
                let begin = clock.now
                let client = try await RawClient(port: port)
                #expect(await client.authenticate("mon", "wrong"))
                #expect(await client.ask("LOGIN ups") == "ERR ACCESS-DENIED")
                #expect(clock.now - begin >= wait)
            }
            let patient = try await RawClient(port: port)
            #expect(await patient.authenticate("mon", "wrong"))
            await patient.send("LOGIN ups\n")
            let right = try await RawClient(port: port)
            #expect(await right.authenticate("mon", "pass"))
            #expect(await right.ask("LOGIN ups") == "OK")
            #expect(await patient.hear(lines: 1).text == "ERR ACCESS-DENIED\n")
        }
    }

    @Test func `more connections guess no faster`() async throws {
        try await withServer { port, _ in
            var clients: [RawClient] = []
            for _ in 0...PasswordBackOff.waitsOfOneAddress {
                let client = try await RawClient(port: port)
                #expect(await client.authenticate("nobody", "wrong"))
                clients.append(client)
            }
            // All at once, so that no wait is over before the last has asked.
            for client in clients { await client.send("LOGIN ups\n") }
            var closed = 0
            for client in clients where await client.hear(lines: 1).text.isEmpty { closed += 1 }
            #expect(closed >= 1)
            let right = try await RawClient(port: port)
            #expect(await right.authenticate("mon", "pass"))
            #expect(await right.ask("LOGIN ups") == "OK")
        }
    }

    @Test func `connections from elsewhere are closed, and that is said once`() async throws {
        let said = Watched<[String]>([])
        let allowed = [try #require(NetworkRange(parsing: "192.0.2.0/24"))]
        let say: @Sendable (ClientComplaint, String, Int) -> Void = { complaint, address, _ in
            said.change { $0.append("\(complaint) \(address)") }
        }
        let clock = ContinuousClock()
        let start = clock.now
        try await withServer(allowed: allowed, complain: say) { port, _ in
            for _ in 0..<20 {
                let client = try await RawClient(port: port)
                #expect(await client.hearOut() == .init(text: "", isClosed: true))
            }
        }
        let intervals = Int((clock.now - start) / ClientComplaint.interval)
        #expect(Set(said.value) == ["notAllowed 127.0.0.1"])
        #expect(said.value.count <= 1 + intervals)
        let here = [try #require(NetworkRange(parsing: "127.0.0.0/8"))]
        try await withServer(allowed: here) { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.ask("NETVER") == "1.3")
        }
    }
}
