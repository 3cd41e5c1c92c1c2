internal import NIOSSL

/// Who vouches for the certificate that a device shows.
public enum HTTPTrust: Hashable, Sendable {
    /// The authorities that the machine trusts; the certificate must be for the host that is asked.
    case system
    /// The authorities in these PEM bytes, and no others; the certificate must be for the host that is asked.
    case authorities([UInt8])
    /// Nobody: it must be the one certificate with this SHA-256, whatever else stands in it.
    case pin([UInt8])

    /// Trust in the authorities of a PEM file; nil where it has no certificate.
    public init?(authorities bytes: [UInt8]) {
        guard let found = try? NIOSSLCertificate.fromPEMBytes(bytes), !found.isEmpty else { return nil }
        self = .authorities(bytes)
    }
}
