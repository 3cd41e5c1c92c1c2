internal import NIOCore
internal import NIOSSL

/// What a server shows to clients that say `STARTTLS`: a certificate and the proof that it is its own.
///
/// TLS 1.2 and 1.3 are spoken, nothing older.
public struct ServerTLS: Sendable {
    /// Whether clients that do not encrypt are refused all but a few harmless words.
    public let isRequired: Bool
    let context: NIOSSLContext
    private let chain: [NIOSSLCertificate]

    /// How long a client may take to answer that the connection is over before it is closed for good.
    private static let goodbye = TimeAmount.seconds(1)

    /// Makes an identity of the texts of two PEM files.
    ///
    /// `certificates` holds the server's own certificate first and those that vouch for it behind it; `key` holds its
    /// private key without a passphrase, and may be the same text. `clients` says what certificates of clients are
    /// worth; without it none is asked for.
    public init(
        certificates: [UInt8], key: [UInt8], isRequired: Bool = false, clients: ClientCertificates? = nil
    ) throws(ServerTLSError) {
        let chain = try Self.chain(in: certificates)
        let privateKey: NIOSSLPrivateKey
        do {
            privateKey = try NIOSSLPrivateKey(bytes: key, format: .pem)
        } catch {
            throw .unusableKey
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.shutdownTimeout = Self.goodbye
        if let clients {
            guard let authorities = try? NIOSSLCertificate.fromPEMBytes(clients.authorities), !authorities.isEmpty
            else {
                throw .unusableAuthorities
            }
            configuration.trustRoots = .certificates(authorities)
            configuration.certificateVerification =
                clients.isRequired ? .noHostnameVerification : .optionalVerification
        }
        do {
            self.context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .keyOfAnother
        }
        self.isRequired = isRequired
        self.chain = chain
    }

    /// Whether clients are shown the same certificate by both.
    public func showsTheSame(as other: ServerTLS) -> Bool {
        self.chain == other.chain
    }

    private static func chain(in certificates: [UInt8]) throws(ServerTLSError) -> [NIOSSLCertificate] {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMBytes(certificates)
        } catch {
            throw .unusableCertificate
        }
        guard !chain.isEmpty else { throw .unusableCertificate }
        return chain
    }
}

extension ServerTLS: Equatable {
    /// Whether both are one and the same identity, not only made of the same files.
    public static func == (one: ServerTLS, other: ServerTLS) -> Bool {
        one.context === other.context && one.isRequired == other.isRequired
    }
}
