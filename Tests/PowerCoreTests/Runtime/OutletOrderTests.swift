import PowerCore
import PowerLab
import Synchronization
import Testing

private let anna = Actor(user: "admin", address: "127.0.0.1")

/// Keeps what is written and noted.
private final class Notebook: PolicyJournal {
    let memory = Mutex(PolicyMemory())
    let events = Mutex<[String]>([])

    func write(_ entries: [JournalEntry], at now: Moment) -> JournalFailure? {
        self.memory.withLock { memory in for entry in entries { memory.take(entry) } }
        return nil
    }

    func note(_ event: HistoryEvent) {
        self.events.withLock { $0.append("\(event.subject): \(event.text) [\(event.actor ?? "")]") }
    }
}

extension ManagerBench {
    /// Waits until both outlets are known to be on.
    fileprivate func begin(_ pdu: ObedientPDU) async throws {
        self.manager.report(.pduRead(rackA, try await pdu.read(), at: self.clock.now))
        #expect(await self.shows("rack-a") { $0.variable("outlet.2.status")?.value == "on" })
    }

    fileprivate func refusal(of command: String, _ parameter: String? = nil, device: DeviceID = rackA) async
        -> OrderRefusal?
    {
        do throws(OrderRefusal) {
            try await self.manager.submit(
                .command(device, name: command, parameter: parameter), by: anna, outcome: { _ in })
            return nil
        } catch {
            return error
        }
    }
}

