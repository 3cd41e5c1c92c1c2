import PowerCore
import SNMPTables
import SNMPTransport
import Testing

/// What agents are asked and told, against a simulator that nobody here wrote.
@Suite(.enabled(if: Simulator.obstacle == nil, "\(Simulator.obstacle ?? "")"), .simulators, .serialized)
struct SimulatorTests {
    private static let communities: [SNMPOptions.Access] = [
        .v1(read: "lab", write: "lab"), .v2c(read: "lab", write: "lab"),
    ]
    private static let users = Simulators.users.map { SNMPOptions.Access.v3($0.ours) }

    private var simulators: Simulators.All {
        get throws { try #require(Simulators.current) }
    }

    @Test(arguments: Self.communities + Self.users)
    func `objects of all kinds are read, and missing ones are missing`(access: SNMPOptions.Access) async throws {
        let agent = try self.simulators.main.agent(access)
        let values = try await agent.get([Lab.name, Lab.missing, Lab.kind, Lab.time, Lab.missing, Lab.row(7)])
        #expect(
            values == [
                .octets(Array("lab pdu".utf8)), .missing, .oid(oid("1.3.6.1.4.1.318.1.3.4.5")), .unsigned(123_456),
                .missing, .integer(7),
            ])
    }

    @Test(arguments: Self.communities + Self.users)
    func `forty names are asked for in as many requests as it takes`(access: SNMPOptions.Access) async throws {
        let agent = try self.simulators.main.agent(access)
        let values = try await agent.get((1...40).map(Lab.row))
        #expect(values == (1...40).map { .integer($0) })
    }

    @Test(arguments: Self.communities + Self.users)
    func `a walk gives a whole column in its order`(access: SNMPOptions.Access) async throws {
        let agent = try self.simulators.main.agent(access)
        let rows = try await agent.walk(Lab.column, limit: 45)
        #expect(rows.map(\.name) == (1...45).map(Lab.row))
        #expect(rows.map(\.value) == (1...45).map { .integer($0) })
        #expect(try await agent.walk(Lab.missing, limit: 1).isEmpty)
    }

    @Test(arguments: [Self.communities[1], Self.users[0]])
    func `the end of everything ends a walk`(access: SNMPOptions.Access) async throws {
        let rows = try await self.simulators.main.agent(access).walk(oid("1.3.6.1.4.1.99999"), limit: 47)
        #expect(rows.map(\.name) == (1...45).map(Lab.row) + [Lab.switch, Lab.counter])
    }

    @Test(arguments: Self.communities + Self.users)
    func `what is set is read back`(access: SNMPOptions.Access) async throws {
        let agent = try self.simulators.main.agent(access)
        for value in [2, 1] as [Int64] {
            try await agent.set([(name: Lab.switch, value: .integer(value))], isRepeatable: true)
        }
        #expect(try await agent.get([Lab.switch]) == [.integer(1)])
    }

    @Test func `a counter of 64 bits is read whole`() async throws {
        let agent = try self.simulators.main.agent(Self.communities[1])
        #expect(try await agent.get([Lab.counter]) == [.unsigned(.max)])
    }

    @Test func `setting what cannot be set is refused`() async throws {
        let agent = try self.simulators.main.agent(Self.communities[1])
        await #expect(throws: SNMPFailure(.refused(status: 17), "it answers notWritable for \(Lab.missing)")) {
            try await agent.set([(name: Lab.missing, value: .integer(1))], isRepeatable: true)
        }
    }
}

/// Whether SNMPv3 says what is wrong, and keeps devices apart.
extension SimulatorTests {
    private static let user = Simulators.users[0].ours

    private func failure(_ change: (inout SNMPUser) -> Void) async throws -> SNMPFailure {
        var user = Self.user
        change(&user)
        let agent = try self.simulators.main.agent(.v3(user), timeout: .seconds(2), retries: 0)
        return try await #require(throws: SNMPFailure.self) { try await agent.get([Lab.name]) }
    }

    @Test func `SNMPv3 says who or what is wrong`() async throws {
        #expect(try await self.failure { $0.name = "nobody" } == .init(.notAuthentic, "it knows no user 'nobody'"))
        #expect(
            try await self.failure { $0.authentication?.password = "wrongpass1" }
                == .init(.notAuthentic, "the digest password of user 'shaaes', or its digest, is wrong"))
        #expect(
            try await self.failure { $0.authentication?.digest = .md5 }
                == .init(.notAuthentic, "the digest password of user 'shaaes', or its digest, is wrong"))
        #expect(
            try await self.failure { $0.privacy?.password = "wrongpass1" }
                == .init(.notAuthentic, "the privacy password of user 'shaaes', or its protocol, is wrong"))
        #expect(
            try await self.failure { $0.privacy = nil }
                == .init(
                    .notAuthentic,
                    "user 'shaaes' must be asked with other security: with a digest, or with privacy"))
        #expect(
            try await self.failure { $0.context = "nowhere" }
                == .init(
                    .silent,
                    "it is there, but does not answer; the privacy password, its protocol or the context may be wrong"))
    }

    @Test func `two devices with one engine and one user keep their passwords apart`() async throws {
        let agents = try zip(self.simulators.twins, Simulators.twins).map { $0.agent(.v3($1.ours)) }
        for _ in 0..<3 {
            for agent in agents { #expect(try await agent.get([Lab.row(1)]) == [.integer(1)]) }
        }
        let answers = try await withThrowingTaskGroup { group in
            for agent in agents + agents { group.addTask { try await agent.get((1...40).map(Lab.row)).count } }
            return try await group.reduce(0, +)
        }
        #expect(answers == 160)
        let swapped = try self.simulators.twins[1].agent(.v3(Simulators.twins[0].ours))
        let failure = await #expect(throws: SNMPFailure.self) { try await swapped.get([Lab.name]) }
        #expect(failure?.kind == .notAuthentic)
        #expect(try await agents[0].get([Lab.row(2)]) == [.integer(2)])
    }

    @Test func `a password may be corrected while the daemon runs`() async throws {
        let agent = try self.simulators.main.agent(.v3(Self.user))
        _ = try await self.failure { $0.authentication?.password = "wrongpass1" }
        #expect(try await agent.get([Lab.row(3)]) == [.integer(3)])
        _ = try await self.failure { $0.privacy?.password = "wrongpass1" }
        #expect(try await agent.get([Lab.row(4)]) == [.integer(4)])
    }

    @Test func `two hundred agents of SNMPv3 are asked at once`() async throws {
        let simulator = try self.simulators.main
        let sum = try await withThrowingTaskGroup { group in
            for number in 0..<200 {
                let user = Simulators.users[number % 3].ours
                let agent = simulator.agent(.v3(user), timeout: .seconds(20))
                group.addTask { try await agent.get([Lab.row(1)]).count }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 200)
    }

    @Test(arguments: ["8000000001020304", "8000000005060708"])
    func `a device that begins anew, or another in its place, is found again`(engine: String) async throws {
        let user = Simulators.twins[0]
        let first = try await Simulator(users: [user], engine: "8000000001020304")
        let agent = first.agent(.v3(user.ours))
        let before = try? await agent.get([Lab.row(1)])
        first.stop()
        let second = try await Simulator(users: [user], engine: engine, port: first.port)
        let after = try? await agent.get([Lab.row(2)])
        second.stop()
        #expect(before == [.integer(1)] && after == [.integer(2)])
    }
}
