import Foundation
import Glibc
import PowerCore
import SNMPTables
import SNMPTransport
import Synchronization
import Testing

/// What comes of agents that are slow, old, mistaken or hostile.
struct FakeAgentTests {
    private static func agent(
        _ fake: FakeAgent, _ access: SNMPOptions.Access = .v2c(read: "public", write: "private"),
        timeout: Duration = .seconds(10), retries: Int = 0
    ) -> SNMPAgent {
        SNMPAgent(
            SNMPOptions(host: "127.0.0.1", port: fake.port, access: access, timeout: timeout, retries: retries))
    }

    /// Answers every name with the number of its row.
    @Sendable private static func rows(_ message: Message) -> Message? {
        message.answer(message.objects.map { .integer($0.name, Int($0.name.arcs.last ?? 0)) })
    }

    @Test func `garbage is not an answer, and does not keep the answer from being heard`() async throws {
        let fake = try FakeAgent { call in
            guard let message = call.message, let answer = Self.rows(message)?.bytes else { return }
            for length in stride(from: 1, to: answer.count, by: 3) { call.answer(Array(answer.prefix(length))) }
            for index in answer.indices.dropFirst(2) where index < 30 {
                var broken = answer
                broken[index] ^= 0xff
                if Message(broken)?.number != message.number || index < 13 { call.answer(broken) }
            }
            call.answer([UInt8](repeating: 0xff, count: 65_000))
            call.answer([])
            call.answer(answer)
        }
        let agent = Self.agent(fake, timeout: .seconds(20))
        #expect(try await agent.get([Lab.row(5)]) == [.integer(5)])
        fake.stop()
    }

