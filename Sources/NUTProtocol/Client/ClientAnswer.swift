/// A whole answer of a NUT server.
public enum ClientAnswer: Hashable, Sendable {
    /// A single line.
    case line(ClientReply)
    /// A list: what was listed, and its records.
    case list([String], records: [[String]])
}
