import PowerCore
import SNMPFamilies
import SNMPTables
import Synchronization
import Testing

/// A clock that the test moves.
private final class HandClock: Timekeeper {
    private struct Waiting {
        var until: Moment
        var wake: CheckedContinuation<Void, Never>
    }

    private let state = Mutex<(now: Moment, waiting: [Waiting])>((Moment(sinceOrigin: .zero), []))

    var now: Moment { self.state.withLock { $0.now } }

    func sleep(until moment: Moment) async throws {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let isDue = self.state.withLock { state in
                    if moment <= state.now || Task.isCancelled { return true }
                    state.waiting.append(Waiting(until: moment, wake: wake))
                    return false
                }
                if isDue { wake.resume() }
            }
        } onCancel: {
            self.wake { _ in true }
        }
        try Task.checkCancellation()
    }

    /// Moves on when somebody waits.
    func advance(by duration: Duration) async {
        while self.state.withLock({ $0.waiting.isEmpty }) { await Task.yield() }
        self.state.withLock { $0.now = $0.now + duration }
        let now = self.now
        self.wake { $0.until <= now }
    }

    private func wake(_ isDue: (Waiting) -> Bool) {
        let due = self.state.withLock { state in
            let due = state.waiting.filter(isDue)
            state.waiting.removeAll(where: isDue)
            return due
        }
        for waiting in due { waiting.wake.resume() }
    }
}

private func source(_ agent: FakeAgent, _ clock: HandClock = HandClock()) -> SNMPUPSSource {
    SNMPUPSSource(
        id: "ups", port: agent, families: EmbeddedFamilies.all, poll: .seconds(10), timekeeper: clock)
}

private func state(_ agent: FakeAgent) async throws -> SourcedState {
    let link = try await source(agent).open()
    var updates = link.updates.makeAsyncIterator()
    guard case .heard(let state, _) = await updates.next() else { throw SNMPFailure(.malformed, "nothing heard") }
    await link.close()
    return state
}

struct UPSTests {
    private static let ietf = "1.3.6.1.2.1.33.1"

    private static let standard: [String: any FakeValue] = [
        "\(ietf).1.1.0": "Acme", "\(ietf).1.2.0": "Big 3000", "\(ietf).2.1.0": 2, "\(ietf).2.3.0": 42,
        "\(ietf).2.4.0": 97, "\(ietf).2.5.0": 547, "\(ietf).4.1.0": 3, "\(ietf).3.3.1.3.1": 231,
        "\(ietf).3.3.1.2.1": 499, "\(ietf).4.4.1.5.1": 20, "\(ietf).4.4.1.5.2": 35, "\(ietf).4.4.1.4.1": 300,
        "\(ietf).4.4.1.4.2": 450, "\(ietf).9.6.0": 2700,
    ]

    @Test func `the units of RFC 1628 become NUT's`() async throws {
        let state = try await state(FakeAgent(Self.standard))
        #expect(state.value("device.type") == "ups")
        #expect(state.value("device.mfr") == "Acme")
        #expect(state.value("ups.model") == "Big 3000")
        #expect(state.value("ups.status") == "OL")
        #expect(state.value("battery.runtime") == "2520")
        #expect(state.value("battery.charge") == "97")
        #expect(state.value("battery.voltage") == "54.7")
        #expect(state.value("input.voltage") == "231")
        #expect(state.value("input.frequency") == "49.9")
        #expect(state.value("ups.load") == "35")
        #expect(state.value("ups.realpower") == "750")
        #expect(state.value("ups.realpower.nominal") == "2700")
        #expect(state.value("output.voltage") == nil)
        let reading = UPSReading(state)
        #expect(reading.charge == 97)
        #expect(reading.runtime == .seconds(2520))
        #expect(reading.load == Watts(750))
    }

    @Test(arguments: [
        (5, 2, "OB DISCHRG"), (5, 3, "OB DISCHRG LB"), (5, 4, "OB DISCHRG LB"), (2, 1, "OFF"), (4, 2, "OL BYPASS"),
        (6, 2, "OL BOOST"), (7, 2, "OL TRIM"), (1, 2, ""),
    ])
    func `source and battery of RFC 1628 become the words of the status`(
        source: Int, battery: Int, wanted: String
    ) async throws {
        let objects = Self.standard.merging(["\(Self.ietf).4.1.0": source, "\(Self.ietf).2.1.0": battery]) { _, new in new }
        #expect(try await state(FakeAgent(objects)).value("ups.status") == wanted)
    }

    private static let powerNet = "1.3.6.1.4.1.318.1.1.1"

