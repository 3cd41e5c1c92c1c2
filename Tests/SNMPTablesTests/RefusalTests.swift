import PowerCore
import SNMPFamilies
import SNMPTables
import Synchronization
import Testing

/// Why an order comes to nothing, as the driver tells it.
struct RefusalTests {
    private func agent(_ family: String) throws -> FakeAgent {
        FakeAgent(try #require(FamilyCase.all.first { $0.family == family }).objects)
    }

    private func failure(_ agent: FakeAgent, cycle: Bool = false) async -> DeviceFailure? {
        let pdu = outlets(agent)
        return await #expect(throws: DeviceFailure.self) {
            if cycle { try await pdu.cycle(1, offTime: .seconds(5)) } else { try await pdu.turn(1, .off) }
        }
    }

    @Test(arguments: [2, 4, 6, 11, 16, 17])
    func `rights that are missing are told with what to do`(status: Int) async throws {
        let agent = try self.agent("apc-rpdu")
        agent.change { $0.refusal = SNMPFailure(.refused(status: status), "refused") }
        let failure = await self.failure(agent)
        #expect(failure?.kind == .notPermitted)
        #expect(failure?.remedy.contains("Write+") == true)
        #expect(failure?.remedy.contains("may write") == true)
    }

    @Test(arguments: [3, 5, 7, 10, 12, 13, 14, 99])
    func `a refused value or a fault is no lack of rights`(status: Int) async throws {
        let agent = try self.agent("apc-rpdu")
        agent.change { $0.refusal = SNMPFailure(.refused(status: status), "refused") }
        #expect(await self.failure(agent)?.kind == .stalled)
    }

    @Test func `an agent that answers questions but says nothing to orders does not let us write`() async throws {
        let agent = try self.agent("apc-rpdu")
        agent.change { $0.refusal = SNMPFailure(.silent, "no answer within 9 s") }
        #expect(await self.failure(agent)?.kind == .notPermitted)
        // Nobody knows whether a cycle was carried out whose answer was lost.
        #expect(await self.failure(agent, cycle: true)?.kind == .timedOut)
        #expect(agent.orders.map(\.isRepeatable) == [true, false])
    }

    @Test func `an order whose answer was lost is done where the outlet stands as wanted`() async throws {
        let agent = try self.agent("apc-rpdu")
        agent.change { $0.refusal = SNMPFailure(.silent, "no answer within 9 s") }
        try await outlets(agent).turn(2, .off)
    }

    @Test func `silence is silence, and is looked into again when it is over`() async throws {
        let agent = try self.agent("apc-rpdu")
        let pdu = outlets(agent)
        _ = try await pdu.read()
        agent.change { $0.silence = SNMPFailure(.silent, "no answer within 9 s") }
        let failure = await #expect(throws: DeviceFailure.self) { try await pdu.read() }
        #expect(failure?.kind == .timedOut)
        #expect(failure?.remedy.contains("community") == true)
        agent.change { $0.silence = nil }
        // Another device stands there now.
        let other = try #require(FamilyCase.all.first { $0.family == "vertiv" }).objects
        let objects = FakeAgent(other).state.withLock { $0.objects }
        agent.change { $0.objects = objects }
        try await pdu.turn(1, .off)
        #expect(agent.orders.map(\.value) == [.integer(4)])
    }

    @Test(arguments: [
        (SNMPFailure.Kind.unreachable, DeviceFailure.Kind.gone), (.notAuthentic, .notPermitted), (.malformed, .stalled),
        (.refused(status: 16), .notPermitted), (.refused(status: 5), .stalled),
    ])
    func `every way in which a question fails has its kind`(
        kind: SNMPFailure.Kind, wanted: DeviceFailure.Kind
    ) async throws {
        let agent = try self.agent("apc-rpdu")
        agent.change { $0.silence = SNMPFailure(kind, "it failed") }
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets(agent).read() }
        #expect(failure?.kind == wanted)
        #expect(failure?.device == "rack-a")
    }

    @Test(arguments: [("sentry3", "1.3.6.1.4.1.1718.3.2.3.1.10.1.1.1", 7), ("sentry4", "1.3.6.1.4.1.1718.4.1.8.5.1.1.1.1.1", 15)])
    func `a lock of the device's is seen, and nothing is ordered`(
        family: String, control: String, locked: Int64
    ) async throws {
        let agent = try self.agent(family)
        agent.change { $0.objects[.of(control)] = .integer(locked) }
        #expect(try await outlets(agent).read().outlets.map(\.isLocked) == [true, false])
        #expect(await self.failure(agent)?.kind == .locked)
        #expect(agent.orders == [])
    }

    @Test func `Vertiv's outlets take orders only in manual mode, which is said`() async throws {
        let agent = try self.agent("vertiv")
        agent.change { $0.refusal = SNMPFailure(.refused(status: 12), "inconsistentValue") }
        let failure = await self.failure(agent)
        #expect(failure?.kind == .locked)
        #expect(failure?.remedy.contains("manual") == true)
    }

    @Test func `a table that is gone is not a table of unknown outlets`() async throws {
        let agent = try self.agent("apc-rpdu")
        let pdu = outlets(agent)
        _ = try await pdu.read()
        agent.change { $0.objects = [:] }
        let failure = await #expect(throws: DeviceFailure.self) { try await pdu.read() }
        #expect(failure?.kind == .stalled)
    }

    @Test func `names are written where the family can, and no longer than they may be`() async throws {
        let agent = try self.agent("apc-rpdu")
        let pdu = outlets(agent)
        try await pdu.rename(2, to: "nas")
        #expect(
            agent.orders == [
                .init(
                    name: .of("1.3.6.1.4.1.318.1.1.12.3.4.1.1.2.2"), value: .octets(Array("nas".utf8)),
                    isRepeatable: true)
            ])
        let long = await #expect(throws: DeviceFailure.self) {
            try await pdu.rename(2, to: String(repeating: "a", count: 21))
        }
        #expect(long?.detail.contains("20 bytes") == true)
        let vertiv = outlets(try self.agent("vertiv"))
        let failure = await #expect(throws: DeviceFailure.self) { try await vertiv.rename(1, to: "nas") }
        #expect(failure?.kind == .notSupported)
    }

    @Test func `an agent with nothing that is known is told what to do`() async throws {
        let agent = FakeAgent(["1.3.6.1.2.1.1.2.0": "1.3.6.1.4.1.8072.3.2.10"])
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets(agent).read() }
        #expect(failure?.kind == .notSupported)
        #expect(failure?.detail.contains("8072.3.2.10") == true)
        #expect(failure?.remedy.contains("families:") == true)
    }

    @Test func `a poll asks for what changes, in one call, and not for the model again`() async throws {
        let agent = try Recording.arePresent ? Recording("apc_ap7900").agent() : self.agent("apc-rpdu")
        let pdu = outlets(agent)
        let count = try await pdu.read().outlets.count
        let before = agent.state.withLock { ($0.calls, $0.asked) }
        _ = try await pdu.read()
        let after = agent.state.withLock { ($0.calls, $0.asked) }
        #expect(after.0 - before.0 == 1)
        // Name, state, pending and amperes of each, and two of the whole.
        #expect(after.1 - before.1 == count * 4 + 2)
    }
}
