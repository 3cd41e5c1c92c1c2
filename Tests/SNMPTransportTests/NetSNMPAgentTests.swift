import PowerCore
import SNMPTables
import SNMPTransport
import Testing

/// What net-snmp's own agent does, as far as it differs from the simulator.
@Suite(.enabled(if: NetSNMPAgent.obstacle == nil, "\(NetSNMPAgent.obstacle ?? "")"))
struct NetSNMPAgentTests {
    private static let label = oid("1.3.6.1.2.1.1.5.0")

    @Test func `an agent says what may not be read or written`() async throws {
        let daemon = try await NetSNMPAgent()
        let old = daemon.agent(.v1(read: "public", write: "public"))
        let new = daemon.agent(.v2c(read: "public", write: "private"))
        for agent in [old, new] {
            let values = try await agent.get([Lab.missing, Self.label, Lab.missing])
            #expect(values == [.missing, .octets(Array("box".utf8)), .missing])
        }
        let order = [(name: Self.label, value: SNMPValue.octets([0x78]))]
        await #expect(throws: SNMPFailure(.refused(status: 2), "it answers noSuchName for \(Self.label)")) {
            try await old.set(order, isRepeatable: true)
        }
        await #expect(throws: SNMPFailure(.refused(status: 17), "it answers notWritable for \(Self.label)")) {
            try await new.set(order, isRepeatable: true)
        }
        let reader = daemon.agent(.v2c(read: "public", write: "public"))
        await #expect(throws: SNMPFailure(.refused(status: 6), "it answers noAccess for \(Self.label)")) {
            try await reader.set(order, isRepeatable: true)
        }
        daemon.stop()
    }

    @Test func `a user of SNMPv3 without a password may read what is open`() async throws {
        let daemon = try await NetSNMPAgent()
        let agent = daemon.agent(.v3(SNMPUser(name: "open")))
        #expect(try await agent.get([Self.label, Lab.missing]) == [.octets(Array("box".utf8)), .missing])
        let failure = await #expect(throws: SNMPFailure.self) {
            try await agent.set([(name: Self.label, value: .octets([0x78]))], isRepeatable: true)
        }
        #expect(failure == SNMPFailure(.refused(status: 6), "it answers noAccess for \(Self.label)"))
        daemon.stop()
    }

    @Test func `a wrong privacy password is silence, and said to be perhaps one`() async throws {
        let daemon = try await NetSNMPAgent()
        var user = NetSNMPAgent.user
        user.privacy?.password = "wrongpass1"
        let agent = daemon.agent(.v3(user), timeout: .seconds(1), retries: 0)
        let sentence =
            "it is there, but does not answer; the privacy password, its protocol or the context may be wrong"
        await #expect(throws: SNMPFailure(.silent, sentence)) { try await agent.get([Self.label]) }
        daemon.stop()
    }

    @Test(arguments: [SNMPValue.integer(1), .integer(12)])
    func `a device that counts its starts anew, or many, is found again`(starts: SNMPValue) async throws {
        guard case .integer(let count) = starts else { return }
        let first = try await NetSNMPAgent(starts: 8)
        let agent = first.agent(.v3(NetSNMPAgent.user), timeout: .seconds(1), retries: 5)
        #expect(try await agent.get([Self.label]) == [.octets(Array("box".utf8))])
        #expect(try await first.starts() == .integer(9))
        first.stop()
        let second = try await NetSNMPAgent(port: first.port, starts: Int(count) - 1)
        #expect(try await second.starts() == starts)
        #expect(try await agent.get([Self.label]) == [.octets(Array("box".utf8))])
        second.stop()
    }
}