    @Test func `an answer to another request is none`() async throws {
        let fake = try FakeAgent.speaking { message in
            var answer = Self.rows(message)
            answer?.number += 1
            return answer
        }
        let failure = await #expect(throws: SNMPFailure.self) {
            try await Self.agent(fake, timeout: .milliseconds(200)).get([Lab.row(1)])
        }
        #expect(failure == SNMPFailure(.silent, "no answer; it is away, or does not know this community"))
        fake.stop()
    }

    @Test func `an answer from elsewhere is none`() async throws {
        let fake = try FakeAgent { call in
            if let answer = call.message.flatMap(Self.rows) { call.answerFromElsewhere(answer.bytes) }
        }
        let failure = await #expect(throws: SNMPFailure.self) {
            try await Self.agent(fake, timeout: .milliseconds(200)).get([Lab.row(1)])
        }
        #expect(failure?.kind == .silent)
        fake.stop()
    }

    @Test func `a report of SNMPv3 is no answer of SNMPv2c`() async throws {
        let fake = try FakeAgent.speaking { message in
            var answer = Self.rows(message)
            answer?.kind = .report
            return answer
        }
        let failure = await #expect(throws: SNMPFailure.self) {
            try await Self.agent(fake, timeout: .milliseconds(200)).get([Lab.row(1)])
        }
        #expect(failure?.kind == .silent)
        fake.stop()
    }

    @Test func `an answer about something else is malformed`() async throws {
        let fake = try FakeAgent.speaking { $0.answer([.integer(Lab.row(9), 9)]) }
        await #expect(throws: SNMPFailure(.malformed, "it answers with other objects than those asked for")) {
            try await Self.agent(fake).get([Lab.row(1)])
        }
        fake.stop()
    }

    @Test func `a lost request is sent again`() async throws {
        let isFirst = Atomic(true)
        let fake = try FakeAgent.speaking { isFirst.exchange(false, ordering: .relaxed) ? nil : Self.rows($0) }
        let agent = Self.agent(fake, timeout: .milliseconds(200), retries: 5)
        #expect(try await agent.get([Lab.row(1)]) == [.integer(1)])
        let messages = fake.messages
        #expect(messages.count >= 2 && Set(messages.map(\.number)).count == 1)
        fake.stop()
    }

    @Test(arguments: [(false, 1), (true, 3)])
    func `an order is sent again only where that does no harm`(isRepeatable: Bool, count: Int) async throws {
        let fake = try FakeAgent.speaking { _ in nil }
        let agent = Self.agent(fake, timeout: .milliseconds(100), retries: 2)
        let failure = await #expect(throws: SNMPFailure.self) {
            try await agent.set([(name: Lab.switch, value: .integer(3))], isRepeatable: isRepeatable)
        }
        #expect(failure?.kind == .silent)
        #expect(fake.messages.count == count)
        fake.stop()
    }

    @Test func `orders go with their own community`() async throws {
        let fake = try FakeAgent.speaking { $0.answer($0.objects) }
        let agent = Self.agent(fake)
        _ = try await agent.get([Lab.switch])
        try await agent.set([(name: Lab.switch, value: .octets([1, 2]))], isRepeatable: false)
        #expect(fake.messages.map(\.community) == ["public", "private"])
        #expect(fake.messages.map(\.kind) == [.get, .set])
        #expect(fake.messages.last?.objects == [.init(name: Lab.switch, value: [4, 2, 1, 2])])
        fake.stop()
    }

    @Test(arguments: [
        (SNMPValue.integer(1 << 40), false), (.unsigned(1 << 40), false), (.missing, false), (.integer(-1), true),
        (.unsigned(4_000_000_000), true), (.oid(Lab.name), true), (.null, true),
    ])
    func `what no agent can be told is not sent`(value: SNMPValue, isSent: Bool) async throws {
        let fake = try FakeAgent.speaking { $0.answer($0.objects) }
        do throws(SNMPFailure) {
            try await Self.agent(fake).set([(name: Lab.switch, value: value)], isRepeatable: false)
            #expect(isSent)
        } catch {
            #expect(!isSent && error.kind == .malformed)
        }
        #expect(fake.heard.count == (isSent ? 1 : 0))
        fake.stop()
    }

    @Test func `an order that is refused says for what`() async throws {
        let fake = try FakeAgent.speaking { $0.answer($0.objects, status: 6, index: 2) }
        let objects = [Lab.row(1), Lab.row(2)].map { (name: $0, value: SNMPValue.integer(1)) }
        await #expect(throws: SNMPFailure(.refused(status: 6), "it answers noAccess for \(Lab.row(2))")) {
            try await Self.agent(fake).set(objects, isRepeatable: true)
        }
        fake.stop()
    }

    @Test func `an agent that is told too much is asked for less, then and later`() async throws {
        let fake = try FakeAgent.speaking { message in
            message.objects.count > 3 ? message.answer(message.objects, status: 1) : Self.rows(message)
        }
        let agent = Self.agent(fake)
        #expect(try await agent.get((1...9).map(Lab.row)) == (1...9).map { .integer($0) })
        #expect(fake.messages.map(\.objects.count) == [9, 4, 2, 2, 2, 2, 1])
        _ = try await agent.get((1...3).map(Lab.row))
        #expect(fake.messages.map(\.objects.count).suffix(2) == [2, 1])
        fake.stop()
    }

    @Test func `an agent to which one name is too much is refused`() async throws {
        let fake = try FakeAgent.speaking { $0.answer($0.objects, status: 1) }
        await #expect(throws: SNMPFailure(.refused(status: 1), "it answers tooBig")) {
            try await Self.agent(fake).get((1...9).map(Lab.row))
        }
        #expect(fake.messages.map(\.objects.count) == [9, 4, 2, 1])
        fake.stop()
    }

    @Test func `of SNMPv1 the missing are left out, and the others asked for again`() async throws {
        let missing: Set<OID> = [Lab.row(2), Lab.row(5), Lab.row(12)]
        let fake = try FakeAgent.speaking { message in
            let index = message.objects.firstIndex { missing.contains($0.name) }
            return index.map { message.answer(message.objects, status: 2, index: $0 + 1) } ?? Self.rows(message)
        }
        let agent = Self.agent(fake, .v1(read: "public", write: "public"))
        let expected = (1...12).map { missing.contains(Lab.row($0)) ? SNMPValue.missing : .integer(Int64($0)) }
        #expect(try await agent.get((1...12).map(Lab.row)) == expected)
        #expect(fake.messages.map(\.objects.count) == [10, 9, 8, 2, 1])
        fake.stop()
    }

    @Test func `an agent of SNMPv1 that does not say which is missing is asked for each`() async throws {
        let fake = try FakeAgent.speaking { message in
            message.objects.contains { $0.name == Lab.row(2) }
                ? message.answer(message.objects, status: 2) : Self.rows(message)
        }
        let agent = Self.agent(fake, .v1(read: "public", write: "public"))
        #expect(try await agent.get((1...4).map(Lab.row)) == [.integer(1), .missing, .integer(3), .integer(4)])
        fake.stop()
    }
}

