import Foundation
import Testing

/// The daemon as it is installed, before ten thousand clients that say nothing and a hundred that mean harm.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "python3 is not installed"))
struct CrowdTests {
    /// What `crowd.py` tells; memory in KiB.
    private struct Report: Decodable {
        var idleAnswered: Int
        var idleClosed: Int
        var idleSeconds: Double
        var asked: Int
        var unanswered: Int
        var fewest: Int
        var longestWait: Double
        var medianWait: Double
        var before: Int
        var quiet: Int
        var peak: Int
        var after: Int
        var ended: [String: Int]
    }

    /// What one client that means harm may cost.
    private static let kilobytesOfHostile = 256
    /// What one client may cost that says nothing after its first answer.
    private static let kilobytesOfIdle = 6
    private static let hostile = 100

    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "crowd/crowd.py").path

    /// As many as there may be descriptors for, in this test's machine.
    private static var idle: Int {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return min(10_000, Int(clamping: limit.rlim_max) - 1_000)
    }

    @Test func `whoever behaves is answered, and nobody costs more than stated`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "crowd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let key = folder.appending(path: "key.pem").path
        let made = try Tool.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                "/CN=crowd", "-keyout", key, "-out", "\(key).crt",
            ])
        try #require(made.code == 0)
        let rack = try await TestRack(
            """
            server:
              listen: "127.0.0.1:0"
              max-clients: 12000
              tls: {certificate: \(key).crt, key: \(key)}
              users: {admin: {password: secret, role: primary}}
            ups: {ups: {driver: emulated, model: river-3-plus}}

            """)
        defer { rack.stop() }
        let said = rack.journal.lines.count
        let begin = ContinuousClock().now
        let ran = try Tool.run(
            "/usr/bin/python3",
            [Self.script, "\(rack.port)", "\(rack.pid)", "\(Self.idle)", "\(Self.hostile)"])
        try #require(ran.code == 0, "\(ran.output)")
        let report = try JSONDecoder().decode(Report.self, from: Data(ran.output.utf8))
        print("crowd: \(ran.output)", terminator: "")

        #expect(report.idleAnswered == Self.idle && report.idleClosed == 0)
        #expect(report.unanswered == 0 && report.fewest > 10)
        #expect(report.quiet - report.before <= Self.idle * Self.kilobytesOfIdle)
        #expect(report.peak - report.quiet <= Self.hostile * Self.kilobytesOfHostile)
        // Each of those that do not read was thrown out, by its limit.
        #expect(report.ended["deaf", default: 0] >= Self.hostile / 10)
        let lines = rack.journal.lines.dropFirst(said)
        #expect(lines.contains { $0.contains("does not read what it asks for") })
        #expect(lines.contains { $0.contains("wrong password from 127.0.0.1") })
        let seconds = (ContinuousClock().now - begin).components.seconds
        #expect(lines.count <= 10 * Int(seconds), "\(lines.count) lines in \(seconds) s")
    }
}
