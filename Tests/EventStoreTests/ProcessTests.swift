import Foundation
import PowerCore
import Testing

@testable import EventStore

/// What only another process shows: one that is killed, and one whose disk is really full, read-only or frozen.
@Suite(.serialized) struct ProcessTests {
    private let folder: TestFolder

    init() throws {
        self.folder = try TestFolder()
    }

    private var disk: String { self.folder.path + "/disk" }

    private func makeDisk() throws {
        try FileManager.default.createDirectory(atPath: self.disk, withIntermediateDirectories: true)
    }

    private func numbers(_ path: String) throws -> Set<String> {
        Set(try StoreFile.open(path, wall: SystemTime().wall, limits: StoreLimits()).rows.map(\.subject.name))
    }

    /// Writes until one is refused, and returns the refusal with its number.
    private func writeUntilRefused(_ helper: HelperProcess, from first: Int) throws -> (number: Int, refusal: String) {
        for number in first..<first + 5000 {
            let answer = try helper.order("write \(number)") ?? "gone"
            if answer != "ok \(number)" { return (number, answer) }
        }
        return (first + 5000, "never refused")
    }

    @Test(arguments: [1, 37, 150, 600])
    func `a process that is killed has lost nothing it was told is written`(count: Int) throws {
        let helper = try HelperProcess("write", self.folder.store)
        #expect(helper.line() == "open")
        try helper.send("bulk 1")
        var written: Set<String> = []
        while written.count < count, let line = helper.line() { written.insert("pdu/\(line.dropFirst(3))") }
        helper.kill()
        while let line = helper.line() { written.insert("pdu/\(line.dropFirst(3))") }
        #expect(written.count >= count)
        #expect(written.subtracting(try self.numbers(self.folder.store)).isEmpty)
    }

    @Test func `a daemon is refused while another process writes, and may read what that one has noted`() async throws {
        let helper = try HelperProcess("write", self.folder.store)
        #expect(helper.line() == "open")
        // The kernel keeps fifteen letters of a name.
        let holder = "EventStoreHelpe (process \(helper.processID))"
        let refusal = "\(self.folder.store) is in use by \(holder); end that one, or name another file"
        #expect(throws: JournalFailure(refusal)) { try EventStore.open(self.folder.store) }
        let reader = try EventReader(self.folder.store)
        #expect(try helper.order("note mains lost") == "noted")
        try await until { try reader.history().map(\.event.text) == ["mains lost"] }
        helper.kill()
        #expect(try EventReader(self.folder.store).history().map(\.event.text) == ["mains lost"])
        try EventStore.open(self.folder.store).close()
    }

    @Test(.enabled(if: HelperProcess.canMount))
    func `a history is read from a read-only folder, its log included`() throws {
        try self.makeDisk()
        let path = self.disk + "/events.sqlite"
        let writer = try HelperProcess("write", path)
        #expect(writer.line() == "open")
        #expect(try writer.order("note mains lost") == "noted")
        #expect(try writer.order("write 1") == "ok 1")
        let reader = try EventReader(path)
        while try reader.history().isEmpty { #expect(try writer.order("write 1") == "ok 1") }
        writer.kill()
        for suffix in ["-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        let size = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        #expect((size ?? 0) > 0)
        let readOnly = "mount --bind '\(self.disk)' '\(self.disk)' && mount -o remount,ro,bind '\(self.disk)'"
        let other = try HelperProcess("history", path, preparation: readOnly)
        #expect(other.line() == "mains lost")
        #expect(other.line() == "end")
        let daemon = try HelperProcess("write", path, preparation: readOnly)
        #expect(
            daemon.line()
                == "failed: \(path) cannot be locked: Read-only file system (its folder must be writable)")
    }

    @Test(.enabled(if: HelperProcess.canMount))
    func `on a full disk writes fail with a sentence, and are made up for when there is room`() async throws {
        try self.makeDisk()
        let path = self.disk + "/events.sqlite"
        let helper = try HelperProcess(
            "write", path, preparation: "mount -t tmpfs -o size=1m tmpfs '\(self.disk)'")
        #expect(helper.line() == "open")
        #expect(try helper.order("write 1") == "ok 1")
        _ = try helper.beside("cat /dev/zero > '\(self.disk)/ballast'")
        let (number, refusal) = try self.writeUntilRefused(helper, from: 2)
        #expect(refusal.hasSuffix("the disk is full; make room, and what was missed is written"))
        #expect(try helper.order("write \(number + 1)") == refusal)
        #expect(try helper.beside("rm '\(self.disk)/ballast'"))
        try await until { try helper.order("write \(number + 2)") == "ok \(number + 2)" }
        #expect(try helper.order("close") == "closed")
        let copy = self.folder.path + "/copy.sqlite"
        try FileManager.default.copyItem(atPath: "/proc/\(helper.processID)/root\(path)", toPath: copy)
        #expect(try self.numbers(copy) == Set((1...number + 2).map { "pdu/\($0)" }))
    }

    @Test(.enabled(if: HelperProcess.canMount))
    func `a frozen file system holds a writer up once and for a bounded time`() async throws {
        try self.makeDisk()
        let path = self.disk + "/events.sqlite"
        let image = self.folder.path + "/image"
        let helper = try HelperProcess(
            "write", path,
            preparation: "truncate -s 16M '\(image)' && mkfs.ext4 -q '\(image)' && "
                + "mount -o loop '\(image)' '\(self.disk)'")
        // Not every container has loop devices.
        guard helper.line() == "open" else { return }
        #expect(try helper.order("write 1") == "ok 1")
        #expect(try helper.beside("fsfreeze -f '\(self.disk)'"))
        let start = ContinuousClock.now
        let refusal = try helper.order("write 2")
        let waited = ContinuousClock.now - start
        #expect(refusal?.contains("its disk does not answer") == true)
        #expect(waited < StoreLimits().write + .seconds(1))
        for number in 3...50 { #expect(try helper.order("write \(number)")?.hasPrefix("failed: ") == true) }
        #expect(ContinuousClock.now - start - waited < StoreLimits().write)
        #expect(try helper.beside("fsfreeze -u '\(self.disk)'"))
        try await until { try helper.order("write 51") == "ok 51" }
        #expect(try helper.order("close") == "closed")
        let copy = self.folder.path + "/copy.sqlite"
        try FileManager.default.copyItem(atPath: "/proc/\(helper.processID)/root\(path)", toPath: copy)
        #expect(try self.numbers(copy) == Set((1...51).map { "pdu/\($0)" }))
    }
}
