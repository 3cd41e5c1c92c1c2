import Foundation
import Testing

/// The daemon with few open files, before more connections than those.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "python3 is not installed"))
struct OpenFileTests {
    /// What `full.py` tells.
    private struct Report: Decodable {
        var served: Int
        var told: Int
        var silent: Int
        var waiting: Int
        var hasRoomAgain: Bool
        var workedShare: Double
        var seconds: Double
    }

    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "crowd/full.py").path

    @Test func `with few open files nobody is left waiting, and the daemon does not spin`() async throws {
        let openFiles = 256
        let rack = try await TestRack(
            """
            server: {listen: "127.0.0.1:0"}
            ups: {ups: {driver: emulated, model: river-3-plus}}

            """, openFiles: openFiles)
        defer { rack.stop() }
        #expect(rack.journal.lines.contains { $0.contains("the system allows \(openFiles) open files") })
        let ran = try Tool.run("/usr/bin/python3", [Self.script, "\(rack.port)", "\(rack.pid)", "300"])
        try #require(ran.code == 0, "\(ran.output)")
        let report = try JSONDecoder().decode(Report.self, from: Data(ran.output.utf8))
        print("full: \(ran.output)", terminator: "")
        #expect(report.waiting == 0 && report.hasRoomAgain)
        #expect(report.served >= 1 && report.served < openFiles / 2)
        #expect(report.served + report.told + report.silent == 300)
        #expect(report.seconds < 1 || report.workedShare < 0.5)
    }

    @Test func `with too few open files for a single client the daemon says so and ends`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "few-\(UUID().uuidString).yaml")
        try Data("server: {listen: \"127.0.0.1:0\"}\nups: {ups: {driver: emulated, model: river-3-plus}}\n".utf8)
            .write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let daemon = Tool.products.appending(path: "upsd-swift").path
        let ran = try Tool.run("/bin/sh", ["-c", "ulimit -n 128 && exec \(daemon) --config \(file.path)"])
        #expect(ran.code == 1)
        #expect(ran.output.contains("128 open files, and at least 195 are needed"))
    }
}
