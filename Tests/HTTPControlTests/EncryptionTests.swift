import Crypto
import Foundation
import NIOSSL
import PowerCore
import Testing

@testable import HTTPControl

/// Devices with certificates that nobody vouches for.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "openssl is not installed"))
struct EncryptionTests {
    /// A certificate that vouches for itself, and what a device needs to show it.
    struct Identity {
        let pem: [UInt8]
        let fingerprint: [UInt8]
        let context: NIOSSLContext

        init(days: Int = 2, name: String = "subjectAltName=IP:127.0.0.1") throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "upsd-swift-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let (key, file) = (folder.appending(path: "key").path, folder.appending(path: "pem").path)
            let openssl = Process()
            openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            openssl.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "\(days)",
                "-subj", "/CN=device", "-addext", name, "-keyout", key, "-out", file,
            ]
            openssl.standardError = FileHandle.nullDevice
            try openssl.run()
            openssl.waitUntilExit()
            let certificates = try NIOSSLCertificate.fromPEMFile(file)
            let configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: certificates.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
            self.pem = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
            self.fingerprint = Array(SHA256.hash(data: try #require(certificates.first).toDERBytes()))
            self.context = try NIOSSLContext(configuration: configuration)
        }
    }

    /// What comes of reading a device that shows `identity`, for one who trusts `trust`.
    private func read(
        _ identity: Identity?, _ trust: HTTPTrust, host: String = "127.0.0.1"
    ) async throws -> (failure: DeviceFailure?, requests: Int) {
        let server = try await LoopbackServer(tls: identity?.context) { _ in
            .answer(200, [], "{\"Outputs\":[{\"ID\":1,\"State\":1}]}")
        }
        let clients = HTTPClients()
        let options = Configuration.HTTPOutlets(
            profile: .netio, url: .init(isEncrypted: true, host: host, port: server.port),
            timeout: RunningDevice.patience)
        let outlets = HTTPOutlets(
            "strip", options, secrets: HTTPSecrets(user: "u", password: "p"), trust: trust, clients: clients)
        var failure: DeviceFailure?
        do throws(DeviceFailure) { _ = try await outlets.read() } catch { failure = error }
        await clients.shutDown()
        await server.stop()
        return (failure, server.requests.count)
    }

    @Test func `the certificate that was written down is taken, for any host`() async throws {
        let device = try Identity(name: "subjectAltName=DNS:elsewhere.example")
        let found = try await self.read(device, .pin(device.fingerprint))
        #expect(found.failure == nil)
        #expect(found.requests == 1)
    }

    @Test func `another certificate gets no byte of a request`() async throws {
        let (device, other) = (try Identity(), try Identity())
        let found = try await self.read(device, .pin(other.fingerprint))
        #expect(found.failure?.kind == .notPermitted)
        let shown = DigestAlgorithm.hexadecimal(device.fingerprint)
        #expect(found.failure?.detail.hasSuffix("with SHA-256 \(shown)") == true, "\(found)")
        #expect(found.requests == 0)
    }

    @Test func `an authority of one's own is trusted, and no other`() async throws {
        let (device, other) = (try Identity(), try Identity())
        #expect(try await self.read(device, try #require(HTTPTrust(authorities: device.pem))).failure == nil)
        for trust in [HTTPTrust.system, .authorities(other.pem)] {
            let found = try await self.read(device, trust)
            #expect(found.failure?.kind == .notPermitted)
            #expect(found.failure?.remedy.contains("fingerprint:") == true, "\(found)")
            #expect(found.requests == 0)
        }
    }

    @Test func `with an authority the certificate must be for the host`() async throws {
        let device = try Identity(name: "subjectAltName=DNS:elsewhere.example")
        let found = try await self.read(device, .authorities(device.pem))
        #expect(found.failure?.kind == .notPermitted)
        #expect(found.requests == 0)
    }

    @Test func `a device that does not encrypt gets nothing`() async throws {
        let found = try await self.read(nil, .pin(Array(repeating: 1, count: 32)))
        #expect(found.failure?.detail.hasPrefix("no TLS handshake came about") == true, "\(found)")
        #expect(found.requests == 0)
    }

    @Test(arguments: ["", "x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
    func `a file without a certificate is no authority`(text: String) {
        #expect(HTTPTrust(authorities: Array(text.utf8)) == nil)
    }
}
