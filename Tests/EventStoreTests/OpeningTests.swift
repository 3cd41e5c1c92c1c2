import Dispatch
import Foundation
import GRDB
import PowerCore
import Testing

@testable import EventStore

struct OpeningTests {
    private let folder: TestFolder
    private let clock = HandClock()

    init() throws {
        self.folder = try TestFolder()
    }

    private func open() throws(JournalFailure) -> EventStore {
        try EventStore.open(self.folder.store, machine: self.clock)
    }

    private func failure() -> String? {
        do throws(JournalFailure) {
            _ = try self.open()
            return nil
        } catch {
            return error.reason
        }
    }

    /// A store with some entries and enough events for many pages, closed.
    private func makeStore() throws {
        let store = try self.open()
        #expect(store.write([.asked("pve1", 1), .battery("river", 40)], at: .at(1)) == nil)
        for number in 0..<400 { store.note(.notice("event \(number) of the history")) }
        store.flush()
        store.flush()
        store.close()
    }

    @Test func `the folder and the file are made, for their owner alone`() throws {
        let store = try self.open()
        let manager = FileManager.default
        let folder = try manager.attributesOfItem(atPath: self.folder.path + "/var")[.posixPermissions] as? Int
        #expect(folder == 0o700)
        for name in self.folder.names {
            let file = try manager.attributesOfItem(atPath: "\(self.folder.path)/var/\(name)")
            #expect(file[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        let expected = ["events.sqlite", "events.sqlite-shm", "events.sqlite-wal", "events.sqlite.lock"]
        #expect(self.folder.names == expected)
        #expect(store.memory == PolicyMemory())
        #expect(store.notes == [])
    }

    @Test func `a log is written ahead and synced`() throws {
        let opened = try StoreFile.open(self.folder.store, wall: self.clock.wall, limits: StoreLimits())
        let file = try #require(opened.disk as? StoreFile)
        let settings = try file.database.read { database in
            try ["journal_mode", "synchronous", "foreign_keys"].map {
                try String.fetchOne(database, sql: "PRAGMA \($0)")
            }
        }
        #expect(settings == ["wal", "2", "0"])
    }

    @Test func `what was written is known again, of each subject the newest`() throws {
        let store = try self.open()
        #expect(store.write([.asked("pve1", 1), .battery("river", 40)], at: .at(1)) == nil)
        #expect(store.write([.asked("pve1", 2)], at: .at(2)) == nil)
        store.close()
        let again = try self.open()
        #expect(again.memory.hosts == ["pve1": .asked(2)])
        #expect(again.memory.upses.keys.sorted() == ["river"])
        #expect(try EventStore.journal(self.folder.store) == ["ups river", "host pve1"])
    }

    @Test func `the time line goes on, within a boot and over one`() throws {
        var store = try self.open()
        self.clock.pass(.seconds(50))
        #expect(store.write([.asked("pve1", 1)], at: .at(50)) == nil)
        store.close()
        self.clock.pass(.seconds(5))
        store = try self.open()
        #expect(store.now == .at(55))
        store.flush()
        self.clock.pass(.seconds(5))
        store.queue.sync { store.refresh() }
        store.close()
        self.clock.boot("boot 2", after: .seconds(3600))
        let booted = try self.open()
        #expect(booted.now == .at(3660))
    }

    @Test func `the time line is kept fresh without any event`() async throws {
        var limits = StoreLimits()
        limits.refresh = .milliseconds(10)
        let store = try EventStore.open(self.folder.store, machine: self.clock, limits: limits)
        self.clock.pass(.seconds(9))
        let database = try TestDatabase(self.folder.store)
        try await until { try database.texts("SELECT moment FROM time_line") == ["9000000000"] }
        store.close()
    }

    @Test func `a file of a newer version is refused and not touched`() throws {
        try self.makeStore()
        try TestDatabase(self.folder.store).execute("INSERT INTO grdb_migrations VALUES ('2 something new')")
        let before = try self.folder.bytes()
        let reason =
            "\(self.folder.store) was written by a newer version of this program; use that one or name another file"
        #expect(self.failure() == reason)
        #expect(try self.folder.bytes() == before)
        #expect(throws: JournalFailure(reason)) { try EventReader(self.folder.store) }
    }

    @Test func `the database of another program is refused and not touched`() throws {
        try FileManager.default.createDirectory(atPath: self.folder.path + "/var", withIntermediateDirectories: true)
        try TestDatabase(self.folder.store).execute("CREATE TABLE films (title TEXT)")
        let before = try self.folder.bytes()
        #expect(self.failure() == "\(self.folder.store) is the database of another program; name another file")
        #expect(try self.folder.bytes() == before)
    }

    @Test func `a folder in place of the file is refused`() throws {
        try FileManager.default.createDirectory(atPath: self.folder.store, withIntermediateDirectories: true)
        #expect(self.failure() == "\(self.folder.store) is not a regular file; name another")
    }

    @Test func `a file where the folder should be is refused`() throws {
        try Data().write(to: URL(filePath: self.folder.path + "/var"))
        #expect(
            self.failure() == "\(self.folder.store) cannot be made: its folder is not there and cannot be made")
    }

