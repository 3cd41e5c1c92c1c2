internal import NIOSSL

/// Something that any stranger can do to the server and that is worth a word in the log.
///
/// Each is told at most once in ``interval``, with the number of others like it, so that whatever is done to the server
/// makes less than a line a second.
public enum ClientComplaint: Int, Hashable, Sendable, CaseIterable {
    /// It came from where no connections are taken.
    case notAllowed
    /// There was no room for it.
    case noRoom
    /// It had too many connections already.
    case tooManyOfOneAddress
    /// It did not read what it had asked for, and was closed.
    case deaf
    /// It sent a line without an end, and was closed.
    case endlessLine
    /// It gave a wrong password.
    case wrongPassword
    /// Its TLS handshake failed or took too long, and it was closed.
    case handshake
    /// It showed no certificate where one is needed, and was closed.
    case noCertificate
    /// It showed a certificate that nobody vouches for who is believed here, and was closed.
    case strangeCertificate

    /// The time in which each is told once at most.
    public static let interval = Duration.seconds(10)
}

extension ClientComplaint {
    /// What a handshake came to nothing for.
    init(handshake error: any Error) {
        guard case .handshakeFailed(let cause)? = error as? NIOSSLError else {
            self = .handshake
            return
        }
        // The library has no values of its own for these, only words.
        let words = "\(cause)"
        if words.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE") {
            self = .noCertificate
        } else {
            self = words.contains("CERTIFICATE_VERIFY_FAILED") ? .strangeCertificate : .handshake
        }
    }
}
