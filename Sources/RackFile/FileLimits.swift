/// How much of a configuration file is read at most, so that no file costs more than a moment.
public enum FileLimits {
    /// The largest file read; a rack of a thousand hosts stays below.
    public static let maximumBytes = 256 * 1024
    /// The deepest nesting read; the deepest key of the format stands at six.
    static let maximumDepth = 16
    /// The most keys and values read, aliases written out; more than the largest file holds without them.
    static let maximumNodes = 50_000
    /// The most aliases: each may repeat what holds the ones before it, so that few of them make very much
    /// (with 24 at most some thousand times what is written).
    static let maximumAliases = 24
}
