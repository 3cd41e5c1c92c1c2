/// Whether a server encrypts the connections of clients that ask for it with `STARTTLS`.
public enum EncryptionOffer: Hashable, Sendable {
    /// It has no certificate to do it with.
    case none
    /// Whoever asks gets it; the others are served as well.
    case offered
    /// Whoever does not ask for it may only ask for it, take leave, and learn what server this is.
    case required
}
