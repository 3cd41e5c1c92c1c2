/// What a server asks of the certificates of its clients.
public struct ClientCertificates: Hashable, Sendable {
    /// The PEM text of the authorities that vouch for them.
    public var authorities: [UInt8]
    /// Whether a client without one is refused. One that another authority vouches for always is.
    public var isRequired: Bool

    /// Asks for certificates of `authorities`.
    public init(authorities: [UInt8], isRequired: Bool) {
        self.authorities = authorities
        self.isRequired = isRequired
    }
}
