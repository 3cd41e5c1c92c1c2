import Foundation
import NUTTransport

/// Throwaway certificates, made by OpenSSL once for all tests.
struct Certificates: Sendable {
    /// A certificate that vouches for itself, for the name `localhost` and the address 127.0.0.1.
    let own: Pair
    /// The same of somebody else.
    let stranger: Pair
    /// One for another name.
    let misnamed: Pair

    /// A certificate and its key, in PEM.
    struct Pair: Sendable {
        var certificate: String
        var key: String

        /// The server that shows it.
        func tls(isRequired: Bool = false) throws -> ServerTLS {
            try ServerTLS(
                certificates: Array(self.certificate.utf8), key: Array(self.key.utf8), isRequired: isRequired)
        }

        /// Believes this certificate alone.
        var trust: ClientTLSTrust { .authorities(Array(self.certificate.utf8)) }
    }

    static let openSSL = Program("/usr/bin/openssl")

    /// All of them; nil where OpenSSL is missing.
    static let made: Certificates? = try? Certificates()

    private init() throws {
        self.own = try Self.make(for: "DNS:localhost,IP:127.0.0.1", "rsa:2048")
        self.stranger = try Self.make(for: "DNS:localhost,IP:127.0.0.1", "ec")
        self.misnamed = try Self.make(for: "DNS:elsewhere.example,IP:192.0.2.9", "ec")
    }

    private static func make(for names: String, _ kind: String) throws -> Pair {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: Self.openSSL.path)
        let curve = kind == "ec" ? ["-pkeyopt", "ec_paramgen_curve:P-256"] : []
        process.arguments =
            ["req", "-x509", "-newkey", kind] + curve + [
                "-nodes", "-days", "2", "-subj", "/CN=upsd-swift test", "-addext", "subjectAltName=\(names)",
                "-keyout", "\(folder.path)/key.pem", "-out", "\(folder.path)/certificate.pem",
            ]
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return Pair(certificate: folder.text("certificate.pem"), key: folder.text("key.pem"))
    }
}
