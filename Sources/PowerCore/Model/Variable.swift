/// A NUT variable of a device, such as `battery.charge` with the value `100`.
public struct Variable: Hashable, Sendable {
    /// What a value may be, as NUT's `GET TYPE`, `LIST ENUM` and `LIST RANGE` say it.
    public enum Kind: Hashable, Sendable {
        /// A number in decimal notation.
        case number
        /// A text of at most so many bytes.
        case string(maximumLength: Int)
        /// One of these texts and nothing else.
        case enumeration([String])
        /// A whole number within these bounds, both included.
        case range(ClosedRange<Int>)
    }

    /// The name as in NUT's list of variables, in lower case (`battery.charge.low`).
    public var name: String
    /// The value in NUT's own notation, not yet quoted for the wire.
    public var value: String
    /// What a value may be.
    public var kind: Kind
    /// Whether a client with the right to may set it.
    public var isWritable: Bool

    /// Makes a variable; without more words it is a read-only text.
    public init(_ name: String, _ value: String, kind: Kind = .string(maximumLength: 255), isWritable: Bool = false) {
        self.name = name
        self.value = value
        self.kind = kind
        self.isWritable = isWritable
    }
}
