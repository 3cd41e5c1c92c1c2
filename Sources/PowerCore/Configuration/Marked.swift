/// A value of the file together with where it stands.
struct Marked<Value> {
    /// The value.
    var value: Value
    /// Where it stands.
    var mark: ConfigurationMark
}

extension Marked: Equatable where Value: Equatable {}
extension Marked: Sendable where Value: Sendable {}
