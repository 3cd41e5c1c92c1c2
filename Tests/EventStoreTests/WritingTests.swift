import Foundation
import GRDB
import PowerCore
import Testing

@testable import EventStore

struct WritingTests {
    private let folder: TestFolder
    private let clock = HandClock()
    private let disk = TestDisk()
    private var limits = StoreLimits()

    init() throws {
        self.folder = try TestFolder()
        self.limits.write = .seconds(1)
        self.limits.retry = .milliseconds(20)
    }

    private func open() throws(JournalFailure) -> EventStore {
        try self.disk.open(self.folder.store, self.limits, self.clock)
    }

    private func texts() throws -> [String] {
        try EventReader(self.folder.store).history(EventReader.Filter(limit: .max)).map(\.event.text)
    }

    @Test func `a disk that hangs holds a caller up once, then no more, and gets the newest later`() async throws {
        let store = try self.open()
        self.disk.hang()
        let start = ContinuousClock.now
        let first = try #require(store.write([.asked("pve1", 1)], at: .at(1)))
        let waited = ContinuousClock.now - start
        #expect(waited >= .milliseconds(950))
        #expect(first.reason.contains("does not answer"))
        for second in 2...200 {
            #expect(store.write([.asked("pve1", second), .asked("pve2", second)], at: .at(second)) != nil)
        }
        // All of them together waited less than one may.
        #expect(ContinuousClock.now - start - waited < .milliseconds(900))
        #expect(store.failure?.reason.contains("2 entries wait") == true)
        self.disk.goOn()
        try await until { store.failure == nil }
        #expect(store.write([.asked("pve3", 3)], at: .at(3)) == nil)
        store.close()
        #expect(try EventStore.journal(self.folder.store).filter { $0 == "host pve1" }.count <= 2)
        let hosts = try self.open().memory.hosts
        #expect(hosts == ["pve1": .asked(200), "pve2": .asked(200), "pve3": .asked(3)])
    }

    @Test(arguments: [
        (ResultCode.SQLITE_FULL, "the disk is full; make room"), (.SQLITE_READONLY, "is read-only; mount it"),
        (.SQLITE_IOERR, "the disk reports an error"), (.SQLITE_CORRUPT, "is damaged"),
        (.SQLITE_BUSY, "is locked by another program"), (.SQLITE_CANTOPEN, "look whether its folder is there"),
    ])
    func `a disk that fails is said, and what was missed is written once it is well`(
        code: ResultCode, words: String
    ) async throws {
        let store = try self.open()
        self.disk.fail(code)
        for second in 1...3 {
            let failure = try #require(store.write([.asked("pve1", second)], at: .at(second)))
            #expect(failure.reason.contains(words))
        }
        self.clock.pass(.seconds(35))
        self.disk.fail(nil)
        try await until { store.failure == nil }
        store.flush()
        #expect(try self.texts().contains { $0.hasPrefix("nothing could be written for 35 s: ") && $0.contains(words) })
        store.close()
        #expect(try self.open().memory.hosts == ["pve1": .asked(3)])
    }

    @Test func `a file that is gone after an error is made anew with all that was known`() throws {
        var store = try self.open()
        #expect(store.write([.asked("pve1", 1), .battery("river", 40)], at: .at(1)) == nil)
        store.close()
        store = try self.open()
        self.disk.fail(.SQLITE_IOERR)
        #expect(store.write([.asked("pve2", 2)], at: .at(2)) != nil)
        for name in self.folder.names { try FileManager.default.removeItem(atPath: "\(self.folder.path)/var/\(name)") }
        self.disk.fail(nil)
        #expect(store.write([.asked("pve3", 3)], at: .at(3)) == nil)
        store.close()
        let memory = try self.open().memory
        #expect(memory.hosts == ["pve1": .asked(1), "pve2": .asked(2), "pve3": .asked(3)])
        #expect(memory.upses.keys.sorted() == ["river"])
    }

