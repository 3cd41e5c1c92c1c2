import SNMPTables
import SNMPTransport

/// Asks SNMP agents on the network, first in version 2c, and who does not answer in version 1.
struct SNMPAsker: SNMPAsking {
    /// Where agents answer.
    var port = 161
    /// How long an answer is waited for; agents of old management cards take half a second.
    private static let patience = Duration.seconds(1)

    func identity(at address: String, community: String) async -> SNMPIdentity? {
        let access: [(SNMPOptions.Access, isVersion1: Bool)] = [
            (.v2c(read: community, write: community), false), (.v1(read: community, write: community), true),
        ]
        for (access, isVersion1) in access {
            let agent = SNMPAgent(
                SNMPOptions(host: address, port: self.port, access: access, timeout: Self.patience, retries: 0))
            let identity = await Self.identity(of: agent, isVersion1: isVersion1)
            await agent.close()
            if let identity { return identity }
        }
        return nil
    }

    /// What an agent says of itself; nil where it does not answer.
    private static func identity(of agent: SNMPAgent, isVersion1: Bool) async -> SNMPIdentity? {
        let names = ["1.3.6.1.2.1.1.2.0", "1.3.6.1.2.1.1.1.0"].compactMap { OID($0) }
        guard let values = try? await agent.get(names), values.count == names.count else { return nil }
        var identity = SNMPIdentity(objectID: "unknown", description: "", isVersion1: isVersion1)
        if case .oid(let objectID) = values[0] { identity.objectID = objectID.description }
        if case .octets(let bytes) = values[1] { identity.description = String(decoding: bytes, as: UTF8.self) }
        return identity
    }
}
