/// What came of checking the password of a session, and against what: users may be replaced while it lasts.
struct PasswordProof: Sendable {
    /// What the user's password was; nil where there was no such user.
    var password: Password?
    var isRight: Bool
}
