import HIDReport
import PowerCore
import PowerLab
import Testing

/// A small rack on a hand-moved clock: one host on both UPSes' PDUs, one on the river's alone, a switch.
private struct Bench {
    let clock = ManualClock()
    let rack: LabRack

    init(step: Duration = .seconds(1), change: (inout LabPlan) -> Void = { _ in }) throws {
        var plan = LabPlan(
            upses: [LabUPSPlan("river", model: .river3Plus), LabUPSPlan("delta", model: .delta3Plus, source: "house")],
            pdus: [
                LabPDUPlan("rack-a", feed: "river", outletCount: 4),
                LabPDUPlan("rack-b", feed: "delta", outletCount: 4),
            ],
            hosts: [
                LabHostPlan(
                    "dual", feeds: [.outlet(OutletID("rack-a", 1)), .outlet(OutletID("rack-b", 1))], watts: 60),
                LabHostPlan("single", feeds: [.outlet(OutletID("rack-a", 2))], watts: 50),
            ],
            loads: [LabLoadPlan("switch", feeds: [.ups("river")], watts: 20)])
        change(&plan)
        self.rack = try LabRack(plan, timekeeper: self.clock, step: step)
    }

    func pass(_ time: Duration) async {
        self.clock.advance(by: time)
        await self.rack.advance(to: self.clock.now)
    }

    func lab(_ words: String) async throws -> String {
        let command = try LabCommand(parsing: words.split(separator: " ").map { String($0) })
        return try await self.rack.execute(command)
    }

    func refusal(_ words: String) async -> String? {
        do {
            _ = try await self.lab(words)
            return nil
        } catch {
            return "\(error)"
        }
    }

    func turn(_ pdu: DeviceID, _ outlet: Int, _ position: OutletPosition) async throws {
        try await #require(self.rack.outlets(of: pdu)).turn(outlet, position)
        await self.pass(.seconds(1))
    }

    /// Everything that has happened, as text with its second; takes the mains from the house to know the end.
    func history() async throws -> [String] {
        _ = try await self.lab("mains off house")
        var lines: [String] = []
        for await event in self.rack.events {
            if event.kind == .mains("house", isOn: false) { break }
            lines.append("\(Int(event.moment.sinceOrigin / .seconds(1))) \(event)")
        }
        return lines
    }
}

@Suite(.timeLimit(.minutes(1)))
struct LabRackTests {
    @Test func `watts add up to the outlets and to the UPS, and a dual host shares`() async throws {
        let bench = try Bench()
        let snapshot = await bench.rack.snapshot()
        #expect(snapshot.ups("river")?.watts == 100)
        #expect(snapshot.ups("delta")?.watts == 30)
        #expect(snapshot.outlet(OutletID("rack-a", 1))?.watts == 30)
        #expect(snapshot.outlet(OutletID("rack-a", 2))?.watts == 50)
        let reading = try await #require(bench.rack.outlets(of: "rack-a")).read()
        #expect(reading.outlets.map(\.power) == [30, 50, 0, 0])
        try await bench.turn("rack-b", 1, .off)
        #expect(await bench.rack.snapshot().outlet(OutletID("rack-a", 1))?.watts == 60)
        #expect(await bench.rack.snapshot().ups("delta")?.watts == 0)
    }

    @Test func `mains off is seen by the device at once`() async throws {
        let bench = try Bench()
        let source = try #require(bench.rack.source(for: "river"))
        let device = try await source.open()
        var reports = device.inputReports.makeAsyncIterator()
        #expect(try await device.getReport(.feature, id: 7, length: 3) == [0x07, 0x0c, 0x01])
        #expect(try await bench.lab("mains off grid") == "mains off at grid")
        #expect(await reports.next()?.bytes == [0x07, 0x0a, 0x00])
        #expect(try await device.getReport(.feature, id: 7, length: 3) == [0x07, 0x0a, 0x00])
        #expect(await bench.rack.snapshot().ups("delta")?.hasMains == true)
        await bench.pass(.seconds(60))
        #expect(try await bench.lab("mains on") == "mains on")
        #expect(try await device.getReport(.feature, id: 7, length: 3) == [0x07, 0x0c, 0x00])
    }