@Suite struct OutletOrderTests {
    @Test func `a locked outlet is switched by nobody until it is unlocked, over a restart too`() async throws {
        let (pdu, notebook) = (ObedientPDU(), Notebook())
        let bench = ManagerBench(pdu: pdu, journal: notebook)
        try await bench.begin(pdu)
        #expect(try await bench.outcome(of: "outlet.2.lock", "reason=new power supply") == .done)
        let locked = OrderRefusal("outlet rack-a/2 is locked by admin at 127.0.0.1: new power supply", .locked)
        #expect(await bench.refusal(of: "outlet.2.load.off") == locked)
        #expect(await bench.refusal(of: "outlet.2.lock") == locked)

        let again = ManagerBench(pdu: pdu, journal: notebook, memory: notebook.memory.withLock { $0 })
        try await again.begin(pdu)
        #expect(await again.refusal(of: "outlet.2.load.off") == locked)
        let shown = again.manager.snapshot.device("rack-a")
        #expect(
            shown?.variable("experimental.outlet.2.locked")?.value
                == "locked by admin at 127.0.0.1: new power supply")
        #expect(shown?.commands.map(\.name).contains("outlet.2.unlock") == true)
        #expect(try await again.outcome(of: "outlet.2.unlock") == .done)
        #expect(await again.refusal(of: "outlet.2.unlock") == OrderRefusal("outlet rack-a/2 is not locked"))
        #expect(try await again.outcome(of: "outlet.2.load.off") == .done)
        #expect(notebook.memory.withLock { $0.locks } == [:])
    }

    @Test func `an outlet that is being switched is not locked half way`() async throws {
        let pdu = ObedientPDU()
        let bench = ManagerBench(pdu: pdu)
        try await bench.begin(pdu)
        try await bench.manager.submit(
            .command(rackA, name: "outlet.2.load.cycle", parameter: "off-time=60"), by: anna, outcome: { _ in })
        #expect(
            await bench.refusal(of: "outlet.2.lock")?.reason.hasPrefix("outlet rack-a/2 is being switched already")
                == true)
    }

    @Test func `every order is kept with who gave it, why, and what came of it`() async throws {
        let (pdu, notebook) = (ObedientPDU(), Notebook())
        let bench = ManagerBench(pdu: pdu, journal: notebook)
        try await bench.begin(pdu)
        #expect(try await bench.outcome(of: "outlet.2.load.off", "reason=lamp swap") == .done)
        _ = await bench.refusal(of: "outlet.1.load.off")
        let events = notebook.events.withLock { $0 }
        #expect(events.contains("rack-a/2: off (lamp swap): done [admin at 127.0.0.1]"))
        #expect(
            events.contains(
                "rack-a/1: outlet.1.load.off by admin at 127.0.0.1 refused: outlet rack-a/1 is the last live feed of "
                    + "left, which is running [admin at 127.0.0.1]"))
    }

    @Test func `an outlet with another name at the PDU than the configuration says is not switched`() async throws {
        let pdu = ObedientPDU()
        pdu.names.withLock { $0 = [2: "printer"] }
        let bench = ManagerBench(pdu: pdu) { $0.pdus[0].namesAtDevice = [2: "lamp"] }
        try await bench.begin(pdu)
        guard case .failed(let sentence, .interlock) = try await bench.outcome(of: "outlet.2.load.off") else {
            Issue.record("it was switched")
            return
        }
        #expect(sentence.hasPrefix("outlet rack-a/2 is called 'printer' at the PDU and 'lamp' in the configuration"))
        #expect(pdu.positions.withLock { $0[2] } == .on)
    }

    @Test func `a name is stored in the PDU and read back, unless the configuration has one`() async throws {
        let pdu = ObedientPDU()
        pdu.positions.withLock { $0[3] = .on }
        let bench = ManagerBench(pdu: pdu)
        try await bench.begin(pdu)
        let (outcomes, tell) = AsyncStream.makeStream(of: OrderOutcome.self)
        try await bench.manager.submit(
            .set(rackA, variable: "outlet.3.name", value: "desk lamp"), by: anna,
            outcome: { outcome in
                // Who is answered looks at once.
                let shown = bench.manager.snapshot.device("rack-a")?.variable("outlet.3.name")?.value
                tell.yield(shown == "desk lamp" ? outcome : .failed("it is shown as \(shown ?? "nothing")"))
            })
        for await outcome in outcomes {
            #expect(outcome == .done)
            break
        }
        let writable = bench.manager.snapshot.device("rack-a")?.variables.filter(\.isWritable).map(\.name)
        #expect(writable == ["outlet.3.name"])
        await #expect(throws: OrderRefusal("outlet rack-a/2 is called like what it feeds, lamp")) {
            try await bench.manager.submit(
                .set(rackA, variable: "outlet.2.name", value: "x"), by: anna, outcome: { _ in })
        }
        let bound = ManagerBench(pdu: pdu) { $0.pdus[0].namesAtDevice = [3: "desk lamp"] }
        await #expect(throws: OrderRefusal("outlet rack-a/3 is named in the configuration; rename it there")) {
            try await bound.manager.submit(
                .set(rackA, variable: "outlet.3.name", value: "x"), by: anna, outcome: { _ in })
        }
        #expect(pdu.names.withLock { $0[3] } == "desk lamp")

        let named = ManagerBench(pdu: pdu) { $0.pdus[0].outletNames = [2: "lamp"] }
        await #expect(
            throws: OrderRefusal("outlet rack-a/2 is named in the configuration; rename it there")
        ) {
            try await named.manager.submit(
                .set(rackA, variable: "outlet.2.name", value: "desk lamp"), by: anna, outcome: { _ in })
        }
    }

    @Test func `the feeds of a host are switched together by the host's own device`() async throws {
        let pdu = ObedientPDU()
        let bench = ManagerBench(pdu: pdu)
        try await bench.begin(pdu)
        #expect(
            await bench.refusal(of: "load.off", device: "left")
                == OrderRefusal("left is running; stop it first", .interlock))
        #expect(try await bench.outcome(of: "load.cycle", "left off-time=1", device: "left") == .done)
        #expect(pdu.positions.withLock { $0[1] } == .on)
        let commands = bench.manager.snapshot.device("left")?.commands.map(\.name)
        #expect(commands?.contains("load.cycle") == true)
    }

    @Test func `groups and what is protected are shown with the outlet`() async throws {
        let pdu = ObedientPDU()
        let bench = ManagerBench(pdu: pdu) { configuration in
            configuration.groups = ["desk": [OutletID(rackA, 2)], "all": [OutletID(rackA, 1), OutletID(rackA, 2)]]
            configuration.rack.consumers[1].isProtected = true
        }
        try await bench.begin(pdu)
        let shown = bench.manager.snapshot.device("rack-a")
        #expect(shown?.variable("experimental.outlet.1.group")?.value == "all")
        #expect(shown?.variable("experimental.outlet.2.group")?.value == "all, desk")
        #expect(shown?.variable("experimental.outlet.2.protected")?.value == "yes")
        #expect(
            await bench.refusal(of: "outlet.2.load.off")
                == OrderRefusal("outlet rack-a/2 feeds lamp, which is protected", .interlock))
        #expect(try await bench.outcome(of: "outlet.2.load.off", "lamp") == .done)
    }
}
