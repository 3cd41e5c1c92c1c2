import NUTProtocol
import NUTTransport
import PowerCore
import Testing

struct HostileClientTests {
    private func limits(_ change: (inout NUTServerLimits) -> Void) -> NUTServerLimits {
        var limits = NUTServerLimits()
        change(&limits)
        return limits
    }

    @Test func `a client that does not read is dropped, and others do not wait`() async throws {
        let devices = [
            DeviceSnapshot(
                id: "ups", availability: .fresh,
                variables: (0..<200).map { Variable("v\($0)", String(repeating: "x", count: 200)) })
        ]
        try await withServer(LabDaemon(devices), limits: self.limits { $0.unread = .milliseconds(300) }) { port, _ in
            let deaf = try await RawClient(port: port)
            let other = try await RawClient(port: port)
            // Some 40 MB of replies: more than the kernel keeps for both ends.
            let requests = String(repeating: "LIST VAR ups\n", count: 1_000)
            async let sending = deaf.send(requests)
            for _ in 0..<20 { #expect(await other.ask("NETVER") == "1.3") }
            _ = await sending
            // It may write until the server has had enough of it.
            while await deaf.send("VER\n") {}
            #expect(await other.ask("NETVER") == "1.3")
        }
    }

    @Test func `a slow reader gets everything`() async throws {
        let devices = [
            DeviceSnapshot(
                id: "ups", availability: .fresh,
                variables: (0..<200).map { Variable("v\($0)", String(repeating: "x", count: 200)) })
        ]
        try await withServer(LabDaemon(devices)) { port, _ in
            let client = try await RawClient(port: port)
            async let sending = client.send(String(repeating: "LIST VAR ups\n", count: 500) + "LOGOUT\n")
            let heard = await client.hearOut()
            _ = await sending
            #expect(heard.isClosed)
            let lines = heard.text.utf8.split(separator: 0x0A)
            #expect(lines.count == 500 * 202 + 1)
            #expect(lines.last.map { String(decoding: Array($0), as: UTF8.self) } == "OK Goodbye")
        }
    }

    @Test func `a client that says nothing is closed`() async throws {
        let daemon = LabDaemon()
        // Long enough for three questions on a machine that is busy with other tests.
        try await withServer(daemon, limits: self.limits { $0.idle = .seconds(3) }) { port, _ in
            let silent = try await RawClient(port: port)
            #expect(await silent.hearOut() == .init(text: "", isClosed: true))
            let member = try await RawClient(port: port)
            #expect(await member.authenticate("mon", "pass"))
            #expect(await member.ask("LOGIN ups") == "OK")
            #expect(await member.hearOut().isClosed)
            let actor = Actor(user: "mon", address: "127.0.0.1")
            #expect(await daemon.wait { $0.last == .loggedOut("ups", actor, politely: false) })
        }
    }

    @Test func `half a line does not count as a sign of life`() async throws {
        try await withServer(limits: self.limits { $0.idle = .milliseconds(300) }) { port, _ in
            let client = try await RawClient(port: port)
            while await client.send("x") {}
            #expect(await client.hearOut().isClosed)
        }
    }

    @Test func `a client that talks is not closed`() async throws {
        try await withServer(limits: self.limits { $0.idle = .seconds(2) }) { port, _ in
            let client = try await RawClient(port: port)
            let clock = ContinuousClock()
            let end = clock.now + .seconds(4)
            var said = clock.now
            while said < end {
                guard await client.ask("NETVER") == "1.3" else {
                    // On a machine that is busy with other tests it may have been silent itself.
                    if clock.now - said < .seconds(1) { Issue.record("closed while it talked") }
                    return
                }
                said = clock.now
            }
        }
    }

    @Test func `an endless line is told and closed`() async throws {
        try await withServer { port, _ in
            let client = try await RawClient(port: port)
            let other = try await RawClient(port: port)
            async let sending = client.send(bytes: [UInt8](repeating: 0x78, count: LineLimits.lineBytes))
            let heard = await client.hearOut()
            _ = await sending
            #expect(heard == .init(text: "ERR INVALID-ARGUMENT \"the line has no end\"\n", isClosed: true))
            #expect(await other.ask("NETVER") == "1.3")
        }
    }

    @Test func `an open quote over many lines is told and closed`() async throws {
        try await withServer { port, _ in
            let client = try await RawClient(port: port)
            await client.send(
                "VER \"\n" + String(repeating: "GET VAR ups ups.status\n", count: LineLimits.quotedLineEnds))
            #expect(await client.hearOut().text == "ERR INVALID-ARGUMENT \"the line has no end\"\n")
        }
    }

    @Test func `a connection too many is told so, and there is room again when one leaves`() async throws {
        try await withServer(limits: self.limits { $0.connections = 2 }) { port, _ in
            let first = try await RawClient(port: port)
            let second = try await RawClient(port: port)
            #expect(await first.ask("NETVER") == "1.3")
            #expect(await second.ask("NETVER") == "1.3")
            let third = try await RawClient(port: port)
            let heard = await third.hearOut()
            #expect(heard.text.hasPrefix("ERR TOO-MANY-CONNECTIONS "))
            #expect(heard.isClosed)
            #expect(await first.ask("LOGOUT") == "OK Goodbye")
            #expect(await first.hearOut().isClosed)
            #expect(await self.isServed(port: port))
            #expect(await second.ask("NETVER") == "1.3")
        }
    }

    @Test func `connections beyond those that can be waited for are told and closed at once`() async throws {
        let limits = self.limits {
            $0.connections = 1
            $0.refusals = 0
        }
        try await withServer(limits: limits) { port, _ in
            let first = try await RawClient(port: port)
            #expect(await first.ask("NETVER") == "1.3")
            let second = try await RawClient(port: port)
            let heard = await second.hearOut()
            #expect(heard.text.hasPrefix("ERR TOO-MANY-CONNECTIONS ") && heard.isClosed)
            #expect(await first.ask("NETVER") == "1.3")
        }
    }

    @Test func `a storm of connections beyond the limit is answered, and none hangs`() async throws {
        let limits = self.limits {
            $0.connections = 4
            $0.refusals = 8
        }
        try await withServer(limits: limits) { port, _ in
            var served: [RawClient] = []
            for _ in 0..<4 {
                served.append(try await RawClient(port: port))
                #expect(await served.last?.ask("NETVER") == "1.3")
            }
            try await withThrowingTaskGroup(of: RawClient.Heard.self) { group in
                for _ in 0..<200 { group.addTask { try await RawClient(port: port).hearOut() } }
                for try await heard in group {
                    #expect(heard.text.hasPrefix("ERR TOO-MANY-CONNECTIONS ") && heard.isClosed)
                }
            }
            for client in served { #expect(await client.ask("NETVER") == "1.3") }
        }
    }

    @Test func `the system keeps little for a client that does not read`() async throws {
        let devices = [
            DeviceSnapshot(
                id: "ups", availability: .fresh,
                variables: (0..<200).map { Variable("v\($0)", String(repeating: "x", count: 200)) })
        ]
        try await withServer(LabDaemon(devices), limits: self.limits { $0.unread = .milliseconds(300) }) { port, _ in
            let deaf = try await RawClient(port: port)
            while await deaf.send("LIST VAR ups\n") {}
            // Of all that it asked for, no more was written than both ends of the kernel and one list hold.
            #expect(await deaf.hearOut().text.utf8.count < 1_000_000)
        }
    }

    @Test func `a refused connection that does not go is closed for good after a while`() async throws {
        let limits = self.limits {
            $0.connections = 0
            $0.farewell = .milliseconds(300)
        }
        try await withServer(limits: limits) { port, _ in
            let stubborn = try await RawClient(port: port)
            #expect(await stubborn.hearOut().text.hasPrefix("ERR TOO-MANY-CONNECTIONS "))
            // Its own end is still open, until nobody listens any more.
            while await stubborn.send("VER\n") {}
        }
    }

    @Test func `what strangers do is said once, each kind by itself`() async throws {
        let said = Watched<[String]>([])
        let limits = self.limits { $0.connections = 3 }
        let complain: @Sendable (ClientComplaint, String, Int) -> Void = { complaint, address, others in
            said.change { $0.append("\(complaint) \(address) \(others)") }
        }
        try await withServer(limits: limits, complain: complain) { port, _ in
            var clients: [RawClient] = []
            for _ in 0..<10 {
                clients.append(try await RawClient(port: port))
                _ = await clients.last?.ask("NETVER")
            }
            for client in clients.prefix(2) {
                await client.send(bytes: [UInt8](repeating: 0, count: LineLimits.lineBytes))
                #expect(await client.hearOut().isClosed)
            }
            await clients[2].send("USERNAME mon\nPASSWORD wrong\nLOGIN ups\n")
            #expect(await clients[2].hear(lines: 3).text == "OK\nOK\nERR ACCESS-DENIED\n")
        }
        #expect(said.value == ["noRoom 127.0.0.1 0", "endlessLine 127.0.0.1 0", "wrongPassword 127.0.0.1 0"])
    }

    @Test func `random bytes from many clients do no harm`() async throws {
        try await withServer { port, _ in
            var generator = SystemRandomNumberGenerator()
            for round in 0..<40 {
                let bytes = (0..<4_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
                let client = try await RawClient(port: port)
                await client.send(bytes: bytes)
                // Some are gone before they are answered.
                if round.isMultiple(of: 2) { await client.send("\n\"\nLOGOUT\n") }
            }
            let client = try await RawClient(port: port)
            #expect(await client.ask("GET VAR ups ups.status") == "VAR ups ups.status \"OL\"")
        }
    }

    @Test func `a hundred clients at once are all answered`() async throws {
        try await withServer { port, _ in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<100 {
                    group.addTask { try await RawClient(port: port).ask("GET VAR ups ups.status") }
                }
                for try await answer in group { #expect(answer == "VAR ups ups.status \"OL\"") }
            }
        }
    }

    /// Whether a new connection is served; the server may need a moment to notice that another one has gone.
    private func isServed(port: Int) async -> Bool {
        for _ in 0..<1_000 {
            if let client = try? await RawClient(port: port), await client.ask("NETVER") == "1.3" { return true }
        }
        return false
    }
}
