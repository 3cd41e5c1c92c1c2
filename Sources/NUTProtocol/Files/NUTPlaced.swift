/// A value of one of NUT's files together with where it is set.
public struct NUTPlaced<Value> {
    /// The value.
    public var value: Value
    /// Where the directive that sets it begins.
    public var place: NUTFilePlace

    /// Makes a value with its place.
    public init(_ value: Value, at place: NUTFilePlace) {
        self.value = value
        self.place = place
    }
}

extension NUTPlaced: Equatable where Value: Equatable {}
extension NUTPlaced: Hashable where Value: Hashable {}
extension NUTPlaced: Sendable where Value: Sendable {}