/// Walks.
extension FakeAgentTests {
    /// The next rows, without end.
    @Sendable private static func endless(_ message: Message) -> Message? {
        guard let arcs = message.objects.first?.name.arcs, let last = arcs.last else { return nil }
        let start = arcs.count == Lab.column.arcs.count ? 0 : Int(last)
        let count = message.kind == .getBulk ? message.index : 1
        return message.answer((1...count).map { .integer(Lab.row(start + $0), start + $0) })
    }

    @Test(arguments: [SNMPOptions.Access.v1(read: "", write: ""), .v2c(read: "", write: "")])
    func `a walk without end is ended`(access: SNMPOptions.Access) async throws {
        let fake = try FakeAgent.speaking(Self.endless)
        await #expect(throws: SNMPFailure(.malformed, "it has more than 25 objects below \(Lab.column)")) {
            try await Self.agent(fake, access).walk(Lab.column, limit: 25)
        }
        #expect(fake.messages.count == (access == .v1(read: "", write: "") ? 26 : 3))
        fake.stop()
    }

    @Test func `a walk in circles is ended`() async throws {
        let fake = try FakeAgent.speaking { $0.answer([.integer(Lab.row(2), 2), .integer(Lab.row(1), 1)]) }
        await #expect(throws: SNMPFailure(.malformed, "it goes in circles: \(Lab.row(1)) comes behind \(Lab.row(2))")) {
            try await Self.agent(fake).walk(Lab.column, limit: 1000)
        }
        fake.stop()
    }

    @Test func `a walk that is answered with nothing is ended`() async throws {
        let fake = try FakeAgent.speaking { $0.answer([]) }
        await #expect(throws: SNMPFailure(.malformed, "it answers a walk with nothing")) {
            try await Self.agent(fake).walk(Lab.column, limit: 1000)
        }
        fake.stop()
    }

    @Test func `an agent that does not take many at once is walked step by step`() async throws {
        let fake = try FakeAgent.speaking { message in
            if message.kind == .getBulk { return message.answer(message.objects, status: 5) }
            let next = Self.endless(message)
            return next?.objects.first?.name == Lab.row(4) ? message.answer([.endOfView(Lab.row(3))]) : next
        }
        let rows = try await Self.agent(fake).walk(Lab.column, limit: 10)
        #expect(rows.map(\.name) == (1...3).map(Lab.row))
        fake.stop()
    }
}

