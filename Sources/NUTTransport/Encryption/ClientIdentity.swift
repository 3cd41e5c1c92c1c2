internal import NIOSSL

/// What a client shows to servers that ask for a certificate.
public struct ClientIdentity: Sendable {
    let chain: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey

    /// Makes an identity of the texts of two PEM files, which may be one and the same; the key has no passphrase.
    public init(certificates: [UInt8], key: [UInt8]) throws(ServerTLSError) {
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(certificates), !chain.isEmpty else {
            throw .unusableCertificate
        }
        guard let key = try? NIOSSLPrivateKey(bytes: key, format: .pem) else { throw .unusableKey }
        self.chain = chain
        self.key = key
    }
}
