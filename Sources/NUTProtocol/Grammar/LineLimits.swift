/// The bounds of the grammar, the same at both ends of the wire.
public enum LineLimits {
    /// Words of a line; further ones are dropped without a word, as NUT does.
    public static let words = 32

    /// Bytes of a word; further ones are dropped without a word, as NUT does.
    public static let wordBytes = 512

    /// Bytes of a line between two line ends, dropped ones included.
    ///
    /// The longest line in which every byte still means something is 32 words of 512 escaped bytes in quotes
    /// with a space between them: 32,895 bytes. NUT itself has no limit here.
    public static let lineBytes = 36_864

    /// Line ends inside one open quote.
    ///
    /// NUT lets a quote stay open over any number of lines, and swallows a client's commands until the next quote
    /// comes. No client sends a quoted line end on purpose; one that gets so far has lost its place.
    public static let quotedLineEnds = 16

    /// Bytes of a reply line with its line end: what stock clients keep of one.
    public static let replyBytes = 511
}
