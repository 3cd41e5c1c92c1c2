import OutletContract
import PowerCore
import Testing

@testable import PowerLab

/// The clock of the machine.
private struct MachineClock: Timekeeper {
    private static let start = ContinuousClock.now

    var now: Moment { .origin + Self.start.duration(to: .now) }

    func sleep(until moment: Moment) async throws {
        try await Task.sleep(for: moment - self.now)
    }
}

private struct EmulatedRig: OutletRig {
    let timekeeper: any Timekeeper
    private let emulated: EmulatedPDU

    init() async throws {
        let clock = MachineClock()
        self.timekeeper = clock
        self.emulated = EmulatedPDU("rack-a", outletCount: 4, timekeeper: clock)
        for outlet in 1...4 { try await self.emulated.rename(outlet, to: "load \(outlet)") }
    }

    var pdu: DeviceID { "rack-a" }
    var controller: any OutletController { self.emulated }
    var usable: [Int] { [1, 2, 4] }
    var expected: [OutletReading] {
        (1...4).map { OutletReading(number: $0, name: "load \($0)", position: .on) }
    }

    func stand(of outlet: Int) -> OutletPosition? {
        _ = self.emulated.takeMoves(until: self.timekeeper.now)
        return self.emulated.positions[outlet - 1]
    }

    func put(_ fault: OutletFault) -> Bool {
        switch fault {
        case .stuck(let outlet): self.emulated.setTrouble(.stuck, at: outlet)
        case .slow(let outlet): self.emulated.setTrouble(.late(.seconds(3)), at: outlet)
        case .refuses(let outlet): self.emulated.setTrouble(.denied, at: outlet)
        case .locked(let outlet): self.emulated.setTrouble(.locked, at: outlet)
        case .unreachable: self.emulated.setFault(.unreachable)
        case .renamed(let outlet, let name): self.emulated.putName(name, at: outlet)
        case .reboots: self.emulated.restartAfterOrder()
        }
        return true
    }

    func heal() async throws {
        self.emulated.heal()
        for outlet in 1...4 { try await self.emulated.turn(outlet, .on) }
        let settled = self.timekeeper.now + EmulatedPDU.switchingTime
        try await self.timekeeper.sleep(until: settled)
    }
}

@Suite struct EmulatedPDUContractTests {
    @Test(arguments: OutletClause.allCases)
    func `the emulated PDU keeps the contract of every driver`(clause: OutletClause) async throws {
        let rig = try await EmulatedRig()
        let breaches = try await clause.breaches(of: rig)
        #expect(breaches == [])
    }
}

@Suite(.timeLimit(.minutes(1)))
struct EmulatedOutletTests {
    private let clock = ManualClock()
    private let pdu: EmulatedPDU

    init() {
        self.pdu = EmulatedPDU("rack-a", outletCount: 2, timekeeper: self.clock)
    }

    @Test func `a cycle goes on by itself`() async throws {
        try await self.pdu.cycle(1, offTime: .seconds(5))
        self.clock.advance(by: .seconds(1))
        #expect(try await self.pdu.read().outlets[0].position == .off)
        self.clock.advance(by: .seconds(5))
        #expect(try await self.pdu.read().outlets[0].position == .on)
    }

    @Test func `what is wrong is told, and healed`() async throws {
        self.pdu.setTrouble(.late(.seconds(3)), at: 1)
        self.pdu.setTrouble(.locked, at: 2)
        self.pdu.putName("nas", at: 2)
        self.pdu.restartAfterOrder()
        let told = "outlet 1 late by 3.0 seconds, outlet 2 locked, outlet 2 called nas, restarts after its next order"
        #expect(self.pdu.troubles == told)
        #expect(
            try await self.pdu.read().outlets[1]
                == OutletReading(number: 2, name: "nas", position: .on, power: 0, isLocked: true))
        self.pdu.heal()
        #expect(self.pdu.troubles == nil)
        #expect(try await self.pdu.read().outlets[1] == OutletReading(number: 2, position: .on, power: 0))
    }
}