    @Test func `a battery that ends takes with it whatever was not stopped`() async throws {
        let bench = try Bench()
        _ = try await bench.lab("charge river 3")
        _ = try await bench.lab("mains off grid")
        await bench.pass(.seconds(600))
        let snapshot = await bench.rack.snapshot()
        #expect(snapshot.ups("river")?.isOutputLive == false)
        #expect(snapshot.ups("river").map { abs($0.charge.value - 1) < 0.001 } == true)
        #expect(snapshot.host("single")?.state == .off)
        #expect(snapshot.host("single")?.crashes == 1)
        #expect(snapshot.host("dual")?.state == .running)
        #expect(snapshot.host("dual")?.crashes == 0)
        #expect(snapshot.ups("delta")?.watts == 60)
        #expect(snapshot.load("switch")?.isPowered == false)
        let history = try await bench.history()
        #expect(history.prefix(3) == ["0 dual logged in", "0 single logged in", "0 mains off at grid"])
        #expect(
            history.suffix(5).map { $0.split(separator: " ").dropFirst().joined(separator: " ") } == [
                "river gives none", "single logged out", "single lost its power while running", "single off",
                "switch has none",
            ])
    }

    @Test func `power that comes back to the rack boots what lost it`() async throws {
        let bench = try Bench()
        _ = try await bench.lab("charge river 1.5")
        _ = try await bench.lab("mains off grid")
        await bench.pass(.seconds(600))
        _ = try await bench.lab("mains on grid")
        #expect(await bench.rack.snapshot().host("single")?.state == .booting)
        await bench.pass(.seconds(40))
        #expect(await bench.rack.snapshot().host("single")?.state == .running)
        #expect(await bench.rack.snapshot().load("switch")?.isPowered == true)
    }

    @Test func `an ordered stop loses nothing, and the outlet brings the host back`() async throws {
        let bench = try Bench()
        await bench.rack.show("single", forcedShutdown: true, realClients: 0)
        await bench.pass(.seconds(35))
        #expect(await bench.rack.snapshot().host("single")?.state == .off)
        #expect(await bench.rack.snapshot().outlet(OutletID("rack-a", 2))?.watts == 2.5)
        await bench.rack.show("single", forcedShutdown: false, realClients: 0)
        try await bench.turn("rack-a", 2, .off)
        await bench.pass(.seconds(60))
        #expect(await bench.rack.snapshot().host("single")?.state == .off)
        try await bench.turn("rack-a", 2, .on)
        await bench.pass(.seconds(45))
        let host = await bench.rack.snapshot().host("single")
        #expect(host?.state == .running && host?.crashes == 0 && host?.isLoggedIn == true)
        #expect(
            try await bench.history() == [
                "0 dual logged in", "0 single logged in", "5 single logged out", "5 single stopping", "35 single off",
                "35 outlet rack-a/2 off", "96 outlet rack-a/2 on", "96 single booting", "136 single running",
                "136 single logged in",
            ])
    }

    @Test func `a PDU without power does not answer, and remembers its positions`() async throws {
        let bench = try Bench()
        try await bench.turn("rack-a", 3, .off)
        _ = try await bench.lab("charge river 0")
        _ = try await bench.lab("mains off river")
        let pdu = try #require(bench.rack.outlets(of: "rack-a"))
        async let reading = try? pdu.read()
        await bench.clock.sleepers(atLeast: 1)
        await bench.pass(.seconds(10))
        #expect(await reading == nil)
        _ = try await bench.lab("mains on river")
        #expect(try await pdu.read().outlets.map(\.position) == [.on, .on, .off, .on])
    }

    @Test func `a UPS may lose its mains alone`() async throws {
        let bench = try Bench { $0.upses[1].source = "grid" }
        #expect(try await bench.lab("mains off delta") == "mains off at delta")
        #expect(await bench.rack.snapshot().upses.map(\.hasMains) == [true, false])
        _ = try await bench.lab("mains off")
        #expect(try await bench.lab("mains on delta") == "mains on at delta, but its circuit is off")
        #expect(await bench.rack.snapshot().upses.map(\.hasMains) == [false, false])
        _ = try await bench.lab("mains on grid")
        #expect(await bench.rack.snapshot().upses.map(\.hasMains) == [true, true])
    }

    @Test func `speed hastens the batteries and nothing else`() async throws {
        let bench = try Bench()
        _ = try await bench.lab("speed 60")
        _ = try await bench.lab("mains off grid")
        let before = try #require(await bench.rack.snapshot().ups("river")).charge.value
        await bench.rack.show("single", forcedShutdown: true, realClients: 1)
        await bench.pass(.seconds(60))
        let after = try #require(await bench.rack.snapshot().ups("river")).charge.value
        // 100 W at the output are 111.7 W at the cells of 286 Wh, for an hour.
        #expect(abs(before - after - 39.07) < 0.1)
        #expect(await bench.rack.snapshot().host("single")?.state == .running)
    }

    @Test func `a real client drives its host`() async throws {
        let bench = try Bench()
        await bench.rack.show("single", forcedShutdown: false, realClients: 1)
        await bench.rack.show("single", forcedShutdown: true, realClients: 1)
        await bench.pass(.seconds(60))
        #expect(await bench.rack.snapshot().host("single")?.state == .running)
        await bench.rack.show("single", forcedShutdown: true, realClients: 0)
        #expect(await bench.rack.snapshot().host("single")?.state == .stopping)
        await bench.pass(.seconds(30))
        #expect(await bench.rack.snapshot().host("single")?.state == .off)
        await bench.rack.show("nobody", forcedShutdown: true, realClients: 0)
    }

    @Test func `the same steps lead to the same history, whatever the pauses between looks`() async throws {
        func run(_ pauses: [Int]) async throws -> [String] {
            let bench = try Bench(step: .milliseconds(250))
            _ = try await bench.lab("charge river 5")
            _ = try await bench.lab("mains off grid")
            await bench.rack.show("single", forcedShutdown: true, realClients: 0)
            for pause in pauses { await bench.pass(.milliseconds(pause)) }
            #expect(bench.clock.now == .origin + .seconds(1200))
            return try await bench.history() + [bench.rack.snapshot().text]
        }
        let once = try await run([1_200_000])
        #expect(try await run([1_200_000]) == once)
        #expect(try await run(Array(repeating: 250, count: 4800)) == once)
    }

    @Test func `faults reach the devices, and are taken back`() async throws {
        let bench = try Bench()
        let source = try #require(bench.rack.source(for: "river"))
        #expect(try await bench.lab("unplug river") == "river unplugged")
        #expect(await bench.rack.snapshot().ups("river")?.troubles == "unplugged")
        await #expect(throws: DeviceFailure.self) { try await source.open() }
        _ = try await bench.lab("plug river")
        let device = try await source.open()
        #expect(try await bench.lab("stall river 1") == "river stalls the next 1 requests")
        await #expect(throws: DeviceFailure.self) { try await device.getReport(.feature, id: 12, length: 2) }
        #expect(try await device.getReport(.feature, id: 12, length: 2) == [12, 100])
        _ = try await bench.lab("limit river 20")
        #expect(try await device.getReport(.feature, id: 17, length: 2) == [17, 20])
        _ = try await bench.lab("stick rack-a/2")
        try await bench.turn("rack-a", 2, .off)
        #expect(await bench.rack.snapshot().host("single")?.isPowered == true)
        #expect(await bench.rack.snapshot().troubles == ["rack-a": "outlet 2 stuck"])
        #expect(try await bench.lab("heal rack-a") == "rack-a is well")
        _ = try await bench.lab("hang single")
        await bench.rack.show("single", forcedShutdown: true, realClients: 0)
        await bench.pass(.seconds(1000))
        #expect(await bench.rack.snapshot().host("single")?.state == .stopping)
        _ = try await bench.lab("heal single")
        await bench.pass(.seconds(30))
        #expect(await bench.rack.snapshot().host("single")?.state == .off)
    }

    @Test func `a command for something that is not there says what is`() async throws {
        let bench = try Bench()
        #expect(
            await bench.refusal("mains off moon")
                == "no circuit or UPS is called moon; there are grid, house, river, delta")
        #expect(
            await bench.refusal("unplug moon") == "no UPS or PDU is called moon; there are river, delta, rack-a, rack-b"
        )
        #expect(await bench.refusal("charge rack-a 5") == "no UPS is called rack-a; there are river, delta")
        #expect(await bench.refusal("stall rack-a 5") == "no UPS is called rack-a; there are river, delta")
        #expect(await bench.refusal("hang switch") == "no host is called switch; there are dual, single")
        #expect(await bench.refusal("stick rack-a/9") == "rack-a has outlets 1 to 4")
        #expect(await bench.refusal("stick rack-c/1") == "no PDU is called rack-c; there are rack-a, rack-b")
        #expect(
            await bench.refusal("heal moon")
                == "no UPS, PDU or host is called moon; there are river, delta, rack-a, rack-b, dual, single")
    }

    @Test func `the status is text for people and variables for clients`() async throws {
        let bench = try Bench()
        _ = try await bench.lab("mains off grid")
        let text = try await bench.lab("status")
        #expect(text.contains("mains grid: off\nmains house: on\nups river: on battery, 100 %, 100 W\n"))
        #expect(text.contains("\noutlet rack-a/2: on, 50 W\n"))
        #expect(text.contains("\nhost single: running, 50 W\n"))
        let variables = await bench.rack.snapshot().variables
        #expect(variables.first { $0.name == "lab.host.single.state" }?.value == "running")
        #expect(variables.map(\.name) == variables.map(\.name).sorted())
    }

    @Test func `run lets time pass as the clock is moved`() async throws {
        let bench = try Bench()
        let running = Task { await bench.rack.run() }
        await bench.clock.sleepers(atLeast: 1)
        _ = try await bench.lab("mains off grid")
        for _ in 1...10 {
            bench.clock.advance(by: .seconds(1))
            await bench.clock.sleepers(atLeast: 1)
        }
        #expect(await bench.rack.moment == bench.clock.now)
        running.cancel()
        await running.value
    }

    @Test func `more events than a listener can be late for push out the oldest`() async throws {
        let bench = try Bench()
        for index in 0...LabRack.eventLimit {
            _ = try await bench.lab(index % 2 == 0 ? "mains off grid" : "mains on grid")
        }
        let kept = try await bench.history()
        #expect(kept.count == LabRack.eventLimit - 1)
        #expect(kept.first == "0 mains off at grid")
    }

    @Test func `a plan with mistakes is refused with all of them`() {
        let plan = LabPlan(
            upses: [LabUPSPlan("river", model: .river3Plus), LabUPSPlan("river", model: .river3Plus)],
            pdus: [
                LabPDUPlan("rack-a", feed: "moon", outletCount: 0),
                LabPDUPlan("rack-b", feed: "river", outletCount: LabPlan.outletLimit + 1),
            ],
            hosts: [
                LabHostPlan("one", feeds: [.outlet(OutletID("rack-c", 1))], watts: 1),
                LabHostPlan("two", feeds: [.ups("river")], requires: 2, watts: 1),
            ],
            loads: [LabLoadPlan("three", feeds: [], watts: 1)])
        let error = #expect(throws: LabPlanError.self) { try LabRack(plan, timekeeper: ManualClock()) }
        #expect(
            error?.problems == [
                "the name river is given twice",
                "rack-a has 0 outlets, possible are 1 to 64",
                "rack-a hangs on moon, which is no UPS",
                "rack-b has 65 outlets, possible are 1 to 64",
                "one hangs on rack-c/1, which is not there",
                "three hangs on nothing",
                "two requires 2 of 1 feeds",
            ])
    }

    @Test func `the reference rack can be built, and each UPS carries what it is rated for`() async throws {
        let rack = try LabRack(.reference, timekeeper: ManualClock())
        for ups in await rack.snapshot().upses { #expect(ups.watts < 600) }
        #expect(rack.source(for: "river") != nil && rack.outlets(of: "rack-b") != nil)
        #expect(rack.source(for: "rack-a") == nil && rack.outlets(of: "river") == nil)
    }
}