    @Test func `a second daemon is refused and told of the first, until that ends`() throws {
        let store = try self.open()
        let name = try String(contentsOfFile: "/proc/self/comm", encoding: .utf8).dropLast()
        let holder = "\(name) (process \(getpid()))"
        #expect(self.failure() == "\(self.folder.store) is in use by \(holder); end that one, or name another file")
        #expect(store.write([.asked("pve1", 1)], at: .at(1)) == nil)
        store.close()
        #expect(self.failure() == nil)
    }

    @Test func `an empty file becomes a store`() throws {
        try FileManager.default.createDirectory(atPath: self.folder.path + "/var", withIntermediateDirectories: true)
        try self.folder.replace(Data())
        let store = try self.open()
        #expect(store.notes == [])
        #expect(store.write([.asked("pve1", 1)], at: .at(1)) == nil)
    }

    @Test(arguments: [2, 99, 100, 512, 4096, 100_000])
    func `a file of random bytes is moved aside, and a new one begun`(size: Int) throws {
        try FileManager.default.createDirectory(atPath: self.folder.path + "/var", withIntermediateDirectories: true)
        var random = SeededNumbers(seed: UInt64(size))
        let bytes = Data((0..<size).map { _ in UInt8.random(in: 1...255, using: &random) })
        try self.folder.replace(bytes)
        try self.expectMovedAside(bytes)
    }

    @Test(arguments: [50, 100, 1000, 4096, 4097, 20_000])
    func `a file cut short is moved aside, and a new one begun`(size: Int) throws {
        try self.makeStore()
        let bytes = try self.folder.bytes().prefix(size)
        try self.folder.replace(bytes)
        try self.expectMovedAside(bytes)
    }

    @Test func `a file with any page turned over is moved aside, and a new one begun`() throws {
        try self.makeStore()
        let whole = try self.folder.bytes()
        #expect(whole.count / 4096 > 10)
        for page in 0..<whole.count / 4096 {
            var bytes = whole
            for index in page * 4096..<(page + 1) * 4096 { bytes[index] ^= 0xFF }
            try self.folder.replace(bytes)
            try self.expectMovedAside(bytes)
        }
    }

    @Test(arguments: [
        "DROP TABLE journal", "ALTER TABLE journal RENAME COLUMN moment TO then_",
        "DROP TABLE time_line; CREATE TABLE time_line (boot, offset, moment, wall); "
            + "INSERT INTO time_line VALUES (NULL, 'x', x'00', 1.5)",
    ])
    func `a file whose tables were changed by hand is moved aside, and a new one begun`(change: String) throws {
        try self.makeStore()
        try TestDatabase(self.folder.store).execute(change)
        try self.expectMovedAside(try self.folder.bytes())
    }

    @Test func `a journal can be read without being written, its time line too`() throws {
        let store = try self.open()
        #expect(store.write([.asked("pve1", 1)], at: .at(1)) == nil)
        let journal = try EventReader(self.folder.store).journal()
        #expect(journal.memory.hosts == ["pve1": .asked(1)])
        #expect(journal.time?.bootID == "boot 1")
        #expect(journal.notes == [])
        store.close()
    }

    private func expectMovedAside(_ bytes: Data) throws {
        let store = try self.open()
        let note = try #require(store.notes.first)
        let aside = "\(self.folder.store).broken-20261128T135501Z"
        #expect(note.hasPrefix("\(self.folder.store) was damaged: it was moved to \(aside)"))
        let moved = try #require(note.split(separator: " ").first { $0.hasPrefix(aside) })
        #expect(try Data(contentsOf: URL(filePath: String(moved))) == bytes)
        #expect(store.memory == PolicyMemory())
        #expect(store.write([.asked("pve1", 1)], at: .at(1)) == nil)
        store.flush()
        #expect(try EventReader(self.folder.store).history().map(\.event.text) == [note])
        store.close()
    }

    @Test func `a disk that does not answer keeps nobody waiting, and what it opens late is closed`() async throws {
        let disk = TestDisk()
        disk.hang()
        var limits = StoreLimits()
        limits.open = .milliseconds(50)
        #expect(throws: JournalFailure("\(self.folder.store) cannot be opened: the disk does not answer")) {
            try disk.open(self.folder.store, limits, self.clock)
        }
        disk.goOn()
        try await until { disk.openings == 1 }
        try await until { self.failure() == nil }
    }
}
