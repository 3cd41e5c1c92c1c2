internal import Crypto
internal import NIOCore
internal import NIOSSL

/// The one certificate that is taken of a device whose certificate nobody vouches for.
struct CertificatePin: Hashable, Sendable {
    /// A device has shown another certificate.
    struct Mismatch: Error, Hashable {
        /// SHA-256 of the one that it has shown, nil where there was none.
        var shown: [UInt8]?
    }

    /// SHA-256 of the certificate as it travels (DER).
    let fingerprint: [UInt8]

    /// Looks at a connection whose handshake is over, before a byte of a request goes out; closes it where the
    /// certificate is another.
    func check(_ channel: any Channel) -> EventLoopFuture<Void> {
        let pin = self
        let checked = channel.nioSSL_peerCertificate().flatMapThrowing { certificate in
            let shown = try certificate.map { Array(SHA256.hash(data: try $0.toDERBytes())) }
            guard shown == pin.fingerprint else { throw Mismatch(shown: shown) }
        }
        checked.whenFailure { _ in channel.close(promise: nil) }
        return checked
    }
}
