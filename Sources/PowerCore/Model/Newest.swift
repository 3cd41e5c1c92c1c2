/// The newest few values of a kind, the oldest first: what is learnt is forgotten again in time.
///
/// The bound holds for what comes out of a file as well, so that a damaged one costs no memory.
public struct Newest<Value: Hashable & Codable & Sendable>: Hashable, Codable, Sendable {
    /// The most that any list of this kind keeps; nothing that is learnt needs more to settle on a figure.
    public static var mostEver: Int { 32 }

    /// The values, the oldest first.
    public private(set) var values: [Value]

    /// Makes a list of the last of `values`.
    public init(_ values: [Value] = []) {
        self.values = values.suffix(Self.mostEver)
    }

    /// Reads a list, and keeps no more of it than its bound.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([Value].self))
    }

    /// Writes the values as a plain array.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.values)
    }

    /// How many values there are.
    public var count: Int { self.values.count }

    /// The newest of them.
    public var last: Value? { self.values.last }

    /// Adds a value, and forgets the oldest beyond `limit`.
    public mutating func append(_ value: Value, keeping limit: Int) {
        self.values = (self.values + [value]).suffix(max(1, min(limit, Self.mostEver)))
    }
}