    @Test func `a file that is damaged while it is open is moved aside, and all that was known written again`() throws {
        let store = try self.open()
        #expect(store.write([.asked("pve1", 1)], at: .at(1)) == nil)
        self.disk.fail(.SQLITE_CORRUPT)
        #expect(store.write([.asked("pve2", 2)], at: .at(2)) != nil)
        try self.folder.replace(Data(repeating: 0x55, count: 9000))
        self.disk.fail(nil)
        #expect(store.write([.asked("pve3", 3)], at: .at(3)) == nil)
        store.flush()
        #expect(try self.texts().contains { $0.contains("was damaged: it was moved to") })
        store.close()
        #expect(try self.open().memory.hosts.keys.sorted() == ["pve1", "pve2", "pve3"])
    }

    @Test func `a program that has the file locked is said, and waited for no longer than allowed`() throws {
        var limits = StoreLimits()
        limits.busy = .milliseconds(50)
        let store = try EventStore.open(self.folder.store, machine: self.clock, limits: limits)
        try TestDatabase(self.folder.store).locking {
            let failure = store.write([.asked("pve1", 1)], at: .at(1))
            #expect(failure?.reason == "\(self.folder.store) is locked by another program; end that one")
        }
        #expect(store.write([.asked("pve2", 1)], at: .at(1)) == nil)
        store.close()
        #expect(try self.open().memory.hosts.keys.sorted() == ["pve1", "pve2"])
    }

    @Test mutating func `the journal is cut down now and then`() throws {
        self.limits.compactAfter = 10
        let store = try self.open()
        for second in 1...25 { #expect(store.write([.asked("pve1", second)], at: .at(second)) == nil) }
        store.flush()
        #expect(try EventStore.journal(self.folder.store).count < 10)
        store.close()
        #expect(try self.open().memory.hosts == ["pve1": .asked(25)])
        #expect(try EventStore.journal(self.folder.store).count == 1)
    }

    @Test mutating func `a subject too many is refused, the others are written`() throws {
        self.limits.subjects = 2
        let store = try self.open()
        let failure = store.write([.asked("a", 1), .asked("b", 1), .asked("c", 1)], at: .at(1))
        #expect(failure?.reason == "\(self.folder.store) takes no more than 2 hosts, UPSes and outlets")
        store.close()
        #expect(try self.open().memory.hosts.keys.sorted() == ["a", "b"])
    }

    @Test func `writers at the same time are all served`() async throws {
        let store = try self.open()
        await withTaskGroup(of: JournalFailure?.self) { group in
            for number in 0..<8 {
                group.addTask { store.write([.asked(HostID("pve\(number)"), number)], at: .at(number)) }
            }
            for await failure in group { #expect(failure == nil) }
        }
        store.close()
        #expect(try self.open().memory.hosts.count == 8)
    }

    @Test func `a closed store says so`() throws {
        let store = try self.open()
        store.close()
        store.close()
        #expect(store.write([.asked("pve1", 1)], at: .at(1))?.reason == "\(self.folder.store) is closed already")
        store.note(.notice("too late"))
        #expect(try self.texts() == [])
    }

    @Test func `events come without anybody waiting`() async throws {
        let store = try self.open()
        self.disk.hang()
        _ = store.write([], at: .at(1))
        let start = ContinuousClock.now
        for number in 0..<1000 { store.note(.notice("\(number)")) }
        #expect(ContinuousClock.now - start < .seconds(1))
        self.disk.goOn()
        try await until { try self.texts() == (0..<1000).map { "\($0)" } }
    }

    @Test mutating func `events that came too fast for the disk are counted in the history`() async throws {
        self.limits.pendingEvents = 10
        let store = try self.open()
        self.disk.hang()
        for number in 1...50 { store.note(.notice("\(number)")) }
        self.disk.goOn()
        try await until { try self.texts().count == 11 }
        let missing = "40 events are missing here: more came than can be held for the disk"
        #expect(try self.texts() == (1...10).map { "\($0)" } + [missing])
    }
}