/// Many at once, and the end.
extension FakeAgentTests {
    @Test func `more agents than select could hold are asked at once`() async throws {
        var files = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        files.rlim_cur = min(files.rlim_max, 4096)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        let count = files.rlim_cur >= 2000 ? 1100 : 200
        // Answers only when all have asked.
        let waiting = Mutex<[FakeAgent.Call]>([])
        let fake = try FakeAgent { call in
            let calls = waiting.withLock { waiting in
                waiting.append(call)
                return waiting.count >= count ? waiting : []
            }
            for call in calls {
                if let answer = call.message.flatMap(Self.rows) { call.answer(answer.bytes) }
            }
        }
        let agents = (0..<count).map { _ in Self.agent(fake, timeout: .seconds(30), retries: 2) }
        let sum = try await withThrowingTaskGroup { group in
            for agent in agents { group.addTask { try await agent.get([Lab.row(1)]).count } }
            return try await group.reduce(0, +)
        }
        #expect(sum == count)
        for agent in agents { await agent.close() }
        fake.stop()
    }

    @Test func `requests of one agent go one after the other, and not more than a few wait`() async throws {
        let isAwake = Atomic(false)
        let fake = try FakeAgent.speaking { isAwake.load(ordering: .relaxed) ? Self.rows($0) : nil }
        let agent = Self.agent(fake, timeout: .milliseconds(100), retries: 1000)
        let outcomes = await withTaskGroup { group in
            for number in 1...20 { group.addTask { await Self.count([Lab.row(number)], of: agent) } }
            var outcomes: [Result<Int, SNMPFailure>] = []
            // Four find the queue full; then the rest is answered.
            while outcomes.count < 4, let outcome = await group.next() { outcomes.append(outcome) }
            #expect(Set(fake.messages.map(\.number)).count <= 1)
            isAwake.store(true, ordering: .relaxed)
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        let full = Result<Int, SNMPFailure>.failure(SNMPFailure(.silent, "16 requests wait for it already"))
        #expect(outcomes == Array(repeating: full, count: 4) + Array(repeating: .success(1), count: 16))
        #expect(Set(fake.messages.map(\.number)).count == 16)
        fake.stop()
    }

    /// How many values come, or why none.
    @concurrent private static func count(_ names: [OID], of agent: SNMPAgent) async -> Result<Int, SNMPFailure> {
        do throws(SNMPFailure) {
            return .success(try await agent.get(names).count)
        } catch {
            return .failure(error)
        }
    }

    @Test func `a cancelled request ends at once, and the next one is answered`() async throws {
        let isFirst = Atomic(true)
        let (asked, tell) = AsyncStream<Void>.makeStream()
        let fake = try FakeAgent { call in
            tell.yield()
            guard !isFirst.exchange(false, ordering: .relaxed), let message = call.message else { return }
            if let answer = Self.rows(message) { call.answer(answer.bytes) }
        }
        let agent = Self.agent(fake, timeout: .seconds(1000))
        let task = Task { await Self.count([Lab.row(1)], of: agent) }
        for await _ in asked { break }
        let next = Task { await Self.count([Lab.row(2), Lab.row(3)], of: agent) }
        task.cancel()
        #expect(await task.value == .failure(SNMPFailure(.silent, "the request was given up")))
        #expect(await next.value == .success(2))
        fake.stop()
    }

    @Test func `a request that is cancelled before it begins is not sent`() async throws {
        let fake = try FakeAgent.speaking(Self.rows)
        let agent = Self.agent(fake, timeout: .seconds(1000))
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await Self.count([Lab.row(1)], of: agent)
        }
        task.cancel()
        #expect(await task.value == .failure(SNMPFailure(.silent, "the request was given up")))
        #expect(try await agent.get([Lab.row(2)]) == [.integer(2)])
        #expect(fake.messages.map(\.objects.first?.name) == [Lab.row(2)])
        fake.stop()
    }

    @Test func `closing ends what is under way`() async throws {
        let (asked, tell) = AsyncStream<Void>.makeStream()
        let fake = try FakeAgent { _ in tell.yield() }
        let agent = Self.agent(fake, timeout: .seconds(1000))
        let task = Task { await Self.count([Lab.row(1)], of: agent) }
        for await _ in asked { break }
        await agent.close()
        let closed = Result<Int, SNMPFailure>.failure(SNMPFailure(.silent, "it is not asked any more"))
        #expect(await task.value == closed)
        #expect(await Self.count([Lab.row(1)], of: agent) == closed)
        fake.stop()
    }

