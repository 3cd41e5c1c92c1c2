import NUTProtocol
import NUTTransport
import OutletContract
import PowerCore
import PowerLab
import Synchronization
import Testing

/// Another daemon of ours with an emulated PDU, wired as the real one is.
private final class PDUDaemon: Sendable {
    let pdu: EmulatedPDU
    let clock = RealClock()
    private let manager: PowerManager
    private let server: Mutex<NUTServer>
    private let address: Mutex<ListenAddress>
    private let tasks: [Task<Void, Never>]

    var port: Int { self.address.withLock { $0.port } }

    init() async throws {
        let pdu = EmulatedPDU("rack", outletCount: 4, timekeeper: self.clock)
        self.pdu = pdu
        let serial = SerialOutlets("rack", pdu)
        let manager = PowerManager(
            configuration: Self.configuration, wiring: .init(timekeeper: self.clock, upses: [:], pdus: ["rack": serial])
        )
        let poller = PDUDriver(
            id: "rack", pollInterval: .milliseconds(200), controller: serial, timekeeper: self.clock,
            report: { manager.report($0) })
        self.manager = manager
        self.tasks = [Task { await manager.run() }, Task { await poller.run() }]
        let server = Self.server(manager)
        self.server = Mutex(server)
        self.address = Mutex(ListenAddress(host: "127.0.0.1", port: 0))
        let port = try await server.start(on: [ListenAddress(host: "127.0.0.1", port: 0)])[0].port
        self.address.withLock { $0 = ListenAddress(host: "127.0.0.1", port: port) }
    }

    private static func server(_ manager: PowerManager) -> NUTServer {
        NUTServer(daemon: manager, users: LabDaemon.users, version: ServerVersion(product: "upsd-swift 0.0.0"))
    }

    private static var configuration: Configuration {
        let ups = Configuration.UPS(
            rack: RackUPS(id: "river"), driver: .nutDriver(Configuration.NUTDriver(path: "/nowhere")))
        let pdu = Configuration.PDU(rack: RackPDU(id: "rack", feed: "river"), driver: .emulated(outlets: 4))
        return Configuration(upses: [ups], pdus: [pdu], rack: Rack(upses: [ups.rack], pdus: [pdu.rack]))
    }

    /// Ends all connections, and takes no more.
    func close() async { await self.server.withLock { $0 }.stop() }

    /// Listens again where it did.
    func reopen() async throws {
        let server = Self.server(self.manager)
        _ = try await server.start(on: [self.address.withLock { $0 }])
        self.server.withLock { $0 = server }
    }

    func stop() async {
        for task in self.tasks { task.cancel() }
        for task in self.tasks { await task.value }
        await self.close()
    }
}

/// Outlets of that daemon, as ours has them.
private final class UpstreamRig: OutletRig {
    private let daemon: PDUDaemon
    private let outlets: SourcedOutlets
    private let following: Task<Void, Never>
    private let isClosed = Mutex(false)

    init() async throws {
        self.daemon = try await PDUDaemon()
        let source = UpstreamSource(
            place: UpstreamSource.Place(host: "127.0.0.1", port: self.daemon.port, device: "rack"),
            credentials: UpstreamSource.Credentials(user: "admin", password: "secret"),
            pace: UpstreamSource.Pace(quick: .milliseconds(100), full: .milliseconds(100)),
            timekeeper: self.daemon.clock)
        let outlets = SourcedOutlets(
            id: "far", source: source, staleAfter: .seconds(15), timekeeper: self.daemon.clock)
        self.outlets = outlets
        self.following = Task { await outlets.run() }
    }

    var pdu: DeviceID { "far" }
    var controller: any OutletController { self.outlets }
    var timekeeper: any Timekeeper { self.daemon.clock }
    var usable: [Int] { [1, 2, 4] }
    var expected: [OutletReading] {
        (1...4).map { OutletReading(number: $0, name: "outlet \($0)", position: .on) }
    }

    func stand(of outlet: Int) async throws -> OutletPosition? {
        try await self.daemon.pdu.read().outlets[outlet - 1].position
    }

    func put(_ fault: OutletFault) async throws -> Bool {
        switch fault {
        case .stuck(let outlet): self.daemon.pdu.setTrouble(.stuck, at: outlet)
        case .slow(let outlet): self.daemon.pdu.setTrouble(.late(.seconds(3)), at: outlet)
        case .refuses(let outlet): self.daemon.pdu.setTrouble(.denied, at: outlet)
        case .locked(let outlet): self.daemon.pdu.setTrouble(.locked, at: outlet)
        case .renamed(let outlet, let name):
            self.daemon.pdu.putName(name, at: outlet)
            // What is not told here before it has been read there is no fault of the driver's.
            await self.wait { $0.outlets.contains { $0.number == outlet && $0.name == name } }
        case .unreachable:
            self.isClosed.withLock { $0 = true }
            await self.daemon.close()
        case .reboots:
            Task {
                while try await self.daemon.pdu.read().outlets.allSatisfy({ $0.position == .on }) {
                    try await Task.sleep(for: .milliseconds(20))
                }
                await self.daemon.close()
                try await Task.sleep(for: .seconds(3))
                try await self.daemon.reopen()
            }
        }
        return true
    }

    func heal() async throws {
        self.daemon.pdu.heal()
        let wasClosed = self.isClosed.withLock { isClosed in
            defer { isClosed = false }
            return isClosed
        }
        if wasClosed { try await self.daemon.reopen() }
        for outlet in 1...4 { try await self.daemon.pdu.turn(outlet, .on) }
        await self.wait { $0.outlets.count == 4 && $0.outlets.allSatisfy { $0.position == .on && !$0.isLocked } }
    }

    /// Returns once our side has heard it, or when that takes far too long.
    private func wait(until isSo: (PDUReading) -> Bool) async {
        for _ in 1...600 {
            if let reading = try? await self.outlets.read(), isSo(reading) { return }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    func stop() async {
        self.following.cancel()
        await self.following.value
        await self.daemon.stop()
    }
}

@Suite struct UpstreamContractTests {
    @Test(arguments: OutletClause.allCases)
    func `outlets of another daemon keep the contract of every driver`(clause: OutletClause) async throws {
        let rig = try await UpstreamRig()
        let breaches = try await clause.breaches(of: rig)
        #expect(breaches == [])
        await rig.stop()
    }
}
