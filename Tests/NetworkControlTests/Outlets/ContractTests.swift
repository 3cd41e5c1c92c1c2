import Foundation
import OutletContract
import PowerCore
import Synchronization
import Testing

@testable import NetworkControl

/// The clock of the machine.
struct MachineClock: Timekeeper {
    private static let start = ContinuousClock.now

    var now: Moment { .origin + Self.start.duration(to: .now) }

    func sleep(until moment: Moment) async throws {
        try await Task.sleep(for: moment - self.now)
    }
}

/// The strip that the driver and the contract look at from two sides.
private struct KasaRig: OutletRig {
    let strip: FakeKasaStrip
    let pdu: DeviceID = "strip"
    let timekeeper: any Timekeeper = MachineClock()

    var controller: any OutletController { KasaOutlets(port: self.strip.port) }
    var usable: [Int] { [2, 4, 5] }
    var expected: [OutletReading] {
        (1...FakeKasaStrip.count).map { OutletReading(number: $0, name: "Plug \($0)", position: .on) }
    }

    func stand(of outlet: Int) -> OutletPosition? {
        self.strip.state.withLock { $0.outlets[outlet - 1].position }
    }

    func put(_ fault: OutletContract.OutletFault) -> Bool {
        self.strip.state.withLock { state in
            switch fault {
            case .stuck(let outlet): state.stuck.insert(outlet)
            case .slow(let outlet): state.slow.insert(outlet)
            case .refuses(let outlet): state.refusing.insert(outlet)
            case .unreachable: state.isSilent = true
            case .renamed(let outlet, let name): state.outlets[outlet - 1].alias = name
            case .reboots(let outlet): state.rebootsAfter = outlet
            case .locked: return false
            }
            return true
        }
    }

    func heal() { self.strip.heal() }
}

/// A `powermand` and the strip behind it.
private struct PowermanRig: OutletRig {
    let server: PowermanServer
    let pdu: DeviceID = "rack"
    let timekeeper: any Timekeeper = MachineClock()

    var controller: any OutletController { self.server.outlets(call: .seconds(2)) }
    var usable: [Int] { [1, 3, 4] }
    var expected: [OutletReading] {
        PowermanServer.nodes.enumerated().map { OutletReading(number: $0 + 1, name: $1, position: .on) }
    }

    func stand(of outlet: Int) -> OutletPosition? {
        self.server.strip.state.withLock { $0.positions[outlet] }
    }

    func put(_ fault: OutletContract.OutletFault) -> Bool {
        self.server.strip.state.withLock { state in
            switch fault {
            case .stuck(let outlet): state.stuck.insert(outlet)
            case .slow(let outlet): state.slow.insert(outlet)
            case .refuses(let outlet): state.refusing.insert(outlet)
            case .unreachable: self.server.suspend()
            case .reboots(let outlet): state.afterOrder = (outlet, { self.server.pause(for: PromptStrip.pause) })
            // Names are those of the daemon's configuration, and nothing is locked there.
            case .renamed, .locked: return false
            }
            return true
        }
    }

    func heal() {
        self.server.resume()
        self.server.strip.state.withLock { $0 = PromptStrip.State() }
    }
}

extension PowermanServer {
    /// Makes it say nothing for some time.
    func pause(for duration: Duration) {
        self.suspend()
        Task {
            try await Task.sleep(for: duration)
            self.resume()
        }
    }
}

extension CommandRig: OutletRig {
    var pdu: DeviceID { "strip" }
    var timekeeper: any Timekeeper { MachineClock() }
    var controller: any OutletController { self.outlets }
    var usable: [Int] { Array(1...Self.count) }
    var expected: [OutletReading] {
        (1...Self.count).map { OutletReading(number: $0, name: "load \($0)", position: .on) }
    }

    func stand(of outlet: Int) throws -> OutletPosition? { try self.position(outlet) }

    func put(_ fault: OutletContract.OutletFault) throws -> Bool {
        switch fault {
        case .stuck(let outlet): try self.folder.write("stuck-\(outlet)", "")
        case .slow(let outlet): try self.folder.write("slow-\(outlet)", "")
        case .refuses(let outlet): try self.folder.write("refuses-\(outlet)", "")
        case .locked(let outlet): try self.folder.write("locked-\(outlet)", "")
        case .unreachable: try self.folder.write("unreachable", "")
        case .renamed(let outlet, let name): try self.folder.write("name-\(outlet)", name)
        case .reboots(let outlet): try self.folder.write("reboots-\(outlet)", "")
        }
        return true
    }

    func heal() throws { try self.reset() }
}

/// What every driver of outlets must do, asked of these three.
struct ContractTests {
    @Test(arguments: OutletClause.allCases)
    func `a Kasa strip keeps the contract`(clause: OutletClause) async throws {
        let strip = try await FakeKasaStrip()
        let breaches = try await clause.breaches(of: KasaRig(strip: strip))
        #expect(breaches == [])
        try await strip.close()
    }

    @Test(
        .enabled(if: PowermanServer.isInstalled, "powermand is not installed (Debian: powerman)"),
        arguments: OutletClause.allCases)
    func `nodes behind a powermand keep the contract`(clause: OutletClause) async throws {
        try await PowermanServer.run { server in
            let breaches = try await clause.breaches(of: PowermanRig(server: server))
            #expect(breaches == [])
        }
    }

    @Test(arguments: OutletClause.allCases)
    func `outlets behind programs keep the contract`(clause: OutletClause) async throws {
        let rig = try CommandRig()
        let breaches = try await clause.breaches(of: rig)
        #expect(breaches == [])
    }
}