    @Test(arguments: [SNMPOptions.Access.v2c(read: "", write: ""), .v3(SNMPUser(name: "u"))])
    func `a port at which nobody listens is known at once`(access: SNMPOptions.Access) async throws {
        let port = try FakeAgent.freePort()
        let agent = SNMPAgent(
            SNMPOptions(host: "127.0.0.1", port: port, access: access, timeout: .seconds(1000)))
        for _ in 0..<2 {
            await #expect(throws: SNMPFailure(.unreachable, "nobody listens at UDP port \(port)")) {
                try await agent.get([Lab.row(1)])
            }
        }
    }

    @Test func `an agent of SNMPv3 that is away is away`() async throws {
        let fake = try FakeAgent { _ in }
        let access = SNMPOptions.Access.v3(SNMPUser(name: "u"))
        await #expect(throws: SNMPFailure(.silent, "no answer; it is away, or does not speak SNMPv3")) {
            try await Self.agent(fake, access, timeout: .milliseconds(100), retries: 2).get([Lab.row(1)])
        }
        #expect(fake.heard.count == 3)
        fake.stop()
    }

    @Test func `a name that nobody knows is a failure`() async throws {
        let agent = SNMPAgent(SNMPOptions(host: "no-such-device.invalid", timeout: .seconds(10)))
        let failure = await #expect(throws: SNMPFailure.self) { try await agent.get([Lab.row(1)]) }
        #expect(failure?.kind == .unreachable)
    }

    @Test func `a name is looked up`() async throws {
        let fake = try FakeAgent.speaking(Self.rows)
        let agent = SNMPAgent(SNMPOptions(host: "localhost", port: fake.port, timeout: .seconds(10)))
        // Where the name has an address of IPv6 too, nobody listens there; then the next one is tried.
        var values = try? await agent.get([Lab.row(1)])
        if values == nil { values = try await agent.get([Lab.row(1)]) }
        #expect(values == [.integer(1)])
        fake.stop()
    }

    @Test(arguments: [
        (SNMPUser(name: ""), "SNMPv3 needs the name of a user"),
        (SNMPUser(name: String(repeating: "x", count: 33)), "the name of the user has more than 32 bytes"),
        (SNMPUser(name: "u", context: String(repeating: "x", count: 33)), "the context has more than 32 bytes"),
        (
            SNMPUser(name: "u", authentication: .init(digest: .sha, password: "seven77")),
            "the digest password has fewer than 8 bytes, which SNMPv3 does not take"
        ),
        (
            SNMPUser(
                name: "u", authentication: .init(digest: .sha, password: "eight888"),
                privacy: .init(cipher: .des, password: "")),
            "the privacy password has fewer than 8 bytes, which SNMPv3 does not take"
        ),
        (
            SNMPUser(name: "u", privacy: .init(cipher: .des, password: "eight888")),
            "a user with privacy needs a digest too"
        ),
    ])
    func `a user that no agent can have is a sentence`(user: SNMPUser, problem: String) async throws {
        let options = SNMPOptions(host: "127.0.0.1", port: 9, access: .v3(user))
        #expect(options.problem == problem)
        await #expect(throws: SNMPFailure(.notAuthentic, problem)) {
            try await SNMPAgent(options).get([Lab.row(1)])
        }
    }

    @Test func `a community longer than agents take is a sentence`() {
        let long = String(repeating: "x", count: 256)
        let options = SNMPOptions(host: "h", access: .v1(read: "public", write: long))
        #expect(options.problem == "the community has 256 bytes; SNMP agents take at most 255")
        #expect(SNMPOptions(host: "h").problem == nil)
    }
}
