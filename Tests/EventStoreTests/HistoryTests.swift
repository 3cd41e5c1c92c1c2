import Dispatch
import Foundation
import PowerCore
import Testing

@testable import EventStore

struct HistoryTests {
    private let folder: TestFolder
    private let clock = HandClock()

    init() throws {
        self.folder = try TestFolder()
    }

    private func texts(_ filter: EventReader.Filter = EventReader.Filter()) throws -> [String] {
        try EventReader(self.folder.store).history(filter).map(\.event.text)
    }

    /// Four events, ten seconds apart.
    private func makeHistory() throws -> EventStore {
        let store = try EventStore.open(self.folder.store, machine: self.clock)
        let events = [
            HistoryEvent(moment: .at(0), level: .notice, subject: "river", text: "mains lost"),
            HistoryEvent(moment: .at(10), level: .warning, subject: "pve1", text: "told to stop"),
            HistoryEvent(moment: .at(20), level: .alarm, subject: "pve1", actor: "admin", text: "cut while it ran"),
            HistoryEvent(moment: .at(30), level: .notice, subject: "river", text: "mains back"),
        ]
        for event in events {
            store.note(event)
            self.clock.pass(.seconds(10))
        }
        store.flush()
        return store
    }

    @Test func `events come back as they were noted, with the wall clock's time`() throws {
        let start = self.clock.wall
        let store = try self.makeHistory()
        let events = try EventReader(self.folder.store).history()
        #expect(events.map(\.event.text) == ["mains lost", "told to stop", "cut while it ran", "mains back"])
        let third = HistoryEvent(
            moment: .at(20), level: .alarm, subject: "pve1", actor: "admin", text: "cut while it ran")
        #expect(events[2] == StoredEvent(third, wall: WallTime(milliseconds: start.milliseconds + 20_000)))
        store.close()
    }

    @Test func `a filter picks by time, subject and level, and the newest are shown`() throws {
        let start = self.clock.wall.milliseconds
        let store = try self.makeHistory()
        let since = WallTime(milliseconds: start + 10_000)
        let until = WallTime(milliseconds: start + 30_000)
        #expect(try self.texts(.init(since: since, until: until)) == ["told to stop", "cut while it ran"])
        #expect(try self.texts(.init(subject: "river")) == ["mains lost", "mains back"])
        #expect(try self.texts(.init(level: .warning)) == ["told to stop", "cut while it ran"])
        #expect(try self.texts(.init(level: .alarm)) == ["cut while it ran"])
        #expect(try self.texts(.init(limit: 2)) == ["cut while it ran", "mains back"])
        #expect(try self.texts(.init(limit: -1)) == [])
        #expect(try self.texts(.init(subject: "' OR 1 = 1 --")) == [])
        store.close()
    }

    @Test func `events older than what is kept go, and those above the largest number`() throws {
        var limits = StoreLimits()
        limits.historyEvents = 3
        limits.deleteAtOnce = 4
        let store = try EventStore.open(self.folder.store, keep: .seconds(60), machine: self.clock, limits: limits)
        for number in 0..<6 { store.note(.notice("\(number)", at: number)) }
        store.flush()
        store.queue.sync { store.refresh() }
        #expect(try self.texts() == ["3", "4", "5"])
        self.clock.pass(.seconds(65))
        store.queue.sync { store.refresh() }
        #expect(try self.texts() == ["5"])
        store.close()
    }

    @Test func `a reader of a file that is not there, or no store, says so`() throws {
        #expect(throws: JournalFailure("\(self.folder.store) is not there")) { try EventReader(self.folder.store) }
        let other = self.folder.path + "/passwd"
        try Data("root:x:0:0".utf8).write(to: URL(filePath: other))
        #expect(throws: JournalFailure.self) { try EventReader(other) }
    }

    @Test(arguments: [
        "NULL, 1, 'notice', 'a', NULL, 'b'", "1, 'x', 'notice', 'a', NULL, 'b'", "1, 1, 'odd', 'a', 7, 'b'",
    ])
    func `a history that was changed by hand is said or read, and traps nothing`(values: String) throws {
        try EventStore.open(self.folder.store, machine: self.clock).close()
        let columns = "moment, wall, level, subject, actor, text"
        try TestDatabase(self.folder.store).execute(
            "DROP TABLE history; CREATE TABLE history (id INTEGER PRIMARY KEY, \(columns)); "
                + "INSERT INTO history (\(columns)) VALUES (\(values))")
        let reader = try EventReader(self.folder.store)
        if values.contains("odd") {
            #expect(try reader.history().map(\.event.level) == [.notice])
        } else {
            #expect(throws: JournalFailure.self) { try reader.history() }
        }
    }

    @Test func `a reader reads again and again while the store writes`() throws {
        let store = try EventStore.open(self.folder.store, machine: self.clock)
        let reader = try EventReader(self.folder.store)
        for number in 1...20 {
            store.note(.notice("\(number)"))
            store.flush()
            #expect(store.write([.asked("pve1", number)], at: .at(number)) == nil)
            #expect(try reader.history().count == number)
        }
        store.close()
    }
}
