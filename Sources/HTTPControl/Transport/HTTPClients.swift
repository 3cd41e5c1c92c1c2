internal import AsyncHTTPClient
internal import NIOCore
internal import NIOSSL
internal import Synchronization

/// The clients of this process for HTTP, one for each way of trusting a certificate; all on the same event loops.
///
/// A client is made when the first call needs it. They are given back with ``shutDown()``.
public final class HTTPClients: Sendable {
    private let clients = Mutex<[HTTPTrust: HTTPClient]>([:])

    /// Makes no client yet.
    public init() {}

    deinit {
        for client in self.clients.withLock({ $0.values }) { client.shutdown { _ in } }
    }

    /// Ends all calls and closes all connections; harmless when repeated.
    public func shutDown() async {
        let clients = self.clients.withLock { clients in
            defer { clients = [:] }
            return Array(clients.values)
        }
        for client in clients { try? await client.shutdown() }
    }

    /// The client whose connections are trusted in this way.
    func client(for trust: HTTPTrust) throws -> HTTPClient {
        try self.clients.withLock { clients in
            if let client = clients[trust] { return client }
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: try Self.configuration(for: trust))
            clients[trust] = client
            return client
        }
    }

    private static func configuration(for trust: HTTPTrust) throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = .seconds(HTTPLimits.idle)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = HTTPLimits.connections
        // Who polls tries again anyway, and wants to know why it failed.
        configuration.connectionPool.retryConnectionEstablishment = false
        var encryption = TLSConfiguration.makeClientConfiguration()
        switch trust {
        case .system: break
        case .authorities(let bytes): encryption.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(bytes))
        case .pin(let fingerprint):
            // Nobody vouches for it: it is compared itself, on each connection, before anything is sent.
            encryption.certificateVerification = .none
            configuration.http1_1ConnectionDebugInitializer = CertificatePin(fingerprint: fingerprint).check
        }
        configuration.tlsConfiguration = encryption
        return configuration
    }
}
