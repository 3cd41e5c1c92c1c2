/// One SNMP agent that can be asked and told; requests to it go one after the other.
public protocol SNMPPort: Sendable {
    /// The values of `names` in their order; `missing` where the agent has none.
    ///
    /// However many there are: they are asked for in as many requests as the agent needs.
    func get(_ names: [OID]) async throws(SNMPFailure) -> [SNMPValue]
    /// All objects below `root` in the agent's order; more than `limit` is a failure, as is an agent that goes in circles.
    func walk(_ root: OID, limit: Int) async throws(SNMPFailure) -> [(name: OID, value: SNMPValue)]
    /// Sets objects in one request; never repeated unless `isRepeatable`: a lost answer says nothing of what was done.
    func set(_ objects: [(name: OID, value: SNMPValue)], isRepeatable: Bool) async throws(SNMPFailure)
}

/// Why an SNMP request came to nothing.
public struct SNMPFailure: Error, Hashable, Sendable {
    /// What the caller may conclude.
    public enum Kind: Hashable, Sendable {
        /// No answer at all: it is away, another address, or the community is wrong, which agents do not say.
        case silent
        /// The name of the host is not known, or the network says that nobody is there.
        case unreachable
        /// SNMPv3: the user, a password or a protocol is wrong.
        case notAuthentic
        /// The agent answered with an error status (RFC 3416, 3), such as 6 noAccess, 17 notWritable, 10 wrongValue.
        case refused(status: Int)
        /// An answer that makes no sense or is larger than allowed.
        case malformed
    }

    /// What the caller may conclude.
    public var kind: Kind
    /// What happened, in a few words.
    public var detail: String

    /// Makes a failure.
    public init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }
}
