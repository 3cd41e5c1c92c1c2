/// The families that are known, in the order in which a device is compared with them.
public struct SNMPFamilies: Hashable, Sendable {
    /// All of them, lower ranks first.
    public let all: [SNMPFamily]

    /// Makes a list; of two families with one name the later one counts, so that a user's may take the place of ours.
    public init(_ families: [SNMPFamily]) {
        var byName: [String: SNMPFamily] = [:]
        for family in families { byName[family.name] = family }
        self.all = byName.values.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }
    }

    /// Their names.
    public var names: [String] { self.all.map(\.name).sorted() }

    /// The family called `name`; nil where there is none.
    public func family(_ name: String) -> SNMPFamily? { self.all.first { $0.name == name } }

    /// The families in the order in which they are looked for.
    ///
    /// The agent's sysObjectID only says whose are looked for first: it may be another device's, or that of the
    /// agent's own software.
    func candidates(hint: OID?) -> [SNMPFamily] {
        guard let hint, hint.arcs.starts(with: Self.enterprises), hint.arcs.count > Self.enterprises.count else {
            return self.all
        }
        let front = hint.arcs.prefix(Self.enterprises.count + 1)
        return self.all.filter { $0.isBelow(front) } + self.all.filter { !$0.isBelow(front) }
    }

    /// What every vendor's objects stand below (RFC 1155, 3.1.4).
    private static let enterprises: [UInt32] = [1, 3, 6, 1, 4, 1]
}

extension SNMPFamily {
    /// Whether what it is recognised by stands below `front`.
    fileprivate func isBelow(_ front: ArraySlice<UInt32>) -> Bool {
        let objects = self.detect + (self.outlets.map { [$0.state.object] } ?? [])
        return objects.contains { object in
            object.parts.prefix(front.count).elementsEqual(front.map { .arc($0) })
        }
    }

    /// The number that sysObjectID has where this family has `{model}`; nil where it has no such place.
    func model(in hint: OID?) -> UInt32? {
        let objects = self.detect + (self.outlets.map { [$0.state.object] } ?? [])
        guard let place = objects.lazy.compactMap(\.modelPlace).first, let hint, place < hint.arcs.count,
            let front = objects.first?.parts.prefix(place),
            front.elementsEqual(hint.arcs.prefix(place).map { .arc($0) })
        else { return nil }
        return hint.arcs[place]
    }
}
