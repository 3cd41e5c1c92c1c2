/// The way to a field through the collections around it, such as `UPS.PowerSummary.PresentStatus.ACPresent`.
///
/// An indexed collection (type 0x80 and above, the sort makers number theirs with) adds its number behind its usage,
/// as in `UPS.Flow.[4].ConfigActivePower`.
public struct UsagePath: Hashable, Sendable, CustomStringConvertible {
    /// The usages from the outermost collection to the field itself.
    public let nodes: [Usage]

    /// Makes a path of `nodes`, the outermost first.
    public init(_ nodes: [Usage]) {
        self.nodes = nodes
    }

    /// Makes a path from NUT's notation; nil where a name between the dots is not known.
    public init?(parsing text: String) {
        var nodes: [Usage] = []
        for name in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard let usage = Usage(named: String(name)) else { return nil }
            nodes.append(usage)
        }
        self.nodes = nodes
    }

    /// The usage of the field itself; nil for the empty path.
    public var last: Usage? { self.nodes.last }

    /// The path in NUT's notation, names with dots between them.
    public var description: String {
        self.nodes.map(\.name).joined(separator: ".")
    }
}
