import NUTTransport
import PowerCore
import Testing

@Suite(.enabled(if: Certificates.openSSL.isInstalled, "openssl is not installed"))
struct HostileHandshakeTests {
    private let tls: ServerTLS
    private let trust: ClientTLSTrust

    init() throws {
        let made = try #require(Certificates.made)
        self.tls = try made.own.tls()
        self.trust = made.own.trust
    }

    private func limits(handshake: Duration) -> NUTServerLimits {
        var limits = NUTServerLimits()
        limits.handshake = handshake
        return limits
    }

    @Test func `words put behind STARTTLS are never heard`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon, tls: self.tls) { port, _ in
            // Whole lines, and one that waits for its end, in one packet with STARTTLS.
            let injected = "USERNAME admin\nPASSWORD secret\nFSD ups\nSET VAR ups ups.id bad\nINSTCMD ups \"load.off"
            let heard = try await TLSTool.inject(injected, port: port, encrypted: ["USERNAME mon", "NETVER", "LOGOUT"])
            #expect(heard == ["OK", "1.3", "OK Goodbye"])
            #expect(daemon.events.isEmpty)
        }
    }

    @Test func `words put before the handshake in packets of their own end the connection`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon, tls: self.tls) { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.ask("STARTTLS") == "OK STARTTLS")
            await client.send("USERNAME admin\nPASSWORD secret\nFSD ups\n")
            #expect(await client.hearOut().isClosed)
            #expect(daemon.events.isEmpty)
        }
    }

    @Test func `a handshake that is never begun ends in time, and delays nobody`() async throws {
        try await withServer(tls: self.tls, limits: self.limits(handshake: .seconds(1))) { port, _ in
            let silent = try await RawClient(port: port)
            #expect(await silent.ask("STARTTLS") == "OK STARTTLS")
            let other = try await NUTClient.connect(host: "127.0.0.1", port: port, tls: .required(self.trust))
            for _ in 0..<20 { #expect(try await other.value(of: "ups.status", on: "ups") == "OL") }
            #expect(await silent.hearOut().isClosed)
            // The limit is one of handshakes, not of what comes behind them.
            #expect(try await other.value(of: "ups.status", on: "ups") == "OL")
            await other.close()
        }
    }

    @Test func `a handshake that stops half way ends in time`() async throws {
        try await withServer(tls: self.tls, limits: self.limits(handshake: .seconds(1))) { port, _ in
            // The head of a ClientHello: a record of 512 bytes, of which four come (RFC 8446, 5.1).
            for bytes: [UInt8] in [[0x16], [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC]] {
                let client = try await RawClient(port: port)
                #expect(await client.ask("STARTTLS") == "OK STARTTLS")
                await client.send(bytes: bytes)
                #expect(await client.hearOut().isClosed)
            }
        }
    }

    @Test func `a handshake a byte at a time ends in time`() async throws {
        try await withServer(tls: self.tls, limits: self.limits(handshake: .seconds(1))) { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.ask("STARTTLS") == "OK STARTTLS")
            await client.send(bytes: [0x16, 3, 1, 0x3F, 0xFF, 1, 0, 0x3F, 0xFB])
            while await client.send(bytes: [0]) {}
            #expect(await client.hearOut().isClosed)
        }
    }

    @Test func `nonsense in place of a handshake does no harm`() async throws {
        try await withServer(tls: self.tls) { port, _ in
            var generator = SystemRandomNumberGenerator()
            for round in 0..<40 {
                let client = try await RawClient(port: port)
                #expect(await client.ask("STARTTLS") == "OK STARTTLS")
                var bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) }
                // Some look like a record of a handshake at first.
                if round.isMultiple(of: 2) { bytes.replaceSubrange(0..<5, with: [0x16, 3, 1, 1, 0]) }
                await client.send(bytes: bytes)
                #expect(await client.hearOut().isClosed)
            }
            let client = try await NUTClient.connect(host: "127.0.0.1", port: port, tls: .required(self.trust))
            #expect(try await client.value(of: "ups.status", on: "ups") == "OL")
            await client.close()
        }
    }

    @Test func `a client that goes away in the middle gives its place back`() async throws {
        var limits = NUTServerLimits()
        limits.connections = 2
        try await withServer(tls: self.tls, limits: limits) { port, _ in
            for _ in 0..<20 {
                let client = try await RawClient(port: port)
                let answer = await client.ask("STARTTLS")
                if answer == "OK STARTTLS" { await client.send(bytes: [0x16, 3, 1, 2]) }
            }
            for _ in 0..<1_000 {
                if try await RawClient(port: port).ask("NETVER") == "1.3" { return }
            }
            Issue.record("the places never came free")
        }
    }

    @Test func `a deaf client behind TLS is dropped, and others do not wait`() async throws {
        let variables = (0..<200).map { Variable("v\($0)", String(repeating: "x", count: 200)) }
        let daemon = LabDaemon([DeviceSnapshot(id: "ups", availability: .fresh, variables: variables)])
        var limits = NUTServerLimits()
        limits.unread = .milliseconds(300)
        try await withServer(daemon, tls: self.tls, limits: limits) { port, _ in
            async let deaf = TLSTool.deafen(port: port)
            let other = try await RawClient(port: port)
            for _ in 0..<50 { #expect(await other.ask("NETVER") == "1.3") }
            #expect(try await deaf == "dropped")
            #expect(await other.ask("NETVER") == "1.3")
        }
    }
}
