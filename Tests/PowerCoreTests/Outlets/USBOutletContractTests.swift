import OutletContract
import PowerCore
import Testing

@testable import PowerCore

/// Relay boards and power strips keep what every driver of outlets must keep.
@Suite struct USBOutletContractTests {
    @Test(arguments: OutletClause.allCases)
    func `a relay board keeps the contract`(clause: OutletClause) async throws {
        let (firmware, port, outlets) = RelayBoardTests.board()
        let rig = FakeOutletRig(pdu: "rack", controller: outlets, port: port, outlets: firmware.outlets)
        let breaches = try await clause.breaches(of: rig)
        #expect(breaches == [])
    }

    @Test(arguments: OutletClause.allCases)
    func `a power strip keeps the contract`(clause: OutletClause) async throws {
        let (firmware, port, outlets) = PowerStripTests.strip()
        let rig = FakeOutletRig(pdu: "strip", controller: outlets, port: port, outlets: firmware.outlets)
        let breaches = try await clause.breaches(of: rig)
        #expect(breaches == [])
    }
}

/// A driver of outlets on a fake device.
private struct FakeOutletRig: OutletRig {
    let pdu: DeviceID
    let controller: any OutletController
    let port: FakeHID
    let outlets: FakeOutlets
    let timekeeper: any Timekeeper = SleeplessClock()
    let expected = (1...4).map { OutletReading(number: $0, position: .on) }
    let usable = [2, 3, 1, 4]

    func stand(of outlet: Int) async throws -> OutletPosition? {
        self.outlets.isOn(outlet) ? .on : .off
    }

    func put(_ fault: OutletFault) async throws -> Bool {
        switch fault {
        case .stuck(let outlet): self.outlets.stick(outlet)
        case .slow(let outlet): self.outlets.slow(outlet)
        case .refuses(let outlet): self.outlets.refuse(outlet)
        case .unreachable: self.port.unplug()
        case .reboots: self.port.rebootAfterOrder()
        case .locked, .renamed: return false
        }
        return true
    }

    func heal() async throws {
        self.port.plug()
        self.outlets.heal()
    }
}
