/// Why a server's bytes cannot be read on.
public enum ClientReplyFault: Error, Hashable, Sendable {
    /// A line has no end in sight, or breaks the rules of quoting.
    case unreadableLine
    /// One answer passed ``ClientReplyParser/maximumLines`` or ``ClientReplyParser/maximumBytes``.
    case endlessAnswer
    /// A list ended that had not begun, or another one than had begun.
    case unexpectedEnd
}
