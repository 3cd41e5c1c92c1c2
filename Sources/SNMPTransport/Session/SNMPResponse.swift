internal import CNetSNMP
internal import SNMPTables

/// What an agent has answered.
struct SNMPResponse: Sendable {
    /// The error status; 0 for none (RFC 3416, 3).
    var status: Int
    /// The object that the status is about, counted from 1; 0 for none.
    var index: Int
    var objects: [(name: OID, value: SNMPValue)]

    /// Reads an answer; nil where it has a name that is none.
    init?(_ answer: cnetsnmp_answer) {
        let raw = UnsafeBufferPointer(start: answer.objects, count: answer.count)
        let objects = raw.compactMap(Self.object)
        guard objects.count == raw.count else { return nil }
        self.status = answer.status
        self.index = answer.index
        self.objects = objects
    }

    private static func object(_ raw: cnetsnmp_object) -> (name: OID, value: SNMPValue)? {
        guard let name = Self.oid(raw.name, raw.name_length), let value = Self.value(raw) else { return nil }
        return (name, value)
    }

    private static func value(_ raw: cnetsnmp_object) -> SNMPValue? {
        switch raw.type {
        case .CNETSNMP_INTEGER: .integer(raw.integer)
        case .CNETSNMP_UNSIGNED: .unsigned(raw.number)
        case .CNETSNMP_OCTETS: .octets(Array(UnsafeBufferPointer(start: raw.octets, count: raw.length)))
        case .CNETSNMP_OID: Self.oid(raw.oid, raw.length).map { .oid($0) }
        case .CNETSNMP_NULL: .null
        case .CNETSNMP_MISSING: .missing
        }
    }

    private static func oid(_ start: UnsafePointer<UInt>?, _ count: Int) -> OID? {
        let arcs = UnsafeBufferPointer(start: start, count: count).compactMap { UInt32(exactly: $0) }
        return arcs.count == count ? OID(arcs) : nil
    }
}
