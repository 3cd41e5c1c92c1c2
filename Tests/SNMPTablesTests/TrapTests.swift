import PowerCore
import SNMPFamilies
@testable import SNMPTables
import Synchronization
import Testing

/// What devices do that would make one switch the wrong outlet or believe the wrong thing.
struct TrapTests {
    private static let apc = "1.3.6.1.4.1.318.1.1"

    @Test func `a counter of outlets is never asked for, whatever it says`() async throws {
        var objects = try #require(FamilyCase.all.first { $0.family == "apc-rpdu" }).objects
        objects["\(Self.apc).12.3.1.3.0"] = 40
        objects["\(Self.apc).12.1.8.0"] = 0
        #expect(try await outlets(FakeAgent(objects)).read().outlets.map(\.number) == [1, 2])
    }

    @Test func `sysObjectID only says whose tables are looked for first`() async throws {
        let objects = try #require(FamilyCase.all.first { $0.family == "iboot" }).objects
        for hint: any FakeValue in ["1.3.6.1.4.1.8072.3.2.10", ".1.3.6.1.4.1.318.1.3.4.5", "nonsense", 7] {
            let agent = FakeAgent(objects.merging(["1.3.6.1.2.1.1.2.0": hint]) { first, _ in first })
            #expect(try await outlets(agent).read().outlets.map(\.name) == ["web", "db"])
        }
    }

    @Test func `the vendor's own families are looked for first`() async throws {
        let objects = try #require(FamilyCase.all.first { $0.family == "sentry4" }).objects
        let agent = FakeAgent(objects.merging(["1.3.6.1.2.1.1.2.0": "1.3.6.1.4.1.1718.4"]) { first, _ in first })
        _ = try await outlets(agent).read()
        let walked = agent.state.withLock { $0.walked }
        #expect(walked.count <= 2)
        #expect(walked.allSatisfy { $0.description.hasPrefix("1.3.6.1.4.1.1718") })
    }

    @Test func `a device that answers to three tables of APC's is read and switched by one`() async throws {
        let all = FamilyCase.all.filter { ["apc-rpdu2", "apc-rpdu", "apc-spdu"].contains($0.family) }
        let agent = FakeAgent(all.reduce(into: [:]) { $0.merge($1.objects) { first, _ in first } })
        try await outlets(agent).turn(1, .off)
        #expect(agent.orders.map(\.name) == [.of("\(Self.apc).26.9.2.4.1.5.1")])
    }

    @Test func `a command that is pending is shown as the other position to come`() async throws {
        let objects = try #require(FamilyCase.all.first { $0.family == "apc-rpdu" }).objects
        let agent = FakeAgent(objects)
        agent.change {
            $0.objects[.of("\(Self.apc).12.3.5.1.1.5.1")] = .integer(1)
            $0.objects[.of("\(Self.apc).12.3.5.1.1.5.2")] = .integer(1)
        }
        let reading = try await outlets(agent).read()
        #expect(reading.outlets.map(\.position) == [.on, .off])
        #expect(reading.outlets.map(\.pending) == [.off, .on])
    }

    @Test(arguments: [("eaton-g3", 2, 3), ("hpe-g1", 3, 4), ("vertiv", 3, 4), ("vertiv", 5, 6)])
    func `an outlet on its way is still where it is`(family: String, goingOff: Int64, goingOn: Int64) async throws {
        let device = try #require(FamilyCase.all.first { $0.family == family })
        let agent = FakeAgent(device.objects)
        let states = try #require(EmbeddedFamilies.all.family(family)).stateNames(among: device.objects)
        agent.change { state in
            state.objects[states[0]] = .integer(goingOff)
            state.objects[states[1]] = .integer(goingOn)
        }
        let reading = try await outlets(agent).read()
        #expect(reading.outlets.map(\.position) == [.on, .off])
        #expect(reading.outlets.map(\.pending) == [.off, .on])
    }

    // MARK: Numbers

