import Foundation
import PowerCore
import PowerLab
import Testing

extension Outages {
    /// A wall clock that jumps during an outage and over a restart, as when a machine without a clock finds its time server.
    @Suite struct ClockJumpTests {
        @Test(.timeLimit(.minutes(3)), arguments: [86_400, -86_400])
        func `a wall clock that jumps by a day changes nothing, not over a restart either`(jump: Int64) async throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "clock-\(UUID().uuidString.prefix(8))")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let clock = try WallClock(folder.appending(path: "ahead"))
            let daemon = try Preload(in: folder).clock(clock.file)
            try await withOutageRack(.reference, launches: [daemon, daemon, daemon]) { rack in
                try await rack.untilAllRun()
                try await rack.mains(false)
                try await rack.wait(for: "lab: web stopping")
                try clock.set(jump)
                try await rack.wait(for: "lab: db stopping")
                rack.killDaemon()
                try await rack.untilAllOff()
                try clock.set(0)
                let back = rack.journal.lines.count
                try await rack.mains(true)
                try await rack.wait(for: "lab: storage booting", from: back)
                try clock.set(jump)
                rack.killDaemon()
                try await rack.untilAllRun()
                #expect(rack.kills == 2)
                #expect(rack.stopped.sorted() == ["backup", "db", "storage", "web"])
                #expect(!rack.said("its time to stop ran out"))
                #expect(await rack.world.lab.snapshot().hosts.allSatisfy { $0.crashes == 0 })
                #expect(try rack.journal.lines.contains { try Self.isOffBy(jump, $0) }, "no daemon saw the clock jump")
            }
        }

        /// Whether a line of the daemon's log was written by a clock that is wrong by about so much.
        private static func isOffBy(_ jump: Int64, _ line: String) throws -> Bool {
            guard let stamp = line.firstMatch(of: /daemon: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)/) else { return false }
            let date = try Date("\(stamp.1)Z", strategy: .iso8601)
            return abs(date.timeIntervalSinceNow - Double(jump)) < 43_200
        }
    }
}

/// How far the wall clock of a daemon is ahead, in a file that the daemon has mapped.
private struct WallClock {
    let file: URL

    init(_ file: URL) throws {
        self.file = file
        try Data(count: MemoryLayout<Int64>.size).write(to: file)
    }

    func set(_ seconds: Int64) throws {
        let handle = try FileHandle(forWritingTo: self.file)
        try handle.write(contentsOf: withUnsafeBytes(of: seconds) { Data($0) })
        try handle.close()
    }
}
