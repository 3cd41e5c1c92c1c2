import PowerCore
import Testing

@testable import EventStore

struct BacklogTests {
    private var backlog = Backlog(subjectLimit: 3, eventLimit: 2)
    private let wall = WallTime(milliseconds: 0)

    private func row(_ host: HostID, _ second: Int) throws -> JournalRow {
        try JournalRow(.asked(host, second), moment: .at(second), wall: self.wall)
    }

    private func event(_ text: String) -> StoredEvent { StoredEvent(.notice(text), wall: self.wall) }

    @Test mutating func `of each subject the newest entry waits, in the order they came`() throws {
        for (host, second) in [("a", 1), ("b", 2), ("a", 3)] as [(HostID, Int)] {
            #expect(self.backlog.take(try self.row(host, second)))
        }
        #expect(self.backlog.rowsToSave().rows == [try self.row("b", 2), try self.row("a", 3)])
    }

    @Test mutating func `an entry that comes while an older one is written still waits`() throws {
        _ = self.backlog.take(try self.row("a", 1))
        _ = self.backlog.take(try self.row("b", 1))
        let rows = self.backlog.rowsToSave()
        _ = self.backlog.take(try self.row("a", 2))
        self.backlog.rowsSaved(rows)
        #expect(self.backlog.rowsToSave().rows == [try self.row("a", 2)])
        self.backlog.rowsSaved(self.backlog.rowsToSave())
        #expect(!self.backlog.hasUnsavedRows)
    }

    @Test mutating func `one subject too many is refused, a known one is not`() throws {
        for host in ["a", "b", "c"] as [HostID] { #expect(self.backlog.take(try self.row(host, 1))) }
        #expect(!self.backlog.take(try self.row("d", 1)))
        #expect(self.backlog.take(try self.row("a", 2)))
    }

    @Test func `a file begun anew gets everything again, what was read from the old one too`() throws {
        let saved = try self.row("a", 1)
        var backlog = Backlog(saved: [saved], subjectLimit: 3, eventLimit: 2)
        #expect(!backlog.hasUnsavedRows)
        backlog.forgetSaved()
        #expect(backlog.rowsToSave().rows == [saved])
    }

    @Test mutating func `events too many are counted, and an event in their place says so`() {
        for text in ["1", "2", "3", "4"] { self.backlog.take(self.event(text)) }
        #expect(self.backlog.eventsToSave(atMost: 9) == [self.event("1"), self.event("2")])
        self.backlog.eventsSaved(1, at: .at(9), wall: self.wall)
        let texts = self.backlog.eventsToSave(atMost: 9).map(\.event.text)
        #expect(texts == ["2", "2 events are missing here: more came than can be held for the disk"])
        self.backlog.eventsSaved(2, at: .at(9), wall: self.wall)
        #expect(!self.backlog.hasEvents)
    }
}
