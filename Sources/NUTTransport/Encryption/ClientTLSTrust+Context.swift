internal import NIOCore
internal import NIOSSL

extension ClientTLSTrust {
    /// How long a server may take to answer that the connection is over before it is closed for good.
    private static let goodbye = TimeAmount.seconds(1)

    /// What handshakes are made of. Reading all authorities of a machine takes a while: not for an event loop.
    func context(showing identity: ClientIdentity?) throws(NUTClientError) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.shutdownTimeout = Self.goodbye
        if let identity {
            configuration.certificateChain = identity.chain.map { .certificate($0) }
            configuration.privateKey = .privateKey(identity.key)
        }
        switch self {
        case .system: break
        case .authorities(let text): configuration.trustRoots = .certificates(try Self.authorities(in: text))
        case .anyone: configuration.certificateVerification = .none
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .notEncrypted(FailureReason(error).text)
        }
    }

    private static func authorities(in text: [UInt8]) throws(NUTClientError) -> [NIOSSLCertificate] {
        if let found = try? NIOSSLCertificate.fromPEMBytes(text), !found.isEmpty { return found }
        throw .notEncrypted("the authorities' file holds no certificate in PEM")
    }

}
