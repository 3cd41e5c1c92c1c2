/// Which certificates of a server a client believes.
public enum ClientTLSTrust: Hashable, Sendable {
    /// Those that an authority vouches for whom this machine trusts, and that name the server.
    case system
    /// Those that one of the certificates in this PEM text vouches for, or is, and that name the server.
    case authorities([UInt8])
    /// Any. Whoever only listens hears nothing; whoever stands in between and takes the server's place is not noticed.
    case anyone
}
