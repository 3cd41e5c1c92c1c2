/// A password that a client gave, to be checked by the owner of its session.
public struct PasswordCheck: Hashable, Sendable, CustomStringConvertible {
    /// What the client gave.
    public let candidate: String
    /// What it must be; nil where there is no such user.
    let password: Password?

    /// The hash that the candidate must have; nil where it is known already that the password is wrong.
    public var hash: String? { self.password?.hash }

    /// A hidden password.
    public var description: String { "(hidden)" }
}
