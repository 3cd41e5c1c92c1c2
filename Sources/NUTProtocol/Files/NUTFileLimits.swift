/// The bounds of reading NUT's configuration files.
public enum NUTFileLimits {
    /// Bytes of one file; the largest seen, with all of NUT's comments left in, has 30 KiB.
    public static let bytes = 256 * 1024

    /// Directives of one file; 1,024 UPSes with seven settings each fit.
    public static let directives = 8192

    /// Sections of one file, twice over what a server is asked to hold.
    public static let sections = 2048

    /// The longest value of a number, which is far from what overflows.
    static let digits = 9
}
