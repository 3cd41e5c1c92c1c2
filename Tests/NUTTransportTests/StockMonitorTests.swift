import Foundation
import NUTTransport
import PowerCore
import Testing

/// Debian's own `upsmon` against our server, shutting down what it believes to be its host.
@Suite(
    .enabled(if: Program.upsmon.isInstalled, "upsmon is not installed (Debian: nut-client)"),
    .enabled(if: Monitor.canBeRun, "upsmon needs root and a mount namespace of its own"), .serialized)
struct StockMonitorTests {
    private let secondary = Actor(user: "mon", address: "127.0.0.1")
    private let primary = Actor(user: "admin", address: "127.0.0.1")

    @Test func `a secondary logs in, and shuts down at FSD`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let monitor = try Monitor(port: port, user: "mon", password: "pass", role: "secondary")
            #expect(await daemon.wait { $0 == [.loggedIn("ups", self.secondary)] }, "\(monitor.log)")
            let watcher = try await RawClient(port: port)
            #expect(await watcher.ask("GET NUMLOGINS ups") == "NUMLOGINS ups 1")
            #expect(!monitor.hasShutDown)
            daemon.show("FSD OB", as: "ups.status")
            #expect(await monitor.exit() == 0, "\(monitor.log)")
            #expect(monitor.hasShutDown, "\(monitor.log)")
            // It never says LOGOUT when it shuts its host down: it just ends.
            #expect(await daemon.wait { $0.last == .loggedOut("ups", self.secondary, politely: false) })
            #expect(await watcher.ask("GET NUMLOGINS ups") == "NUMLOGINS ups 0")
        }
    }

    @Test func `a secondary that is stopped takes leave`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let monitor = try Monitor(port: port, user: "mon", password: "pass", role: "secondary")
            #expect(await daemon.wait { $0 == [.loggedIn("ups", self.secondary)] }, "\(monitor.log)")
            #expect(await monitor.hasPolled(), "\(monitor.log)")
            kill(monitor.processID, SIGTERM)
            #expect(
                await daemon.wait { $0.last == .loggedOut("ups", self.secondary, politely: true) }, "\(monitor.log)")
            #expect(await monitor.exit() == 0)
            #expect(!monitor.hasShutDown)
        }
    }

    @Test func `a primary on a low battery tells the secondaries and goes last`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let first = try Monitor(port: port, user: "admin", password: "secret", role: "primary")
            let second = try Monitor(port: port, user: "mon", password: "pass", role: "secondary")
            #expect(await daemon.wait { $0.count == 2 }, "\(first.log) \(second.log)")
            daemon.show("OB LB", as: "ups.status")
            #expect(await second.exit() == 0, "\(second.log)")
            #expect(await first.exit() == 0, "\(first.log)")
            #expect(first.hasShutDown)
            #expect(second.hasShutDown)
            #expect(await daemon.wait { $0.count == 5 })
            #expect(
                daemon.events.dropFirst(2) == [
                    .ordered(.forcedShutdown("ups"), self.primary),
                    .loggedOut("ups", self.secondary, politely: false),
                    .loggedOut("ups", self.primary, politely: false),
                ])
            #expect(daemon.snapshot.device("ups")?.variable("ups.status")?.value == "FSD OB LB")
        }
    }

    @Test func `a primary told to by its user forces the shutdown`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let monitor = try Monitor(port: port, user: "admin", password: "secret", role: "primary")
            #expect(await daemon.wait { $0.count == 1 }, "\(monitor.log)")
            // It has been asked for its rights, and polls, once it has seen the UPS on mains.
            #expect(await monitor.hasPolled(), "\(monitor.log)")
            let told = try await Program.upsmon.run(["-P", "\(monitor.processID)", "-c", "fsd"])
            #expect(told.status == 0, "\(told.errors)")
            #expect(await daemon.wait { $0.contains(.ordered(.forcedShutdown("ups"), self.primary)) }, "\(monitor.log)")
            #expect(await monitor.exit() == 0)
            #expect(monitor.hasShutDown)
        }
    }
}

/// A stock `upsmon` whose host is a folder: shutting it down leaves a mark there.
final class Monitor: Sendable {
    private let folder: TemporaryFolder
    private let program: RunningProgram

    /// As root, `upsmon` insists on one file for its process number; each gets a `/run` of its own.
    static var canBeRun: Bool {
        guard geteuid() == 0, Program.unshare.isInstalled else { return false }
        let process = Process()
        process.executableURL = URL(filePath: Program.unshare.path)
        process.arguments = ["-m", "mount", "-t", "tmpfs", "none", "/run"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// Starts one; `shutDown` is run beside leaving the mark.
    init(
        port: Int, host: String = "127.0.0.1", user: String, password: String, role: String, more: String = "",
        shutDown: String = "true"
    ) throws {
        self.folder = try TemporaryFolder()
        let configuration = """
            MONITOR ups@\(host):\(port) 1 \(user) \(password) \(role)
            MINSUPPLIES 1
            SHUTDOWNCMD "touch \(self.folder.path)/shut-down; \(shutDown)"
            POWERDOWNFLAG \(self.folder.path)/killpower
            POLLFREQ 1
            POLLFREQALERT 1
            HOSTSYNC 10
            DEADTIME 5
            FINALDELAY 0
            \(more)

            """
        try self.folder.write(configuration, to: "upsmon.conf")
        let command = "mount -t tmpfs none /run && mkdir /run/nut && exec \(Program.upsmon.path) -p -D -D"
        self.program = try Program.unshare.start(
            ["-m", "sh", "-c", command], environment: ["NUT_CONFPATH": self.folder.path])
    }

    var processID: Int32 { self.program.processID }
    var hasShutDown: Bool { self.folder.contains("shut-down") }
    var log: String { self.program.output + self.program.errors }

    func exit() async -> Int32? { await self.program.exit() }

    /// Waits until the log shows that the status was asked for.
    func hasPolled() async -> Bool { await self.says("parse_status: [OL]") }

    /// Waits until the log contains `text`.
    func says(_ text: String) async -> Bool {
        for _ in 0..<300 {
            if self.log.contains(text) { return true }
            try? await Task.sleep(for: .milliseconds(100))
        }
        return false
    }
}
