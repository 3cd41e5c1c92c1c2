/// How a device is told who asks.
enum HTTPLogin: Hashable, Sendable {
    /// Name and password with every request, readable for everybody on the way (RFC 7617).
    case basic
    /// A proof of the password for each request, by one of these functions (RFC 7616).
    case digest([DigestAlgorithm])
    /// Name and password in the query, as two fields of these names.
    case query(user: String, password: String)
    /// The token in a header of this name; without a token, basic.
    case token(header: String)
    /// A UniFi controller's API key, or its login with cookies.
    case unifi
}
