import Foundation
import PowerCore
import PowerLab
import Testing

extension Outages {
    /// A store that cannot be written must not keep the daemon from protecting the hosts.
    @Suite struct FullDiskTests {
        /// A disk of the daemon's own.
        struct Disk: Sendable {
            var name: String
            var options: String
            /// How much of it is used already.
            var filler: Int
            /// What is said aloud.
            var complaint: String
        }

        static let disks = [
            Disk(name: "full", options: "size=64k", filler: 65_536, complaint: "the disk is full"),
            Disk(name: "read-only", options: "ro", filler: 0, complaint: "Read-only file system"),
        ]

        private static let promise = "the rack is protected all the same, but not over a restart"

        /// Runs the daemon with a disk of its own at `disk` in the rack's folder.
        private static func wrapper(_ disk: Disk) -> @Sendable (URL) -> [String] {
            { folder in
                let place = folder.appending(path: "disk").path
                let fill = disk.filler > 0 ? "head -c \(disk.filler) /dev/zero > \(place)/filler; " : ""
                let mount =
                    "mkdir -p \(place) && mount -t tmpfs -o \(disk.options) none \(place) && { \(fill)exec \"$@\"; }"
                return ["/usr/bin/unshare"] + (geteuid() == 0 ? ["--mount"] : ["--map-root-user", "--mount"])
                    + ["sh", "-c", mount, "sh"]
            }
        }

        @Test(.timeLimit(.minutes(3)), arguments: disks)
        func `a disk that is full or read-only at the start is named, and the hosts are protected`(disk: Disk)
            async throws
        {
            try await withOutageRack(.reference, store: "disk/events.sqlite", wrapper: Self.wrapper(disk)) { rack in
                let line = try await rack.wait(for: Self.promise)
                #expect(rack.journal.lines[line].contains("critical"))
                #expect(rack.journal.lines[line].contains(disk.complaint))
                try await Self.expectOutage(rack)
            }
        }

        @Test(.timeLimit(.minutes(3)))
        func `a disk that fills up is named, the hosts are protected, and the journal is written when there is room`()
            async throws
        {
            let disk = Disk(name: "filling", options: "size=1m", filler: 0, complaint: "the disk is full")
            try await withOutageRack(.reference, store: "disk/events.sqlite", wrapper: Self.wrapper(disk)) { rack in
                try await rack.untilAllRun()
                let filler = "/proc/\(try #require(rack.pid))/root\(rack.folder.path)/disk/filler"
                #expect(try Tool.run("/bin/sh", ["-c", "cat /dev/zero > \(filler)"]).code != 0)
                let full = rack.journal.lines.count
                try await Self.expectOutage(rack)
                let line = try await rack.wait(for: Self.promise, from: full)
                #expect(rack.journal.lines[line].contains("critical"))
                #expect(rack.journal.lines[line].contains(disk.complaint))
                try FileManager.default.removeItem(atPath: filler)
                try await rack.mains(false)
                try await rack.wait(for: "[journal] is written again", from: line)
            }
        }

        /// Everything stops, is cut and comes back, as with a disk that is well.
        private static func expectOutage(_ rack: OutageRack) async throws {
            try await rack.untilAllRun()
            try await rack.mains(false)
            try await rack.untilAllOff()
            try await rack.mains(true)
            try await rack.untilAllRun()
            #expect(rack.stopped.sorted() == ["backup", "db", "storage", "web"])
            #expect(await rack.world.lab.snapshot().hosts.allSatisfy { $0.crashes == 0 })
        }
    }
}
