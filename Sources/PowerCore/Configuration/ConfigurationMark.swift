/// A place in the text of the configuration file.
public struct ConfigurationMark: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The line, counted from 1.
    public let line: Int
    /// The column in Unicode scalars, counted from 1.
    public let column: Int

    /// The beginning of the file.
    public static let start = ConfigurationMark(line: 1, column: 1)

    /// Makes the place at `line` and `column`.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The place as compilers write it, `12:9`.
    public var description: String { "\(self.line):\(self.column)" }

    /// Whether `lhs` comes first in the file.
    public static func < (lhs: ConfigurationMark, rhs: ConfigurationMark) -> Bool {
        (lhs.line, lhs.column) < (rhs.line, rhs.column)
    }
}
