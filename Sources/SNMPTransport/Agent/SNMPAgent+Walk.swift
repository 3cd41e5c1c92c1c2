public import SNMPTables

extension SNMPAgent {
    /// All objects below `root` in the agent's order: by GETBULK, or step by step where the agent knows no better.
    public func walk(_ root: OID, limit: Int) async throws(SNMPFailure) -> [(name: OID, value: SNMPValue)] {
        var rows: [(name: OID, value: SNMPValue)] = []
        var last = root
        var isBulk = !self.options.isV1
        while true {
            let response = try await self.send(SNMPRequest(isBulk ? .getBulk(Self.repetitions) : .getNext, [last]))
            switch SNMPErrorStatus(response.status) {
            case .none: break
            case .noSuchName: return rows
            // Some agents refuse what they would have to cut short.
            case .tooBig where isBulk, .other where isBulk:
                isBulk = false
                continue
            case .tooBig, .other: throw Self.refusal(response, of: [last])
            }
            guard let found = try Self.rows(in: response, below: root, behind: last) else {
                throw SNMPFailure(.malformed, "it answers a walk with nothing")
            }
            rows += found.rows
            guard rows.count <= limit else {
                throw SNMPFailure(.malformed, "it has more than \(limit) objects below \(root)")
            }
            guard let next = found.last else { return rows }
            last = next
        }
    }

    /// The objects of an answer that lie below `root`, and the last of them where more may follow; nil for no answer.
    private static func rows(
        in response: SNMPResponse, below root: OID, behind last: OID
    ) throws(SNMPFailure) -> (rows: [(name: OID, value: SNMPValue)], last: OID?)? {
        guard !response.objects.isEmpty else { return nil }
        var last = last
        var rows: [(name: OID, value: SNMPValue)] = []
        for object in response.objects {
            // At the end of everything, an agent repeats the name with nothing behind it.
            if object.value == .missing || object.name.suffix(behind: root) == nil { return (rows, nil) }
            guard last < object.name else {
                throw SNMPFailure(.malformed, "it goes in circles: \(object.name) comes behind \(last)")
            }
            rows.append(object)
            last = object.name
        }
        return (rows, last)
    }
}
