import OutletContract
import PowerCore
import Testing

@testable import USBTransport

extension EmulatedDevices.Outlets {
    @Test(arguments: OutletClause.allCases)
    func `a relay board keeps the contract`(clause: OutletClause) async throws {
        let outlets = try Self.board("HURTM")
        let breaches = try await Self.holding("board", outlets) {
            try await clause.breaches(of: EmulatedOutletRig(pdu: "board", controller: outlets))
        }
        #expect(breaches == [])
    }

    @Test(arguments: OutletClause.allCases)
    func `a power strip keeps the contract`(clause: OutletClause) async throws {
        let outlets = try Self.strip()
        let breaches = try await Self.holding("strip", outlets) {
            try await clause.breaches(of: EmulatedOutletRig(pdu: "strip", controller: outlets))
        }
        #expect(breaches == [])
    }
}

/// A driver of outlets on an emulated device of the same name.
private struct EmulatedOutletRig: OutletRig {
    let pdu: DeviceID
    let controller: any OutletController
    let timekeeper: any Timekeeper = EmulatedDevices.Outlets.clock
    let expected = (1...4).map { OutletReading(number: $0, position: .on) }
    let usable = [2, 3, 1, 4]
    /// Enough for a slow relay, which takes four seconds, on a machine that is slow itself.
    let patience = OutletSequence.Patience(verify: .seconds(8))

    func stand(of outlet: Int) async throws -> OutletPosition? {
        try EmulatedDevices.Outlets.states(of: self.pdu.name)[outlet - 1]
    }

    func put(_ fault: OutletFault) async throws -> Bool {
        switch fault {
        case .stuck(let outlet): try self.tell("wrong \(outlet) stuck")
        case .slow(let outlet): try self.tell("wrong \(outlet) slow")
        case .refuses(let outlet): try self.tell("wrong \(outlet) refuses")
        case .unreachable: try self.tell("unplug")
        case .reboots(let outlet): try self.tell("wrong \(outlet) reboots")
        case .locked, .renamed: return false
        }
        return true
    }

    func heal() async throws {
        for word in ["clear", "plug"] { try self.tell(word) }
        // Once it is there: relays drop while it is plugged in.
        _ = try await EmulatedDevices.Outlets.reading(self.controller)
        try self.tell("heal")
    }

    private func tell(_ words: String) throws {
        try Emulator.tell("\(self.pdu) \(words)")
    }
}
