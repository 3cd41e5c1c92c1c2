import PowerCore
import Synchronization
import Testing

@testable import PowerCore

/// What boards and strips have in common: the device behind them comes, goes and fails.
@Suite struct HIDLinkTests {
    @Test func `transfers that fail now and then are sent again, four times at most`() async throws {
        let (firmware, port, outlets) = PowerStripTests.strip()
        port.fail(.stalled, .stalled, .stalled, .stalled)
        _ = try await outlets.read()
        port.fail(.stalled, .stalled, .stalled, .stalled)
        try await outlets.turn(2, .off)
        #expect(!firmware.outlets.isOn(2))
        #expect(port.counts.ordered == 5)
        port.fail(.stalled, .stalled, .stalled, .stalled, .stalled)
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.turn(2, .on) }
        #expect(failure?.kind == .stalled)
        #expect(port.counts.ordered == 10)
        #expect(port.counts.opened == 1)
    }

    @Test(arguments: [DeviceFailure.Kind.timedOut, .notPermitted, .busy])
    func `silence and missing rights are not met with more requests`(kind: DeviceFailure.Kind) async throws {
        let (_, port, outlets) = PowerStripTests.strip()
        _ = try await outlets.read()
        let before = port.counts.asked
        port.fail(kind)
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
        #expect(failure?.kind == kind)
        #expect(failure?.device == "strip")
        #expect(port.counts.asked == before + 1)
        #expect(port.counts.closed == 0)
        _ = try await outlets.read()
    }

    @Test func `a device that has gone is closed, and opened when it is back`() async throws {
        let (_, port, outlets) = RelayBoardTests.board()
        _ = try await outlets.read()
        port.unplug()
        for _ in 0..<2 {
            let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
            #expect(failure?.kind == .gone)
        }
        #expect(port.counts.closed == 1)
        port.plug()
        _ = try await outlets.read()
        #expect(port.counts.opened == 2)
    }

    @Test func `a device that was plugged out and in between two requests is not missed`() async throws {
        let (firmware, port, outlets) = RelayBoardTests.board()
        _ = try await outlets.read()
        // Its relays drop out with the bus.
        port.unplug()
        port.plug()
        #expect(try await outlets.read().outlets.map(\.position) == [.off, .off, .off, .off])
        port.unplug()
        port.plug()
        try await outlets.turn(4, .on)
        #expect(firmware.outlets.isOn(4))
    }

    @Test func `a device that cannot say who it is, is closed again`() async throws {
        let (_, port, outlets) = RelayBoardTests.board()
        port.fail(.timedOut)
        await #expect(throws: DeviceFailure.self) { try await outlets.read() }
        #expect(port.counts.opened == 1)
        #expect(port.counts.closed == 1)
    }

    @Test func `at the end the device is given back and not opened again`() async throws {
        let (_, port, outlets) = RelayBoardTests.board()
        let run = Task { await outlets.run() }
        _ = try await outlets.read()
        run.cancel()
        await run.value
        #expect(port.counts.closed == 1)
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
        #expect(failure?.kind == .gone)
        #expect(port.counts.opened == 1)
    }

    @Test func `requests of many tasks open the device once`() async throws {
        let (_, port, outlets) = RelayBoardTests.board()
        try await withThrowingTaskGroup { group in
            for _ in 0..<HIDLinkLimits.waiting { group.addTask { _ = try await outlets.read() } }
            try await group.waitForAll()
        }
        #expect(port.counts.opened == 1)
    }

    @Test func `turns come in order, and no more may wait than the limit says`() async throws {
        let turns = Turns(limit: 1)
        #expect(await turns.begin())
        let second = Task { await turns.begin() }
        // Until the second waits, a third would be let in to wait.
        while turns.waitingCount < 1 { await Task.yield() }
        #expect(await turns.begin() == false)
        turns.end()
        #expect(await second.value)
        turns.end()
        #expect(await turns.begin())
    }
}
