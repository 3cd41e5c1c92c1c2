public import PowerCore

/// A place in one of NUT's configuration files.
public struct NUTFilePlace: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The file.
    public let file: NUTFile
    /// Line and column; a column counts characters of UTF-8, of which other bytes are one each.
    public let mark: ConfigurationMark

    /// Makes a place.
    public init(_ file: NUTFile, _ mark: ConfigurationMark) {
        self.file = file
        self.mark = mark
    }

    /// The place as compilers write it, `ups.conf:12:9`.
    public var description: String { "\(self.file.rawValue):\(self.mark)" }

    /// Whether `lhs` comes first in a report.
    public static func < (lhs: NUTFilePlace, rhs: NUTFilePlace) -> Bool {
        lhs.file == rhs.file ? lhs.mark < rhs.mark : lhs.file < rhs.file
    }
}
