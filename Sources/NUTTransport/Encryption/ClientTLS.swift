/// Whether a client encrypts its connection, and whom it then believes.
public enum ClientTLS: Hashable, Sendable {
    /// It does not ask for it.
    case off
    /// It asks for it, and goes on in plain with a server that cannot do it. A handshake that fails is an error all
    /// the same.
    case attempted(ClientTLSTrust)
    /// It asks for it, and takes leave of a server that cannot do it.
    case required(ClientTLSTrust)

    /// Whom it believes; nil where it does not encrypt.
    var trust: ClientTLSTrust? {
        switch self {
        case .off: nil
        case .attempted(let trust), .required(let trust): trust
        }
    }
}
