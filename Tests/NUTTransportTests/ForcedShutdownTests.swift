import Foundation
import NUTTransport
import PowerCore
import Testing

/// A primary and two secondaries, all of them Debian's `upsmon`, against our server: the primary goes last.
@Suite(
    .enabled(if: Program.upsmon.isInstalled, "upsmon is not installed (Debian: nut-client)"),
    .enabled(if: Monitor.canBeRun, "upsmon needs root and a mount namespace of its own"), .serialized)
struct ForcedShutdownTests {
    @Test func `a low battery stops the secondaries, and their primary when they are gone`() async throws {
        try await self.shutDown { daemon, _ in daemon.show("OB LB", as: "ups.status") }
    }

    @Test func `a primary that is told to stops the secondaries, and itself when they are gone`() async throws {
        try await self.shutDown { _, primary in
            let told = try await Program.upsmon.run(["-P", "\(primary.processID)", "-c", "fsd"])
            #expect(told.status == 0, "\(told.errors)")
        }
    }

    /// Lets `begin` cause a shutdown, and looks at the order of what follows.
    private func shutDown(_ begin: (LabDaemon, Monitor) async throws -> Void) async throws {
        let daemon = LabDaemon()
        let marks = try TemporaryFolder()
        try await withServer(daemon) { port, _ in
            let monitors = try [("primary", "admin", "secret"), ("one", "mon", "pass"), ("two", "mon", "pass")].map {
                name, user, password in
                try Monitor(
                    port: port, user: user, password: password, role: name == "primary" ? name : "secondary",
                    shutDown: "echo \(name) >> \(marks.path)/marks")
            }
            #expect(await daemon.wait { $0.count == 3 }, "\(monitors.map(\.log))")
            for monitor in monitors { #expect(await monitor.hasPolled(), "\(monitor.log)") }
            let watcher = try await RawClient(port: port)
            #expect(await watcher.ask("GET NUMLOGINS ups") == "NUMLOGINS ups 3")

            try await begin(daemon, monitors[0])
            var counts = [3]
            for _ in 0..<3000 where counts.last != 0 {
                let count = await Int(watcher.ask("GET NUMLOGINS ups").split(separator: " ").last ?? "")
                if let count, count != counts.last { counts.append(count) }
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(counts.last == 0)
            #expect(counts == counts.sorted(by: >))
            for monitor in monitors { #expect(await monitor.exit() == 0, "\(monitor.log)") }
            let order = marks.text("marks").split(separator: "\n")
            #expect(order.sorted() == ["one", "primary", "two"])
            #expect(order.last == "primary")
            #expect(daemon.snapshot.device("ups")?.variable("ups.status")?.value.hasPrefix("FSD ") == true)
        }
    }
}
