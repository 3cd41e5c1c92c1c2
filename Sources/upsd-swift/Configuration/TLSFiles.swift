import Foundation
import NUTTransport
import PowerCore

/// The files of the server's certificate, which are read at the start and again at each SIGHUP.
struct TLSFiles: Equatable {
    /// Which of them is meant.
    enum Part: String {
        case certificate
        case key
        case clientAuthorities = "client-ca"
    }

    /// Why the two make no identity of a server.
    struct Failure: Error, Equatable, CustomStringConvertible {
        var part: Part
        var path: String
        /// The end of a sentence about the file.
        var reason: String

        var description: String { "\(self.part.rawValue) \(self.path) \(self.reason)" }
    }

    /// A chain of five certificates with the largest keys in use has 12 KiB.
    static let longestFile = 64 * 1024

    let certificate: String
    let key: String
    let isRequired: Bool
    let clientAuthorities: String?
    let needsClientCertificate: Bool

    /// Takes the configuration's words; paths may be relative to `directory`.
    init(_ tls: Configuration.TLS, directory: String) {
        func full(_ path: String) -> String { path.hasPrefix("/") ? path : "\(directory)/\(path)" }
        self.certificate = full(tls.certificate)
        self.key = full(tls.key)
        self.isRequired = tls.isRequired
        self.clientAuthorities = tls.clientAuthorities.map(full)
        self.needsClientCertificate = tls.needsClientCertificate
    }

    /// Reads the files as they are now, and says whether everybody on the machine may read the key.
    func load() throws(Failure) -> (identity: ServerTLS, isKeyWorldReadable: Bool) {
        let certificates = try Self.read(self.certificate, as: .certificate)
        let key = try Self.read(self.key, as: .key)
        let clients = try self.clientAuthorities.map { path throws(Failure) in
            let file = try Self.read(path, as: .clientAuthorities)
            return ClientCertificates(authorities: file.bytes, isRequired: self.needsClientCertificate)
        }
        do throws(ServerTLSError) {
            let identity = try ServerTLS(
                certificates: certificates.bytes, key: key.bytes, isRequired: self.isRequired, clients: clients)
            return (identity, key.isWorldReadable)
        } catch .unusableCertificate {
            throw Failure(part: .certificate, path: self.certificate, reason: "\(ServerTLSError.unusableCertificate)")
        } catch .unusableAuthorities {
            let path = self.clientAuthorities ?? ""
            throw Failure(part: .clientAuthorities, path: path, reason: "\(ServerTLSError.unusableAuthorities)")
        } catch {
            throw Failure(part: .key, path: self.key, reason: "\(error)")
        }
    }

    private static func read(_ path: String, as part: Part) throws(Failure) -> SecretFile {
        do {
            let limit = part == .clientAuthorities ? ConfigurationLoader.longestAuthorities : Self.longestFile
            return try SecretFile(path: path, limit: limit)
        } catch {
            throw Failure(part: part, path: path, reason: error.reason)
        }
    }
}
