/// Why a certificate and a key do not make an identity of a server, as the end of a sentence about the file.
public enum ServerTLSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text holds no certificate in PEM.
    case unusableCertificate
    /// The text holds no private key in PEM that can be read without a passphrase.
    case unusableKey
    /// The key belongs to another certificate.
    case keyOfAnother
    /// The text about clients holds no certificate of an authority in PEM.
    case unusableAuthorities

    /// What is wrong with the file.
    public var description: String {
        switch self {
        case .unusableCertificate, .unusableAuthorities: "holds no certificate in PEM"
        case .unusableKey: "holds no private key in PEM that needs no passphrase"
        case .keyOfAnother: "holds the key of another certificate"
        }
    }
}
