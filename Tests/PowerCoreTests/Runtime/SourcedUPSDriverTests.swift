import PowerCore
import PowerLab
import Testing

@Test func `a lost connection is told, and what was known stays until it is too old`() async throws {
    let bench = SourcedBench()
    #expect(await bench.next() == "read OL")
    bench.source.fail(DeviceFailure(.gone, device: "ups", detail: "no socket"))
    bench.source.link?.send(.lost(SourcedBench.lost))
    #expect(await bench.next() == "failed: closed")
    var told: [String?] = []
    // 0.5 s, 1 s, and then every 2 s: what is heard at 0 is too old at 15.
    for pause in [0.5, 1, 2, 2, 2, 2, 2, 2, 2] {
        await bench.pass(.seconds(pause))
        told.append(await bench.next())
    }
    #expect(told == Array(repeating: "failed: no socket", count: 8) + ["notConnected"])
    await bench.pass(.seconds(2))
    #expect(await bench.next() == "failed: no socket")
    bench.source.fail(nil)
    await bench.pass(.seconds(2))
    #expect(await bench.next() == "read OL")
}

@Test func `where absence is told, a lost connection leaves nothing that looks connected`() async throws {
    let bench = SourcedBench(absence: .told)
    #expect(await bench.next() == "read OL")
    bench.source.fail(DeviceFailure(.gone, device: "ups", detail: "no socket"))
    bench.source.link?.send(.lost(SourcedBench.lost))
    #expect(await bench.next() == "notConnected")
    await bench.pass(.seconds(0.5))
    #expect(await bench.next() == "failed: no socket")
    bench.source.fail(nil)
    await bench.pass(.seconds(1))
    #expect(await bench.next() == "read OL")
    bench.source.link?.send(.unavailable(.stale, SourcedBench.lost))
    #expect(await bench.next() == "stale")
    bench.source.link?.send(.lost(SourcedBench.lost))
    #expect(await bench.next() == "notConnected")
}

@Test func `a source without good data is passed on at once`() async throws {
    let bench = SourcedBench()
    #expect(await bench.next() == "read OL")
    bench.source.link?.send(.unavailable(.stale, SourcedBench.lost))
    #expect(await bench.next() == "stale")
    bench.source.link?.send(.heard(SourcedState(variables: [Variable("ups.status", "OB")]), at: .origin))
    #expect(await bench.next() == "read OB")
}

@Test func `FSD of the source forces once, until it has gone and come again`() async throws {
    let bench = SourcedBench()
    #expect(await bench.next() == "read OL")
    for (status, events) in [
        ("FSD OB", ["read FSD OB", "forced"]), ("FSD OB LB", ["read FSD OB LB"]), ("OL", ["read OL"]),
        ("OL FSD", ["read OL FSD", "forced"]),
    ] {
        bench.source.link?.send(.heard(SourcedState(variables: [Variable("ups.status", status)]), at: .origin))
        for event in events { #expect(await bench.next() == event) }
    }
}

@Test func `orders go to the source, and their failures come back`() async throws {
    let bench = SourcedBench()
    #expect(await bench.next() == "read OL")
    try await bench.driver.set("ups.id", to: "two")
    try await bench.driver.run("load.off.delay", parameter: "30")
    #expect(bench.source.link?.ordered == ["ups.id=two", "load.off.delay 30"])
    await #expect(throws: DeviceFailure.self) { try await bench.driver.run("bad", parameter: nil) }
}

@Test func `without a connection no order is taken`() async throws {
    let source = ScriptedSource()
    let driver = SourcedUPSDriver(
        id: "ups", source: source, pauses: .local, staleAfter: .seconds(15), timekeeper: ManualClock(),
        report: { _ in })
    await #expect(throws: DeviceFailure.self) { try await driver.run("load.off", parameter: nil) }
}

@Test func `clients are told what the source says of its data`() {
    var state = UPSState(rack: RackUPS(id: "ups"), staleAfter: .seconds(15))
    let wasFreshAtFirst = state.lose(.stale)
    #expect(!wasFreshAtFirst)
    _ = state.take(UPSReading(), at: .origin)
    let wasFresh = state.lose(.notConnected)
    #expect(wasFresh)
    #expect(state.availability == .notConnected)
    #expect(state.staleAt == nil)
    _ = state.take(UPSReading(), at: .origin)
    #expect(state.availability == .fresh)
}