    @Test func `an APC's own objects go before those of RFC 1628`() async throws {
        let own: [String: any FakeValue] = [
            "1.3.6.1.2.1.1.2.0": "1.3.6.1.4.1.318.1.3.27", "\(Self.powerNet).1.1.1.0": "Smart-UPS 1500",
            "\(Self.powerNet).4.1.1.0": 3, "\(Self.powerNet).2.1.1.0": 3, "\(Self.powerNet).2.2.3.0": 190_200,
            "\(Self.powerNet).2.2.4.0": 2, "\(Self.powerNet).2.2.1.0": 9, "\(Self.powerNet).4.2.8.0": 460,
        ]
        let state = try await state(FakeAgent(Self.standard.merging(own) { _, new in new }))
        #expect(state.value("device.model") == "Smart-UPS 1500")
        #expect(state.value("ups.status") == "OB DISCHRG LB RB")
        #expect(state.value("battery.runtime") == "1902")
        #expect(state.value("battery.charge") == "9")
        #expect(state.value("ups.realpower") == "460")
    }

    @Test func `Eaton's runtime is in seconds`() async throws {
        let xups = "1.3.6.1.4.1.534.1"
        let own: [String: any FakeValue] = [
            "1.3.6.1.2.1.1.2.0": "1.3.6.1.4.1.534.1", "\(xups).1.2.0": "Eaton 5PX", "\(xups).4.5.0": 5,
            "\(xups).2.1.0": 1800, "\(xups).2.4.0": 88, "\(xups).4.1.0": 31, "\(xups).4.4.1.4.1": 410,
        ]
        let state = try await state(FakeAgent(Self.standard.merging(own) { _, new in new }))
        #expect(state.value("battery.runtime") == "1800")
        #expect(state.value("ups.status") == "OB DISCHRG")
        #expect(state.value("ups.realpower") == "410")
        #expect(state.value("ups.load") == "31")
    }

    @Test(.enabled(if: Recording.arePresent, "the recordings of real devices are not there"))
    func `an OL2200 is a UPS with mains, whatever its sysObjectID says`() async throws {
        let state = try await state(Recording("cyberpower").agent())
        #expect(state.value("device.model") == "OL2200RTXL2U")
        #expect(state.value("device.mfr") == "CyberPower")
        #expect(state.value("ups.status") == "OL")
        #expect(state.value("battery.charge") == "100")
        #expect(state.value("battery.runtime") == "1740")
        #expect(state.value("battery.temperature") == "36")
        #expect(state.value("input.voltage") == "119.5")
        #expect(state.value("input.frequency") == "60.0")
        #expect(state.value("output.voltage") == "120.2")
        #expect(state.value("output.current") == "6.5")
    }

    @Test func `a PDU is not taken for a UPS`() async throws {
        let agent = FakeAgent(try #require(FamilyCase.all.first { $0.family == "apc-rpdu" }).objects)
        let failure = await #expect(throws: DeviceFailure.self) { _ = try await source(agent).open() }
        #expect(failure?.kind == .notSupported)
        #expect(failure?.remedy == "put it under pdu:")
    }

    @Test func `it is read at every poll, and lost when it says nothing`() async throws {
        let agent = FakeAgent(Self.standard)
        let clock = HandClock()
        let link = try await source(agent, clock).open()
        var updates = link.updates.makeAsyncIterator()
        _ = await updates.next()
        agent.change { $0.objects[.of("\(Self.ietf).4.1.0")] = .integer(5) }
        await clock.advance(by: .seconds(10))
        guard case .heard(let state, let moment) = await updates.next() else {
            Issue.record("nothing heard after a poll")
            return
        }
        #expect(state.value("ups.status") == "OB DISCHRG")
        #expect(moment == Moment(sinceOrigin: .seconds(10)))
        agent.change { $0.silence = SNMPFailure(.silent, "no answer within 9 s") }
        await clock.advance(by: .seconds(10))
        guard case .lost(let failure) = await updates.next() else {
            Issue.record("not lost")
            return
        }
        #expect(failure.kind == .timedOut)
        #expect(await updates.next() == nil)
        await link.close()
    }

    @Test func `a UPS that does not say any more whether it has mains is lost, not off`() async throws {
        let agent = FakeAgent(Self.standard)
        let clock = HandClock()
        let link = try await source(agent, clock).open()
        var updates = link.updates.makeAsyncIterator()
        _ = await updates.next()
        agent.change { state in
            state.objects[.of("\(Self.ietf).4.1.0")] = nil
            state.objects[.of("\(Self.ietf).2.1.0")] = nil
        }
        await clock.advance(by: .seconds(10))
        guard case .lost(let failure) = await updates.next() else {
            Issue.record("not lost")
            return
        }
        #expect(failure.kind == .stalled)
        await link.close()
    }

    @Test func `nothing is set and nothing is commanded`() async throws {
        let link = try await source(FakeAgent(Self.standard)).open()
        let set = await #expect(throws: DeviceFailure.self) { try await link.set("ups.delay.shutdown", to: "1") }
        let run = await #expect(throws: DeviceFailure.self) { try await link.run("load.off", parameter: nil) }
        #expect([set?.kind, run?.kind] == [.notSupported, .notSupported])
        await link.close()
    }
}
