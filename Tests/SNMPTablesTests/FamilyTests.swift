import PowerCore
import SNMPFamilies
@testable import SNMPTables
import Testing

/// The outlets of an agent, all families known.
func outlets(_ agent: FakeAgent, unit: Int? = nil) -> SNMPOutlets {
    SNMPOutlets(id: "rack-a", port: agent, families: EmbeddedFamilies.all, unit: unit)
}

@Test func `every family with outlets is tried`() {
    let tried = Set(FamilyCase.all.map(\.family))
    let untried = EmbeddedFamilies.files.filter { $0.text.contains("\noutlets:") && !tried.contains($0.name) }
    #expect(untried.map(\.name) == ["wti"])
}

@Test func `a family whose orders nobody knows is only read`() async throws {
    let wti = "1.3.6.1.4.1.2634.3.100.200.1"
    let pdu = outlets(FakeAgent(["\(wti).5.1": "web", "\(wti).5.2": "db", "\(wti).3.1": 1, "\(wti).3.2": 0]))
    let reading = try await pdu.read()
    #expect(reading.outlets.map(\.name) == ["web", "db"])
    #expect(reading.outlets.map(\.position) == [.on, .off])
    #expect(reading.outlets.allSatisfy { !$0.isSwitchable })
    let failure = await #expect(throws: DeviceFailure.self) { try await pdu.turn(1, .off) }
    #expect(failure?.kind == .notSupported)
}

@Test func `Avocent's states say where an outlet goes, and that it is locked`() async throws {
    let avocent = "1.3.6.1.4.1.10418.17.2.5.5.1"
    let agent = FakeAgent([
        "\(avocent).4.1.1.1": "web", "\(avocent).5.1.1.1": 3, "\(avocent).4.1.1.2": "db", "\(avocent).5.1.1.2": 4,
        "\(avocent).4.1.1.3": "gpu", "\(avocent).5.1.1.3": 7,
    ])
    let found = try await outlets(agent).read().outlets
    #expect(found.map(\.position) == [.off, .on, .off])
    #expect(found.map(\.isLocked) == [true, true, false])
    #expect(found.map(\.pending) == [nil, nil, .on])
}

@Test(arguments: FamilyCase.all)
func `the first outlet is read as on and the second as off, with their names`(device: FamilyCase) async throws {
    let reading = try await outlets(FakeAgent(device.objects)).read()
    #expect(reading.outlets.map(\.number) == device.numbers)
    #expect(reading.outlets.map(\.name) == device.names)
    #expect(reading.outlets.map(\.position) == [.on, .off])
    #expect(reading.outlets.allSatisfy { $0.isSwitchable && !$0.isLocked && $0.pending == nil && $0.group == nil })
    #expect(reading.value("device.mfr") != nil || device.family.hasPrefix("raritan-px2"))
}

@Test(arguments: FamilyCase.all)
func `the numbers of orders are those of the MIB, and only a cycle is not repeatable`(device: FamilyCase) async throws {
    let agent = FakeAgent(device.objects)
    let pdu = outlets(agent)
    try await pdu.turn(2, .on)
    try await pdu.turn(2, .off)
    var wanted = [(device.on, true), (device.off, true)]
    if let cycle = device.cycle {
        try await pdu.cycle(2, offTime: .seconds(5))
        wanted.append((cycle, false))
    } else {
        let failure = await #expect(throws: DeviceFailure.self) { try await pdu.cycle(2, offTime: .seconds(5)) }
        #expect(failure?.kind == .notSupported)
    }
    #expect(
        agent.orders
            == wanted.map { .init(name: .of($0.name), value: .integer(Int64($0.value)), isRepeatable: $1) })
}

@Test(arguments: FamilyCase.all)
func `a number that the MIB has not for on or off is unknown, which is neither`(device: FamilyCase) async throws {
    let agent = FakeAgent(device.objects)
    let pdu = outlets(agent)
    _ = try await pdu.read()
    // The state is whichever object the family walks.
    let state = try #require(EmbeddedFamilies.all.family(device.family)?.stateNames(among: device.objects).first)
    for value in [SNMPValue.integer(77), .integer(-1), .null, .missing] {
        agent.change { $0.objects[state] = value }
        let outlet = try await pdu.read().outlets.first
        #expect(outlet?.position == nil)
        #expect(outlet?.pending == nil)
    }
}

@Test(arguments: FamilyCase.all)
func `an outlet that is not there is not ordered about`(device: FamilyCase) async throws {
    let agent = FakeAgent(device.objects)
    for number in [0, -1, 3, .max] {
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets(agent).turn(number, .off) }
        #expect(failure?.kind == .notSupported)
    }
    #expect(agent.orders == [])
}

extension SNMPFamily {
    /// The objects of its column of states that a device has.
    func stateNames(among objects: [String: any FakeValue]) -> [OID] {
        let names = objects.keys.compactMap { OID($0) }.sorted()
        guard let outlets = self.outlets else { return [] }
        let filling = ObjectTemplate.Filling(model: 81)
        return names.filter { outlets.state.object.row(of: $0, length: outlets.index.count, with: filling) != nil }
    }
}