    @Test func `rows of an iBoot begin with 0, its outlets with 1`() async throws {
        let agent = FakeAgent(try #require(FamilyCase.all.first { $0.family == "iboot" }).objects)
        try await outlets(agent).turn(1, .off)
        #expect(agent.orders.map(\.name) == [.of("1.3.6.1.4.1.1418.6.5.1.5.0")])
    }

    @Test func `a table that counts from 0 is counted from 1`() async throws {
        let base = "1.3.6.1.4.1.534.6.6.6.1.2.2.1"
        let agent = FakeAgent(FamilyCase.columns(base, [("2", "web", "db"), ("3", 1, 0)], rows: ("0", "1")))
        let pdu = outlets(agent)
        #expect(try await pdu.read().outlets.map(\.number) == [1, 2])
        try await pdu.turn(1, .off)
        #expect(agent.orders.map(\.name) == [.of("\(base).3.0")])
    }

    /// Two units of a chain of Eaton's, each with outlets 1 and 2.
    private static let chain: [String: any FakeValue] = {
        let base = "1.3.6.1.4.1.534.6.6.7.6"
        let first = FamilyCase.columns(base, [("1.1.3", "a", "b"), ("6.1.2", 1, 0)], rows: ("0.1", "0.2"))
        let second = FamilyCase.columns(base, [("1.1.3", "c", "d"), ("6.1.2", 1, 1)], rows: ("5.1", "5.2"))
        return first.merging(second) { first, _ in first }
    }()

    @Test func `a chain is numbered through, and says which unit an outlet belongs to`() async throws {
        let agent = FakeAgent(Self.chain)
        let pdu = outlets(agent)
        let reading = try await pdu.read()
        #expect(reading.outlets.map(\.number) == [1, 2, 3, 4])
        #expect(reading.outlets.map(\.name) == ["a", "b", "c", "d"])
        #expect(reading.outlets.map(\.group) == ["unit 0", "unit 0", "unit 5", "unit 5"])
        try await pdu.turn(3, .off)
        #expect(agent.orders.map(\.name) == [.of("1.3.6.1.4.1.534.6.6.7.6.6.1.3.5.1")])
    }

    @Test func `one unit of a chain has the numbers printed on it`() async throws {
        let agent = FakeAgent(Self.chain)
        let pdu = outlets(agent, unit: 5)
        #expect(try await pdu.read().outlets.map(\.name) == ["c", "d"])
        try await pdu.turn(2, .off)
        #expect(agent.orders.map(\.name) == [.of("1.3.6.1.4.1.534.6.6.7.6.6.1.3.5.2")])
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets(agent, unit: 3).read() }
        #expect(failure?.detail == "it has no unit 3")
    }

