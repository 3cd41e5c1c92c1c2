import PowerCore
import Testing

@testable import EventStore

struct JournalRowTests {
    private let wall = WallTime(milliseconds: 0)

    private func row(version: Int = JournalRow.version, _ payload: String) -> JournalRow {
        JournalRow(
            subject: JournalSubject(kind: "host", name: "pve1"), moment: .origin, wall: self.wall, version: version,
            payload: payload)
    }

    static let entries: [JournalEntry] = [
        .asked("pve1", 7), .battery("river", 41.5), .outlet(OutletID("rack-a", 4), nil), .battery("river", .nan),
        .battery("river", -.infinity),
    ]

    @Test(arguments: Self.entries)
    func `an entry comes back as it was, odd numbers included`(entry: JournalEntry) throws {
        let row = try JournalRow(entry, moment: .at(7), wall: self.wall)
        let again = try JournalRow(try row.entry(), moment: .at(7), wall: self.wall)
        #expect(again == row)
    }

    @Test func `an entry is filed under what it is about`() {
        #expect(JournalSubject(.asked("pve1", 1)).description == "host pve1")
        #expect(JournalSubject(.battery("river", 1)).description == "ups river")
        #expect(JournalSubject(.outlet(OutletID("rack-a", 4), nil)).description == "outlet rack-a/4")
    }

    @Test func `entries that cannot be read are left out and said, the others are read`() throws {
        let good = try JournalRow(.asked("pve2", 7), moment: .at(7), wall: self.wall)
        let deep = String(repeating: "[", count: 100_000)
        let long = String(repeating: " ", count: JournalRow.payloadLimit + 1)
        let bad = [self.row(""), self.row("{}"), self.row(deep), self.row(long), self.row(version: 2, good.payload)]
        let folded = PolicyMemory.folding(bad + [good])
        #expect(folded.memory.hosts == ["pve2": .asked(7)])
        #expect(folded.notes.count == bad.count)
        let sentence = "the journal's entry of host pve1 cannot be read and is left out"
        #expect(folded.notes.allSatisfy { $0.hasPrefix(sentence) })
    }
}
