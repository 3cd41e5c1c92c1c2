public import SNMPTables

extension SNMPAgent {
    /// The values of `names` in their order; in fewer and fewer at once for an agent to which they are too many.
    public func get(_ names: [OID]) async throws(SNMPFailure) -> [SNMPValue] {
        var values: [SNMPValue] = []
        while values.count < names.count {
            let part = Array(names[values.count...].prefix(self.namesPerRequest))
            guard let found = try await self.values(of: part) else { continue }
            values += found
        }
        return values
    }

    /// The values of what fits into one request; nil where it must be asked for in smaller parts.
    private func values(of names: [OID]) async throws(SNMPFailure) -> [SNMPValue]? {
        var values = [SNMPValue](repeating: .missing, count: names.count)
        /// Those that are not known to be missing.
        var asked = Array(names.indices)
        while !asked.isEmpty {
            let response = try await self.send(SNMPRequest(.get, asked.map { names[$0] }))
            switch SNMPErrorStatus(response.status) {
            case .none:
                let found = try Self.values(in: response, of: asked.map { names[$0] })
                for (index, value) in zip(asked, found) { values[index] = value }
                return values
            case .noSuchName where asked.indices.contains(response.index - 1):
                asked.remove(at: response.index - 1)
            case .noSuchName where asked.count == 1:
                asked = []
            case .tooBig where self.halve(from: asked.count), .noSuchName where self.halve(from: asked.count):
                return nil
            default:
                throw Self.refusal(response, of: asked.map { names[$0] })
            }
        }
        return values
    }

    /// The values of an answer, which must be about the names that were asked for.
    private static func values(in response: SNMPResponse, of names: [OID]) throws(SNMPFailure) -> [SNMPValue] {
        guard response.objects.map(\.name) == names else {
            throw SNMPFailure(.malformed, "it answers with other objects than those asked for")
        }
        return response.objects.map(\.value)
    }

    /// The failure that an error status is.
    static func refusal(_ response: SNMPResponse, of names: [OID]) -> SNMPFailure {
        let isAbout = names.indices.contains(response.index - 1)
        return .refused(status: response.status, isAbout ? names[response.index - 1] : nil)
    }
}

/// The error statuses that are more than a refusal (RFC 3416, 3).
enum SNMPErrorStatus: Hashable {
    case none, tooBig, noSuchName, other

    init(_ status: Int) {
        switch status {
        case 0: self = .none
        case 1: self = .tooBig
        case 2: self = .noSuchName
        default: self = .other
        }
    }
}
