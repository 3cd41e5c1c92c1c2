/// Checks passwords of which only a hash is known.
public protocol PasswordHashing: Sendable {
    /// Whether `candidate` has the hash `hash`. May take its time, elsewhere than on the caller's thread.
    func isRight(_ candidate: String, for hash: String) async -> Bool
}
