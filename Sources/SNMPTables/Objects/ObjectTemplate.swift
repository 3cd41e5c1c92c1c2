/// The name of an object with places in it for what differs: `1.3.6.1.4.1.20677.2.6.3.{row}.0`.
///
/// `{row}` is the index of a row of the table of outlets, `{row+1}` the same with the last number one higher, `{unit}`
/// the first number of the index, `{model}` the number that the agent's sysObjectID has in that place.
public struct ObjectTemplate: Hashable, Sendable {
    /// A piece of the name.
    enum Part: Hashable, Sendable {
        case arc(UInt32)
        case row(offset: Int)
        case unit
        case model
    }

    /// What is put into the places.
    struct Filling: Hashable, Sendable {
        var row: [UInt32]?
        var unit: UInt32?
        var model: UInt32?
    }

    let parts: [Part]

    private init(parts: [Part]) {
        self.parts = parts
    }

    /// Reads a name with places; nil where that is none.
    init?(_ text: String) {
        let text = text.hasPrefix(".") ? text.dropFirst() : text[...]
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        let parts = words.compactMap(Self.part)
        guard parts.count == words.count, parts.count <= OID.mostArcs else { return nil }
        self.init(parts: parts)
    }

    private static func part(_ word: Substring) -> Part? {
        guard word.hasPrefix("{"), word.hasSuffix("}") else {
            return word.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt32(word).map { .arc($0) } : nil
        }
        switch word.dropFirst().dropLast() {
        case "row": return .row(offset: 0)
        case "row+1": return .row(offset: 1)
        case "row-1": return .row(offset: -1)
        case "unit": return .unit
        case "model": return .model
        default: return nil
        }
    }

    /// Whether it has a place for the row.
    var hasRow: Bool { self.parts.contains { if case .row = $0 { true } else { false } } }

    /// The column of a table: the row stands at its end where it stands nowhere else.
    var asColumn: ObjectTemplate { self.hasRow ? self : ObjectTemplate(parts: self.parts + [.row(offset: 0)]) }

    /// The name; nil where something is missing for one of its places.
    func filled(with filling: Filling) -> OID? {
        var arcs: [UInt32] = []
        for part in self.parts {
            guard let next = Self.arcs(of: part, filling) else { return nil }
            arcs += next
        }
        return OID(arcs)
    }

    private static func arcs(of part: Part, _ filling: Filling) -> [UInt32]? {
        switch part {
        case .arc(let arc): return [arc]
        case .unit: return filling.unit.map { [$0] }
        case .model: return filling.model.map { [$0] }
        case .row(let offset):
            guard var row = filling.row, let last = row.popLast(),
                let moved = UInt32(exactly: Int64(last) + Int64(offset))
            else { return nil }
            return row + [moved]
        }
    }

    /// What stands in front of the row, from where a table is walked; nil where something is missing.
    func root(with filling: Filling) -> OID? {
        let front = self.parts.prefix { if case .row = $0 { false } else { true } }
        return ObjectTemplate(parts: Array(front)).filled(with: filling)
    }

    /// The index of the row that `name` belongs to, with `length` numbers; nil where it is none of this column.
    func row(of name: OID, length: Int, with filling: Filling) -> [UInt32]? {
        guard let root = self.root(with: filling), let rest = name.suffix(behind: root), rest.count >= length,
            let offset = self.rowOffset, let last = rest.prefix(length).last,
            let moved = UInt32(exactly: Int64(last) - Int64(offset))
        else { return nil }
        let row = Array(rest.prefix(length).dropLast()) + [moved]
        var whole = filling
        whole.row = row
        return self.filled(with: whole) == name ? row : nil
    }

    private var rowOffset: Int? {
        self.parts.lazy.compactMap { if case .row(let offset) = $0 { offset } else { nil } }.first
    }

    /// The place of the number that sysObjectID gives; nil where there is none.
    var modelPlace: Int? { self.parts.firstIndex(of: .model) }
}
