/// The name of an SNMP object: numbers in order (`1.3.6.1.4.1.318`).
public struct OID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    /// The numbers; at most ``mostArcs``.
    public let arcs: [UInt32]

    /// SMIv2 allows no more (RFC 2578, 7.1.3).
    public static let mostArcs = 128

    /// Makes a name; nil where there are more numbers than SNMP allows.
    public init?(_ arcs: [UInt32]) {
        guard arcs.count <= Self.mostArcs else { return nil }
        self.arcs = arcs
    }

    /// Reads `1.3.6.1` or `.1.3.6.1`; nil where that is no name.
    public init?(_ description: String) {
        let text = description.hasPrefix(".") ? description.dropFirst() : description[...]
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let arcs = parts.compactMap { $0.allSatisfy(\.isASCII) ? UInt32($0) : nil }
        guard arcs.count == parts.count else { return nil }
        self.init(arcs)
    }

    /// The name with `more` behind it; nil where that becomes too long.
    public func appending(_ more: [UInt32]) -> OID? {
        OID(self.arcs + more)
    }

    /// The numbers behind `prefix`; nil where it does not stand at the front.
    public func suffix(behind prefix: OID) -> [UInt32]? {
        self.arcs.starts(with: prefix.arcs) ? Array(self.arcs.dropFirst(prefix.arcs.count)) : nil
    }

    /// The numbers with points between.
    public var description: String { self.arcs.map(String.init).joined(separator: ".") }

    /// The order in which agents walk.
    public static func < (lhs: OID, rhs: OID) -> Bool { lhs.arcs.lexicographicallyPrecedes(rhs.arcs) }
}
