internal import CNetSNMP
internal import SNMPTables

/// One message to an agent.
struct SNMPRequest: Sendable {
    /// What is asked for.
    enum Command: Hashable, Sendable {
        /// The objects themselves.
        case get
        /// The object behind each.
        case getNext
        /// So many objects behind the one.
        case getBulk(Int)
        /// To be changed; `isRepeatable` where a second one does no harm.
        case set(isRepeatable: Bool)
    }

    var command: Command
    var objects: [(name: OID, value: SNMPValue)]

    /// Asks for objects by name.
    init(_ command: Command, _ names: [OID]) {
        self.command = command
        self.objects = names.map { (name: $0, value: .null) }
    }

    /// Changes objects.
    init(setting objects: [(name: OID, value: SNMPValue)], isRepeatable: Bool) {
        self.command = .set(isRepeatable: isRepeatable)
        self.objects = objects
    }

    /// Whether the message may be sent again when nobody answers.
    var isRepeatable: Bool {
        if case .set(let isRepeatable) = self.command { return isRepeatable }
        return true
    }
}

extension SNMPRequest {
    /// Lends the request as the shim takes it; the pointers in it are valid within `body` only.
    func withRaw<Result>(
        community: String, timeout: Int, retries: Int, _ body: (UnsafePointer<cnetsnmp_request>) -> Result
    ) -> Result {
        // All numbers of all OIDs, and all bytes, one behind the other.
        let numbers = self.objects.flatMap { $0.name.arcs.map(UInt.init) + $0.value.raw.oid }
        let bytes = self.objects.flatMap(\.value.raw.octets)
        return numbers.withUnsafeBufferPointer { numbers in
            bytes.withUnsafeBufferPointer { bytes in
                let objects = self.rawObjects(numbers, bytes)
                return objects.withUnsafeBufferPointer { objects in
                    community.withCString { community in
                        var raw = cnetsnmp_request(
                            command: self.rawCommand, community: community, objects: objects.baseAddress,
                            count: objects.count, repetitions: self.repetitions, timeout_ms: timeout,
                            retries: Int32(clamping: retries))
                        return body(&raw)
                    }
                }
            }
        }
    }

    private func rawObjects(
        _ numbers: UnsafeBufferPointer<UInt>, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> [cnetsnmp_object] {
        var (number, byte) = (0, 0)
        return self.objects.map { object in
            let value = object.value.raw
            let name = numbers.baseAddress.map { $0 + number }
            number += object.name.arcs.count
            let oid = numbers.baseAddress.map { $0 + number }
            number += value.oid.count
            let octets = bytes.baseAddress.map { $0 + byte }
            byte += value.octets.count
            return cnetsnmp_object(
                name: name, name_length: object.name.arcs.count, type: value.type, integer: value.integer,
                number: value.number, octets: octets, oid: oid, length: max(value.oid.count, value.octets.count))
        }
    }

    private var rawCommand: cnetsnmp_command {
        switch self.command {
        case .get: .CNETSNMP_GET
        case .getNext: .CNETSNMP_GETNEXT
        case .getBulk: .CNETSNMP_GETBULK
        case .set: .CNETSNMP_SET
        }
    }

    private var repetitions: Int {
        if case .getBulk(let count) = self.command { return count }
        return 0
    }
}

extension SNMPValue {
    /// The value in the shim's parts.
    fileprivate var raw: (type: cnetsnmp_type, integer: Int64, number: UInt64, octets: [UInt8], oid: [UInt]) {
        switch self {
        case .integer(let value): (.CNETSNMP_INTEGER, value, 0, [], [])
        case .unsigned(let value): (.CNETSNMP_UNSIGNED, 0, value, [], [])
        case .octets(let bytes): (.CNETSNMP_OCTETS, 0, 0, bytes, [])
        case .oid(let oid): (.CNETSNMP_OID, 0, 0, [], oid.arcs.map(UInt.init))
        case .null, .missing: (.CNETSNMP_NULL, 0, 0, [], [])
        }
    }

    /// Whether an agent can be told this value: SNMP's numbers have 32 bits (RFC 2578, 7.1).
    var canBeSet: Bool {
        switch self {
        case .integer(let value): Int32(exactly: value) != nil
        case .unsigned(let value): UInt32(exactly: value) != nil
        case .octets, .oid, .null: true
        case .missing: false
        }
    }
}
