import NUTProtocol
import NUTTransport
import PowerCore
import PowerLab

/// A rack that lives in the test's own process, so that it outlives every daemon that is killed.
///
/// Its UPSes and PDUs are served by a NUT server of its own. That one knows of no hosts: it decides nothing, and refuses
/// no order to an outlet.
final class LabWorld: Sendable {
    static let user = "admin"
    static let password = "secret"

    let lab: LabRack
    let port: Int
    private let server: NUTServer
    private let tasks: [Task<Void, Never>]

    /// Builds the rack of `plan` and serves it.
    init(_ plan: LabPlan) async throws {
        let clock = LabClock()
        let lab = try LabRack(plan, timekeeper: clock)
        self.lab = lab
        let configuration = Self.configuration(plan)
        let (events, letters) = AsyncStream.makeStream(of: DeviceEvent.self)
        let upses = plan.upses.compactMap { ups -> (DeviceID, HIDUPSDriver)? in
            guard let source = lab.source(for: ups.id) else { return nil }
            let pace = HIDUPSDriver.Pace(quick: .milliseconds(200), full: .milliseconds(500))
            return (
                ups.id, HIDUPSDriver(id: ups.id, source: source, pace: pace, timekeeper: clock) { letters.yield($0) }
            )
        }
        let pdus = plan.pdus.compactMap { pdu in lab.outlets(of: pdu.id).map { (pdu.id, $0) } }
        let manager = PowerManager(
            configuration: configuration,
            wiring: PowerManager.Wiring(
                timekeeper: clock, upses: Dictionary(uniqueKeysWithValues: upses),
                pdus: Dictionary(uniqueKeysWithValues: pdus)))
        var tasks = [
            Task { await lab.run() }, Task { await manager.run() },
            Task { for await event in events { manager.report(event) } },
        ]
        for (_, driver) in upses { tasks.append(Task { await driver.run() }) }
        for (id, outlets) in pdus {
            let driver = PDUDriver(
                id: id, pollInterval: .milliseconds(200), controller: outlets, timekeeper: clock,
                report: manager.report)
            tasks.append(Task { await driver.run() })
        }
        self.tasks = tasks
        let users = Password(plain: Self.password).map {
            [NUTUser(name: Self.user, password: $0, role: .primary, settable: .all, commands: .all)]
        }
        self.server = NUTServer(
            daemon: manager, users: UserTable(users ?? []), version: ServerVersion(product: "upsd-swift 0.0.0"))
        await manager.begin()
        self.port = try await self.server.start(on: [ListenAddress(host: "127.0.0.1", port: 0)])[0].port
    }

    func stop() async {
        for task in self.tasks { task.cancel() }
        await self.server.stop()
    }

    private static func configuration(_ plan: LabPlan) -> Configuration {
        let upses = plan.upses.map {
            Configuration.UPS(
                rack: RackUPS(id: $0.id), driver: .emulated(Configuration.EmulatedUPS(model: $0.model.rawValue)))
        }
        let pdus = plan.pdus.map {
            Configuration.PDU(rack: RackPDU(id: $0.id, feed: $0.feed), driver: .emulated(outlets: $0.outletCount))
        }
        return Configuration(
            upses: upses, pdus: pdus, rack: Rack(upses: upses.map(\.rack), pdus: pdus.map(\.rack)),
            policy: PolicySettings(stagger: .milliseconds(50)))
    }
}

/// The machine's own clock, for a lab with programs around it that know no other.
private struct LabClock: Timekeeper {
    private let start = ContinuousClock.now

    var now: Moment { Moment(sinceOrigin: ContinuousClock.now - self.start) }

    func sleep(until moment: Moment) async throws {
        try await ContinuousClock().sleep(until: self.start + moment.sinceOrigin)
    }
}
