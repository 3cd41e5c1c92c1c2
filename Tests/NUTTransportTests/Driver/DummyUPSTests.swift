import Foundation
import Glibc
import NUTTransport
import PowerCore
import Testing

/// Debian's `dummy-ups`, run as NUT runs it, its socket in a folder of its own.
final class DummyUPS: Sendable {
    static var isInstalled: Bool { Program.dummyUPS.isInstalled && geteuid() == 0 }

    let folder: TemporaryFolder

    init(_ device: String) throws {
        self.folder = try TemporaryFolder()
        try self.folder.write(device, to: "old.dev")
        try self.folder.write(
            "[old]\ndriver = dummy-ups\nport = \(self.folder.path)/old.dev\nmode = dummy-once\npollinterval = 1\n",
            to: "ups.conf")
    }

    var socket: String { "\(self.folder.path)/dummy-ups-old" }

    func start() throws -> RunningProgram {
        let path = self.folder.path
        return try Program.dummyUPS.start(
            ["-a", "old", "-u", "root", "-F"],
            environment: ["NUT_CONFPATH": path, "NUT_STATEPATH": path, "NUT_ALTPIDPATH": path])
    }

    func source(stale: Duration) -> DriverSocketSource {
        DriverSocketSource(path: self.socket, limits: DriverLinkLimits(staleAfter: stale), timekeeper: RealClock())
    }
}

/// A driver nobody here wrote behind our server, and clients nobody here wrote in front of it.
@Suite(.enabled(if: DummyUPS.isInstalled, "dummy-ups is not installed (Debian: nut-server), or this is not root"))
struct DummyUPSTests {
    static let device = "ups.status: OL CHRG\nups.mfr: Example\nbattery.charge: 87\noutlet.1.status: on\n"

    @Test func `a driver's variables, kinds and commands are what clients see`() async throws {
        let dummy = try DummyUPS(Self.device)
        let program = try dummy.start()
        try await withDaemon(dummy.source(stale: .seconds(15))) { daemon in
            #expect(await daemon.answer(until: "OL CHRG") == "VAR old ups.status \"OL CHRG\"")
            #expect(await daemon.ask("GET VAR old battery.charge") == "VAR old battery.charge \"87\"")
            #expect(await daemon.ask("GET TYPE old battery.charge") == "TYPE old battery.charge RW NUMBER")
            #expect(await daemon.ask("GET TYPE old ups.mfr") == "TYPE old ups.mfr RW STRING:32")
            #expect(await daemon.ask("GET VAR old driver.name") == "VAR old driver.name \"dummy-ups\"")
        }
        program.stop()
    }

    @Test(.enabled(if: Program.upsrw.isInstalled && Program.upscmd.isInstalled, "Debian: nut-client"))
    func `upsrw and upscmd learn what the driver made of their orders`() async throws {
        let dummy = try DummyUPS(Self.device)
        let program = try dummy.start()
        try await withDaemon(dummy.source(stale: .seconds(15))) { daemon in
            _ = await daemon.answer(until: "OL CHRG")
            let name = "old@127.0.0.1:\(daemon.port)"
            let credentials = ["-u", "admin", "-p", "secret"]
            let set = try await Program.upsrw.run(["-w", "-t", "5", "-s", "ups.status=OB LB"] + credentials + [name])
            #expect((set.output + set.errors).contains("SUCCESS"))
            #expect(await daemon.answer(until: "OB LB") == "VAR old ups.status \"OB LB\"")
            // dummy-ups offers the command and knows nothing of it when it is given.
            let command = try await Program.upscmd.run(["-w", "-t", "5"] + credentials + [name, "load.off"])
            #expect((command.output + command.errors).contains("does not know INSTCMD load.off"))
        }
        program.stop()
    }

    @Test func `a driver that is killed is missed when its data is old, and is back when it is started`() async throws {
        let dummy = try DummyUPS(Self.device)
        let first = try dummy.start()
        try await withDaemon(dummy.source(stale: .seconds(3)), staleAfter: .seconds(3)) { daemon in
            _ = await daemon.answer(until: "OL CHRG")
            first.stop()
            _ = await first.exit()
            // Not at once: a driver that is restarted is no reason to stop a host.
            #expect(await daemon.ask("GET VAR old ups.status") == "VAR old ups.status \"OL CHRG\"")
            #expect(await daemon.answer(until: "ERR DRIVER-NOT-CONNECTED") == "ERR DRIVER-NOT-CONNECTED")
            let second = try dummy.start()
            #expect(await daemon.answer(until: "OL CHRG") == "VAR old ups.status \"OL CHRG\"")
            #expect(daemon.log.value.contains { $0.hasSuffix("answers again") })
            second.stop()
        }
    }

    @Test func `a driver that hangs is stale, and fresh when it goes on`() async throws {
        let dummy = try DummyUPS(Self.device)
        let program = try dummy.start()
        try await withDaemon(dummy.source(stale: .seconds(3)), staleAfter: .seconds(3)) { daemon in
            _ = await daemon.answer(until: "OL CHRG")
            kill(program.processID, SIGSTOP)
            #expect(await daemon.answer(until: "ERR DATA-STALE") == "ERR DATA-STALE")
            kill(program.processID, SIGCONT)
            #expect(await daemon.answer(until: "OL CHRG") == "VAR old ups.status \"OL CHRG\"")
        }
        program.stop()
    }

    @Test func `outlets of a driver are switched as ours, and read back`() async throws {
        let dummy = try DummyUPS(Self.device)
        let program = try dummy.start()
        let source = dummy.source(stale: .seconds(15))
        let outlets = SourcedOutlets(id: "rack", source: source, staleAfter: .seconds(15), timekeeper: RealClock())
        try await withDaemon(source, pdu: outlets) { daemon in
            _ = await daemon.answer("outlet.1.switchable", of: "rack", until: "yes")
            let client = try await RawClient(port: daemon.port)
            #expect(await client.authenticate("admin", "secret"))
            #expect(await client.ask("INSTCMD rack outlet.1.load.off") == "OK")
            #expect(
                await daemon.answer("outlet.1.status", of: "rack", until: "off")
                    == "VAR rack outlet.1.status \"off\"")
        }
        program.stop()
    }
}
