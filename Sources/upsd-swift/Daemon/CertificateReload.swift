import Logging
import NUTTransport
import UnixSignals

/// Reads the server's certificate again whenever SIGHUP asks for it: certificates end, daemons should not.
struct CertificateReload: Sendable {
    /// Where it stands; nil where connections are not encrypted.
    let files: TLSFiles?
    let server: NUTServer
    let logger: Logger

    /// Runs until it is cancelled.
    func run() async {
        // Taken even with nothing to read: unless taken, the signal would end the daemon.
        for await _ in await UnixSignalsSequence(trapping: .sighup) { self.reload() }
    }

    /// Puts the certificate in place that is in the files now, or keeps the old one and says why.
    func reload() {
        guard let files = self.files else {
            self.logger.notice("SIGHUP: there is no certificate to read again", source: "server")
            return
        }
        do throws(TLSFiles.Failure) {
            self.server.replaceTLS(try files.load().identity)
            self.logger.notice("SIGHUP: new clients are shown the certificate as it is now", source: "server")
        } catch {
            self.logger.error("SIGHUP: the old certificate stays in use: \(error)", source: "server")
        }
    }
}
