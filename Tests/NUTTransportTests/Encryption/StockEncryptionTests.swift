import Foundation
import NUTTransport
import PowerCore
import Testing

/// Debian's own clients against our server where it encrypts: they ask for it by themselves.
@Suite(
    .enabled(if: Certificates.openSSL.isInstalled, "openssl is not installed"),
    .enabled(if: Program.upsc.isInstalled, "upsc is not installed (Debian: nut-client)"), .serialized)
struct StockEncryptionTests {
    private let pair: Certificates.Pair

    init() throws {
        self.pair = try #require(Certificates.made).own
    }

    @Test func `upsc asks behind TLS`() async throws {
        // A server that requires TLS answers nothing else.
        try await withServer(tls: self.pair.tls(isRequired: true)) { port, _ in
            let one = try await Program.upsc.run(["ups@127.0.0.1:\(port)", "ups.status"])
            #expect(one.output == "OL\n", "\(one.errors)")
            let all = try await Program.upsc.run(["ups@127.0.0.1:\(port)"])
            #expect(all.output.hasSuffix("ups.status: OL\n"), "\(all.errors)")
        }
    }

    @Test func `upsc is served where TLS is offered`() async throws {
        try await withServer(tls: self.pair.tls()) { port, _ in
            let outcome = try await Program.upsc.run(["-l", "127.0.0.1:\(port)"])
            #expect(outcome.output == "ups\npdu\nquiet\nnever\n", "\(outcome.errors)")
        }
    }

    @Test func `upscmd, upsrw and upslog are served where TLS is offered`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon, tls: self.pair.tls()) { port, _ in
            let name = "ups@127.0.0.1:\(port)"
            let user = ["-u", "admin", "-p", "secret", name]
            #expect(try await Program.upscmd.run(["-l", name]).output.contains("\nload.off - "))
            let command = try await Program.upscmd.run(["-w", "-t", "5"] + user + ["load.off"])
            #expect((command.output + command.errors).contains("SUCCESS"))
            let setting = try await Program.upsrw.run(["-w", "-s", "ups.id=two"] + user)
            #expect((setting.output + setting.errors).contains("SUCCESS"))
            let log = try Program.upslog.start(
                ["-s", name, "-l", "-", "-i", "1", "-f", "%VAR ups.id%", "-u", "root"])
            #expect(await log.says("two\n"), "\(log.errors)")
            log.stop()
        }
    }

    @Test(
        .enabled(
            if: Program.canPythonEncrypt,
            "the Python module PyNUT is not installed in a version that encrypts (PyPI: PyNUTClient 2.8.5)"))
    func `NUT's Python client asks and orders behind TLS, and believes the certificate`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(self.pair.certificate, to: "certificate.pem")
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/NUT/pynut_tls_smoke.py").standardized.path
        try await withServer(tls: self.pair.tls(isRequired: true)) { port, _ in
            let outcome = try await Program.python.run([script, "\(port)", "\(folder.path)/certificate.pem"])
            #expect(outcome.output == "ok\n", "\(outcome.errors)")
        }
    }

    @Test(.enabled(if: Program.upsmon.isInstalled && Monitor.canBeRun, "upsmon needs root and a mount namespace"))
    func `upsmon watches and shuts down behind TLS`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon, tls: self.pair.tls(isRequired: true)) { port, _ in
            let monitor = try Monitor(
                port: port, user: "mon", password: "pass", role: "secondary", more: "FORCESSL 1")
            let actor = Actor(user: "mon", address: "127.0.0.1")
            #expect(await daemon.wait { $0 == [.loggedIn("ups", actor)] }, "\(monitor.log)")
            #expect(await monitor.hasPolled(), "\(monitor.log)")
            daemon.show("FSD OB", as: "ups.status")
            #expect(await monitor.exit() == 0, "\(monitor.log)")
            #expect(monitor.hasShutDown, "\(monitor.log)")
        }
    }
}