    @Test func `a chain that lost a unit does not give its numbers to other outlets`() async throws {
        let agent = FakeAgent(Self.chain)
        let pdu = outlets(agent)
        _ = try await pdu.read()
        agent.change { state in
            state.objects = state.objects.filter { !$0.key.description.contains(".0.1") && !$0.key.description.contains(".0.2") }
        }
        for _ in 0..<2 {
            let failure = await #expect(throws: DeviceFailure.self) {
                // The first readings still know the chain as it was.
                for _ in 0...SNMPOutlets.readingsPerScan { _ = try await pdu.read() }
            }
            #expect(failure?.kind == .stalled)
        }
        await #expect(throws: DeviceFailure.self) { try await pdu.turn(1, .off) }
        #expect(agent.orders == [])
    }

    @Test func `a chain of APC's is numbered through by its rows and grouped by its modules`() async throws {
        let base = "\(Self.apc).26.9.2.3.1"
        let first = FamilyCase.columns(base, [("2", 1, 1), ("3", "a", "b"), ("4", 1, 2), ("5", 2, 1)], rows: ("1", "2"))
        let second = FamilyCase.columns(base, [("2", 2, 2), ("3", "c", "d"), ("4", 1, 2), ("5", 2, 2)], rows: ("3", "4"))
        let agent = FakeAgent(first.merging(second) { first, _ in first })
        let reading = try await outlets(agent).read()
        #expect(reading.outlets.map(\.number) == [1, 2, 3, 4])
        #expect(reading.outlets.map(\.group) == ["unit 1", "unit 1", "unit 2", "unit 2"])
        let unit = outlets(agent, unit: 2)
        #expect(try await unit.read().outlets.map(\.name) == ["c", "d"])
        try await unit.turn(1, .off)
        #expect(agent.orders.map(\.name) == [.of("\(Self.apc).26.9.2.4.1.5.3")])
    }

    @Test func `towers and infeeds of a Sentry have the same numbers, which are numbered through`() async throws {
        let base = "1.3.6.1.4.1.1718.3.2.3.1"
        let first = FamilyCase.columns(base, [("3", "a", "b"), ("5", 1, 0)], rows: ("1.1.1", "1.1.2"))
        let second = FamilyCase.columns(base, [("2", "BA1", "BA2"), ("3", "", "d"), ("5", 1, 1)], rows: ("2.1.1", "2.1.2"))
        let agent = FakeAgent(first.merging(second) { first, _ in first })
        let reading = try await outlets(agent).read()
        #expect(reading.outlets.map(\.name) == ["a", "b", "BA1", "d"])
        #expect(reading.outlets.last?.group == "tower 2, infeed 1")
    }

    @Test func `more rows than the longest chain has are refused`() async throws {
        let agent = FakeAgent()
        agent.change { state in
            for row in 1...(SNMPOutlets.mostRows + 1) {
                state.objects[.of("\(Self.apc).12.3.5.1.1.4.\(row)")] = .integer(1)
            }
        }
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets(agent).read() }
        #expect(failure?.kind == .stalled)
        agent.change { $0.objects[.of("\(Self.apc).12.3.5.1.1.4.\(SNMPOutlets.mostRows + 1)")] = nil }
        #expect(try await outlets(agent).read().outlets.count == SNMPOutlets.mostRows)
    }

    // MARK: Units

    @Test func `Raritan's decimal digits are those of the device`() async throws {
        var objects = try #require(FamilyCase.all.first { $0.family == "raritan-px2" }).objects
        let base = "1.3.6.1.4.1.13742.6"
        for (sensor, value, digits) in [(1, 633, 3), (4, 231, 0), (5, 143, 0), (6, 151, 0), (8, 12345, 0)] {
            objects["\(base).5.4.3.1.4.1.1.\(sensor)"] = value
            objects["\(base).3.5.4.1.7.1.1.\(sensor)"] = digits
        }
        objects["\(base).5.4.3.1.4.1.2.1"] = 500
        let reading = try await outlets(FakeAgent(objects)).read()
        let first = try #require(reading.outlets.first)
        #expect(first.current.map { ($0 * 1000).rounded() } == 633)
        #expect(first.voltage == 231)
        #expect(first.power == Watts(143))
        #expect(first.apparentPower == 151)
        #expect(first.energy == WattHours(12345))
        // A number without its digits means nothing.
        #expect(reading.outlets.last?.current == nil)
    }

    @Test func `minus one and what is no number are not measured`() async throws {
        var objects = try #require(FamilyCase.all.first { $0.family == "apc-rpdu2" }).objects
        objects["\(Self.apc).26.9.4.3.1.7.1"] = -1
        objects["\(Self.apc).26.9.4.3.1.7.2"] = "notsupported "
        objects["\(Self.apc).26.9.4.3.1.6.1"] = "12"
        objects["\(Self.apc).26.4.3.1.5.1"] = -1
        let reading = try await outlets(FakeAgent(objects)).read()
        #expect(reading.outlets.map(\.power) == [nil, nil])
        #expect(reading.outlets.first?.current.map { ($0 * 10).rounded() } == 12)
        #expect(reading.value("input.realpower") == nil)
    }

    @Test func `names are read on one line, without what agents put behind them`() async throws {
        let objects = try #require(FamilyCase.all.first { $0.family == "apc-rpdu" }).objects
        let agent = FakeAgent(objects)
        let name = OID.of("\(Self.apc).12.3.5.1.1.2.1")
        for (bytes, wanted) in [
            (Array("web ".utf8) + [0, 0x41], "web"), ([0x62, 0xfc, 0x72, 0x6f], "büro"), (Array("a\nb".utf8), "a b"),
            (Array("büro".utf8), "büro"),
        ] {
            agent.change { $0.objects[name] = .octets(bytes) }
            #expect(try await outlets(agent).read().outlets.first?.name == wanted)
        }
        agent.change { $0.objects[name] = .octets([0x20, 0]) }
        #expect(try await outlets(agent).read().outlets.first?.name == nil)
        agent.change { $0.objects[name] = .octets(Array(repeating: 0x61, count: 60_000)) }
        #expect(try await outlets(agent).read().outlets.first?.name?.count == 255)
    }

    @Test func `what cannot be switched says so`() async throws {
        let device = try #require(FamilyCase.all.first { $0.family == "eaton-g3" })
        let agent = FakeAgent(device.objects.merging(["1.3.6.1.4.1.534.6.6.7.6.6.1.9.0.2": 2]) { _, new in new })
        #expect(try await outlets(agent).read().outlets.map(\.isSwitchable) == [true, false])
    }
}
