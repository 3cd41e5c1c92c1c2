import Foundation
import Testing

/// Outlets as Home Assistant makes switches and buttons of them, through the client library that it uses.
@Suite struct HomeAssistantTests {
    private static let python = ProcessInfo.processInfo.environment["UPSD_TEST_PYTHON"] ?? "/usr/bin/python3"
    private static let hasClient =
        (try? Tool.run("/bin/sh", ["-c", "\(Self.python) -c 'import aionut'"]).code) == 0

    @Test(.enabled(if: Self.hasClient, "the Python module aionut is not installed (PyPI)"))
    func `every outlet becomes a switch and a button, which do what they say`() async throws {
        let rack = try await TestRack(
            """
            server:
              listen: "127.0.0.1:0"
              users: {admin: {password: secret, set: all, commands: all}}
            ups: {river: {driver: emulated, model: river-3-plus}}
            pdu: {rack-a: {driver: emulated, outlets: 4, feed: river, poll: 250ms}}
            tiers: [core]
            hosts: {pve1: {tier: core, feeds: [rack-a/1]}}
            loads: {lamp: {tier: core, feeds: [rack-a/4]}}

            """)
        defer { rack.stop() }
        try await rack.wait(for: "found")
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/NUT/aionut_outlets.py").standardized
        let outcome = try Tool.run(
            "/bin/sh", ["-c", "\(Self.python) \(script.path) \(rack.port) rack-a 4 2>&1"])
        #expect(outcome.output == "ok\n")
    }
}
