import NUTProtocol
import NUTTransport
import PowerCore
import Synchronization
import Testing

/// What a server had to say of handshakes.
private final class Said: Sendable {
    let complaints = Mutex<[ClientComplaint]>([])

    @Sendable
    func note(_ complaint: ClientComplaint, _ address: String, _ others: Int) {
        self.complaints.withLock { $0.append(complaint) }
    }
}

/// Certificates that clients show, and listeners where nobody is served in plain.
@Suite(.enabled(if: Certificates.openSSL.isInstalled, "openssl is not installed"))
struct ClientCertificateTests {
    private let made: Certificates

    init() throws {
        self.made = try #require(Certificates.made)
    }

    /// A server that shows `own` and believes clients that `stranger` vouches for.
    private func server(needed: Bool) throws -> ServerTLS {
        try ServerTLS(
            certificates: Array(self.made.own.certificate.utf8), key: Array(self.made.own.key.utf8),
            clients: ClientCertificates(
                authorities: Array(self.made.stranger.certificate.utf8), isRequired: needed))
    }

    private func status(_ port: Int, showing pair: Certificates.Pair?) async throws -> String {
        let identity = try pair.map {
            try ClientIdentity(certificates: Array($0.certificate.utf8), key: Array($0.key.utf8))
        }
        let client = try await NUTClient.connect(
            host: "127.0.0.1", port: port, tls: .required(self.made.own.trust), identity: identity)
        let status = try await client.value(of: "ups.status", on: "ups")
        await client.close()
        return status
    }

    @Test func `where one is needed, only a client that shows a good one is served, and the others are said`()
        async throws
    {
        let said = Said()
        try await withServer(
            tls: self.server(needed: true),
            complain: said.note
        ) { (port: Int, _: NUTServer) async throws in
            #expect(try await self.status(port, showing: self.made.stranger) == "OL")
            await #expect(throws: NUTClientError.self) { try await self.status(port, showing: nil) }
            await #expect(throws: NUTClientError.self) { try await self.status(port, showing: self.made.misnamed) }
        }
        #expect(said.complaints.withLock { $0 } == [.noCertificate, .strangeCertificate])
    }

    @Test func `where one is asked for, a client without one is served, and one of somebody else is not`() async throws
    {
        let said = Said()
        try await withServer(
            tls: self.server(needed: false),
            complain: said.note
        ) { (port: Int, _: NUTServer) async throws in
            #expect(try await self.status(port, showing: self.made.stranger) == "OL")
            #expect(try await self.status(port, showing: nil) == "OL")
            await #expect(throws: NUTClientError.self) { try await self.status(port, showing: self.made.misnamed) }
        }
        #expect(said.complaints.withLock { $0 } == [.strangeCertificate])
    }

    @Test(.enabled(if: Program.python.isInstalled, "python3 is not installed"), arguments: ["-tls1_2", "-tls1_3"])
    func `OpenSSL without a certificate gets no answer where one is needed`(version: String) async throws {
        try await withServer(tls: self.server(needed: true)) { port, _ in
            let heard = try await TLSTool.talk(port: port, encrypted: ["VER"], options: [version])
            #expect(heard == [])
        }
    }

    @Test func `a text without certificates is no authority of clients`() throws {
        #expect(throws: ServerTLSError.unusableAuthorities) {
            try ServerTLS(
                certificates: Array(self.made.own.certificate.utf8), key: Array(self.made.own.key.utf8),
                clients: ClientCertificates(authorities: Array("nothing".utf8), isRequired: true))
        }
    }

    @Test func `one listener may require TLS while another does not`() async throws {
        let server = NUTServer(
            daemon: LabDaemon(), users: UserTable(), version: ServerVersion(product: "x 1"),
            tls: try self.made.own.tls())
        let bound = try await server.start(on: [
            ListenAddress(host: "127.0.0.1", port: 0), ListenAddress(host: "127.0.0.2", port: 0, requiresTLS: true),
        ])
        let plain = try await NUTClient.connect(host: "127.0.0.1", port: bound[0].port)
        #expect(try await plain.value(of: "ups.status", on: "ups") == "OL")
        let refused = try await NUTClient.connect(host: "127.0.0.2", port: bound[1].port)
        await #expect(throws: NUTClientError.self) { try await refused.value(of: "ups.status", on: "ups") }
        let encrypted = try await NUTClient.connect(
            host: "127.0.0.2", port: bound[1].port, tls: .required(.anyone))
        #expect(try await encrypted.value(of: "ups.status", on: "ups") == "OL")

        // The rule changes for those that come; who is there keeps what he has.
        _ = try await server.listen(on: [
            ListenAddress(host: "127.0.0.1", port: 0, requiresTLS: true), ListenAddress(host: "127.0.0.2", port: 0),
        ])
        #expect(try await plain.value(of: "ups.status", on: "ups") == "OL")
        let late = try await NUTClient.connect(host: "127.0.0.1", port: bound[0].port)
        await #expect(throws: NUTClientError.self) { try await late.value(of: "ups.status", on: "ups") }
        let other = try await NUTClient.connect(host: "127.0.0.2", port: bound[1].port)
        #expect(try await other.value(of: "ups.status", on: "ups") == "OL")
        for client in [plain, refused, encrypted, late, other] { await client.close() }
        await server.stop()
    }
}
