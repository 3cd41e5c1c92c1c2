import Foundation
import NUTTransport
import Testing

/// NUT's `upslog` against our server.
@Suite(.enabled(if: Program.upslog.isInstalled, "upslog is not installed (Debian: nut-client)"))
struct StockLogTests {
    private static let format = "%VAR ups.status% %VAR battery.charge% [%VAR ups.id%] %VAR ups.nothing% %UPSHOST%"

    @Test func `upslog writes what changes, variable by variable`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let name = "ups@127.0.0.1:\(port)"
            let program = try Program.upslog.start(["-s", name, "-l", "-", "-i", "1", "-f", Self.format, "-u", "root"])
            #expect(await program.says("OL 100 [rack] NA \(name)\n"), "\(program.output) \(program.errors)")
            daemon.show("OB DISCHRG", as: "ups.status")
            daemon.show("87", as: "battery.charge")
            #expect(await program.says("OB DISCHRG 87 [rack] NA \(name)\n"), "\(program.output) \(program.errors)")
            program.stop()
        }
    }
}

extension RunningProgram {
    /// Waits until its output contains `text`.
    func says(_ text: String) async -> Bool {
        for _ in 0..<300 {
            if self.output.contains(text) { return true }
            try? await Task.sleep(for: .milliseconds(100))
        }
        return false
    }
}
