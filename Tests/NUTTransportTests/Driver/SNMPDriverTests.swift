import Foundation
import Glibc
import NUTTransport
import PowerCore
import Testing

/// NUT's `snmp-ups` on a recording of an Eaton ePDU G3, whose outlets the simulator switches.
///
/// `UPSD_TEST_SNMPSIM` names the folder of a Python environment with snmpsim, pysmi and cryptography.
final class SNMPDriver: Sendable {
    static let driver = Program("/lib/nut/snmp-ups", "/usr/lib/nut/snmp-ups")
    static let environment = ProcessInfo.processInfo.environment["UPSD_TEST_SNMPSIM"] ?? ""
    static let recordings = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/data/pdu").path

    /// Why the test cannot run; nil where it can.
    static var obstacle: String? {
        let manager = FileManager.default
        if !self.driver.isInstalled || geteuid() != 0 { return "snmp-ups is not installed (Debian: nut-snmp)" }
        if !manager.isExecutableFile(atPath: "\(self.environment)/bin/snmpsim-command-responder") {
            return "UPSD_TEST_SNMPSIM names no Python environment with snmpsim"
        }
        return manager.fileExists(atPath: "\(self.recordings)/run_sim.sh") ? nil : "there are no recordings of PDUs"
    }

    let folder: TemporaryFolder
    private let simulator: RunningProgram
    private let program: Watched<RunningProgram?>

    /// Starts the simulator, and the driver again and again until it finds it: it gives up at once where nobody answers.
    init() async throws {
        self.folder = try TemporaryFolder()
        let port = 20_000 + Int(getpid()) % 10_000
        self.simulator = try Program("/bin/bash").start(
            ["\(Self.recordings)/run_sim.sh", "\(port)"], environment: ["VENV": Self.environment])
        try self.folder.write(
            "[rack]\ndriver = snmp-ups\nport = 127.0.0.1:\(port)\ncommunity = eatonpdu_g3\npollfreq = 2\npollinterval = 1\n",
            to: "ups.conf")
        self.program = Watched(nil)
        try await self.start()
    }

    /// Starts the driver, its socket being the sign that it runs.
    func start() async throws {
        let path = self.folder.path
        for _ in 0..<30 where !self.folder.contains("snmp-ups-rack") {
            let program = try Self.driver.start(
                ["-a", "rack", "-u", "root", "-F"],
                environment: ["NUT_CONFPATH": path, "NUT_STATEPATH": path, "NUT_ALTPIDPATH": path])
            self.program.change { $0 = program }
            while Glibc.kill(program.processID, 0) == 0, !self.folder.contains("snmp-ups-rack") {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    func source(stale: Duration = .seconds(15)) -> DriverSocketSource {
        DriverSocketSource(
            path: "\(self.folder.path)/snmp-ups-rack", limits: DriverLinkLimits(staleAfter: stale),
            timekeeper: RealClock())
    }

    /// Ends the driver without warning; what it leaves behind is its socket.
    func kill() async throws {
        let program = self.program.change { program in
            defer { program = nil }
            return program
        }
        program?.stop()
        _ = await program?.exit()
        try FileManager.default.removeItem(atPath: "\(self.folder.path)/snmp-ups-rack")
    }

    /// Ends the driver and the simulator.
    func stop() {
        self.program.value?.stop()
        self.simulator.stop()
    }
}

@Suite(.enabled(if: SNMPDriver.obstacle == nil, "\(SNMPDriver.obstacle ?? "")"), .serialized)
struct SNMPDriverTests {
    @Test(.timeLimit(.minutes(3)))
    func `outlets of a real PDU behind snmp-ups are named, measured, switched and verified`() async throws {
        let driver = try await SNMPDriver()
        let outlets = SourcedOutlets(
            id: "rack", source: driver.source(), staleAfter: .seconds(15), timekeeper: RealClock())
        try await withDaemon(driver.source(), pdu: outlets) { daemon in
            #expect(
                await daemon.answer("outlet.24.status", of: "rack", until: "on", seconds: 90)
                    == "VAR rack outlet.24.status \"on\"")
            #expect(await daemon.ask("GET VAR rack device.mfr") == "VAR rack device.mfr \"EATON\"")
            #expect(await daemon.ask("GET VAR rack outlet.count") == "VAR rack outlet.count \"24\"")
            #expect(await daemon.ask("GET VAR rack outlet.5.switchable") == "VAR rack outlet.5.switchable \"yes\"")
            #expect(await daemon.ask("GET VAR rack outlet.1.realpower") == "VAR rack outlet.1.realpower \"80.0\"")
            let client = try await NUTClient.connect(host: "127.0.0.1", port: daemon.port)
            try await client.authenticate(user: "admin", password: "secret")
            for (order, position) in [("off", "off"), ("on", "on")] {
                #expect(try await client.run("outlet.5.load.\(order)", on: "rack") == .done)
                #expect(try await client.value(of: "outlet.5.status", on: "rack") == position)
            }
            await client.close()
        }
        driver.stop()
    }
    @Test(.timeLimit(.minutes(3)))
    func `a driver of a PDU that is killed is missed, and back when it is started`() async throws {
        let driver = try await SNMPDriver()
        try await withDaemon(driver.source(stale: .seconds(3)), staleAfter: .seconds(3)) { daemon in
            let fresh = "VAR old device.mfr \"EATON\""
            #expect(await daemon.answer("device.mfr", until: "EATON", seconds: 90) == fresh)
            try await driver.kill()
            #expect(await daemon.answer("device.mfr", until: "DRIVER-NOT-CONNECTED") == "ERR DRIVER-NOT-CONNECTED")
            try await driver.start()
            #expect(await daemon.answer("device.mfr", until: "EATON", seconds: 90) == fresh)
        }
        driver.stop()
    }
}
