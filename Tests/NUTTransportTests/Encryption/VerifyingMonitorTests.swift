import Foundation
import NUTTransport
import PowerCore
import Testing

/// Debian's `upsmon`, told to believe one certificate and no other. It is built with NSS and keeps them in a database.
@Suite(
    .enabled(if: Program.upsmon.isInstalled && Monitor.canBeRun, "upsmon needs root and a mount namespace"),
    .enabled(if: Certificates.openSSL.isInstalled, "openssl is not installed"),
    .enabled(if: Program.certutil.isInstalled, "certutil is not installed (Debian: libnss3-tools)"), .serialized)
struct VerifyingMonitorTests {
    private let trusted: TemporaryFolder
    private let certificates: Certificates

    init() async throws {
        self.certificates = try #require(Certificates.made)
        self.trusted = try TemporaryFolder()
        try self.trusted.write(self.certificates.own.certificate, to: "server.pem")
        let path = self.trusted.path
        for words in [
            ["-N", "--empty-password"], ["-A", "-n", "server", "-t", "C,,", "-a", "-i", "\(path)/server.pem"],
        ] {
            let outcome = try await Program.certutil.run(words + ["-d", "sql:\(path)"])
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }

    private var settings: String { "CERTPATH \(self.trusted.path)\nCERTVERIFY 1\nFORCESSL 1" }

    @Test func `upsmon believes the certificate that it was given, and watches`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon, tls: self.certificates.own.tls(isRequired: true)) { port, _ in
            let monitor = try Monitor(
                port: port, host: "localhost", user: "mon", password: "pass", role: "secondary", more: self.settings)
            let actor = Actor(user: "mon", address: "127.0.0.1")
            #expect(await daemon.wait { $0 == [.loggedIn("ups", actor)] }, "\(monitor.log)")
            daemon.show("FSD OB", as: "ups.status")
            #expect(await monitor.exit() == 0, "\(monitor.log)")
            #expect(monitor.hasShutDown, "\(monitor.log)")
        }
    }

    @Test func `upsmon does not believe a stranger's certificate, and never logs in`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon, tls: self.certificates.stranger.tls(isRequired: true)) { port, _ in
            let monitor = try Monitor(
                port: port, host: "localhost", user: "mon", password: "pass", role: "secondary", more: self.settings)
            #expect(await monitor.says("Can not connect to NUT server"), "\(monitor.log)")
            #expect(daemon.events.isEmpty)
        }
    }
}
