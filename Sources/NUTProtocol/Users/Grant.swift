/// A right to some things of a kind, named without regard to case.
public enum Grant: Hashable, Sendable {
    /// To nothing.
    case none
    /// To everything of the kind.
    case all
    /// To what is named, in lower case; ``only(_:)-swift.type.method`` makes it from any spelling.
    case folded(Set<String>)

    /// A right to what `names` names.
    public static func only(_ names: some Sequence<String>) -> Grant {
        .folded(Set(names.map { $0.lowercased() }))
    }

    /// Whether the right extends to `name`.
    public func covers(_ name: String) -> Bool {
        switch self {
        case .none: false
        case .all: true
        case .folded(let names): names.contains(name.lowercased())
        }
    }
}
