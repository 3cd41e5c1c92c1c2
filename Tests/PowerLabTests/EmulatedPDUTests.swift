import PowerCore
import PowerLab
import Testing

private struct Bench {
    let clock = ManualClock()
    let pdu: EmulatedPDU

    init() {
        self.pdu = EmulatedPDU("rack-a", outletCount: 4, timekeeper: self.clock)
    }

    func positions() async throws -> [OutletPosition?] { try await self.pdu.read().outlets.map(\.position) }
}

private func failure(_ request: () async throws(DeviceFailure) -> Void) async -> DeviceFailure? {
    do {
        try await request()
        return nil
    } catch {
        return error
    }
}

@Suite(.timeLimit(.minutes(1)))
struct EmulatedPDUTests {
    @Test func `a relay moves some time after the order was taken`() async throws {
        let bench = Bench()
        try await bench.pdu.turn(2, .off)
        #expect(try await bench.positions() == [.on, .on, .on, .on])
        bench.clock.advance(by: EmulatedPDU.switchingTime)
        #expect(try await bench.positions() == [.on, .off, .on, .on])
        try await bench.pdu.turn(2, .on)
        bench.clock.advance(by: EmulatedPDU.switchingTime)
        #expect(try await bench.positions() == [.on, .on, .on, .on])
    }

    @Test func `an outlet that is not there is said to be so`() async {
        let bench = Bench()
        for outlet in [0, 5, -1, .max] {
            #expect(
                await failure { () throws(DeviceFailure) in try await bench.pdu.turn(outlet, .off) }?.kind
                    == .notSupported)
        }
    }

    @Test func `a stuck outlet takes the order and stays where it is`() async throws {
        let bench = Bench()
        bench.pdu.setTrouble(.stuck, at: 2)
        #expect(bench.pdu.troubles == "outlet 2 stuck")
        try await bench.pdu.turn(2, .off)
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.positions() == [.on, .on, .on, .on])
        bench.pdu.heal()
        try await bench.pdu.turn(2, .off)
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.positions() == [.on, .off, .on, .on])
    }

    @Test func `a PDU that refuses moves nothing`() async throws {
        let bench = Bench()
        bench.pdu.setFault(.refuses)
        #expect(await failure { () throws(DeviceFailure) in try await bench.pdu.turn(1, .off) }?.kind == .stalled)
        #expect(await failure { () throws(DeviceFailure) in _ = try await bench.pdu.read() }?.kind == .stalled)
        bench.pdu.setFault(nil)
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.positions() == [.on, .on, .on, .on])
    }

    @Test(arguments: [PDUFault.unreachable, .slow(.seconds(10))])
    func `a PDU that does not answer in time moves nothing`(fault: PDUFault) async throws {
        let bench = Bench()
        bench.pdu.setFault(fault)
        async let answer = failure { () throws(DeviceFailure) in try await bench.pdu.turn(1, .off) }
        await bench.clock.sleepers(atLeast: 1)
        bench.clock.advance(by: EmulatedPDU.answerTimeout)
        #expect(await answer?.kind == .timedOut)
        bench.pdu.setFault(nil)
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.positions() == [.on, .on, .on, .on])
    }

    @Test func `a slow PDU answers late, and its relays follow later still`() async throws {
        let bench = Bench()
        bench.pdu.setFault(.slow(.seconds(1)))
        async let order: Void = bench.pdu.turn(1, .off)
        await bench.clock.sleepers(atLeast: 1)
        bench.clock.advance(by: .seconds(1))
        try await order
        bench.pdu.setFault(nil)
        bench.clock.advance(by: .seconds(1))
        #expect(try await bench.positions().first == .on)
        bench.clock.advance(by: EmulatedPDU.switchingTime)
        #expect(try await bench.positions().first == .off)
    }

    @Test func `more movements than are remembered lose their moments and not their positions`() async throws {
        let bench = Bench()
        for index in 0..<(3 * EmulatedPDU.moveLimit) {
            try await bench.pdu.turn(index % 4 + 1, index / 4 % 2 == 0 ? .off : .on)
        }
        try await bench.pdu.turn(3, .off)
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.positions() == [.on, .on, .off, .on])
    }
}
