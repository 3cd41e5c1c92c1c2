public import SNMPTables

/// An SNMP agent on the network.
///
/// Nothing is sent before the first call. The agent may be dropped at any time; ``close()`` is for a tidy end.
public final class SNMPAgent: SNMPPort {
    /// Makes an agent.
    public init(_ options: SNMPOptions) {
    }

    public func get(_ names: [OID]) async throws(SNMPFailure) -> [SNMPValue] {
        throw SNMPFailure(.silent, "not yet")
    }

    public func walk(_ root: OID, limit: Int) async throws(SNMPFailure) -> [(name: OID, value: SNMPValue)] {
        throw SNMPFailure(.silent, "not yet")
    }

    public func set(_ objects: [(name: OID, value: SNMPValue)], isRepeatable: Bool) async throws(SNMPFailure) {
        throw SNMPFailure(.silent, "not yet")
    }

    /// Ends what is under way, which then fails, and gives the socket back.
    public func close() async {
    }
}
