/// A right to some things of a kind, named without regard to case.
public struct Grant: Hashable, Sendable {
    private enum Extent: Hashable, Sendable {
        case nothing
        case everything
        /// In lower case.
        case names(Set<String>)
    }

    private let extent: Extent

    /// A right to nothing.
    public static let none = Grant(extent: .nothing)

    /// A right to everything of the kind.
    public static let all = Grant(extent: .everything)

    /// A right to what `names` names.
    public static func only(_ names: some Sequence<String>) -> Grant {
        Grant(extent: .names(Set(names.map { $0.lowercased() })))
    }

    /// Whether the right extends to `name`.
    public func covers(_ name: String) -> Bool {
        switch self.extent {
        case .nothing: false
        case .everything: true
        case .names(let names): names.contains(name.lowercased())
        }
    }
}
