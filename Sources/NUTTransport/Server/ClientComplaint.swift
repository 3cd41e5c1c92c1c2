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

    /// The time in which each is told once at most.
    public static let interval = Duration.seconds(10)
}
