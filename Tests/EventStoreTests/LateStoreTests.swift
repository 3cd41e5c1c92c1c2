import Foundation
import PowerCore
import Testing

@testable import EventStore

struct LateStoreTests {
    private let folder: TestFolder
    private let clock = HandClock()

    init() throws {
        self.folder = try TestFolder()
    }

    @Test func `a store that opens late holds what it held before and all that came since`() async throws {
        let first = try EventStore.open(self.folder.store, machine: self.clock)
        let lock = OutletLock(actor: Actor(user: "anna", address: "192.0.2.7"), reason: "new cable")
        let (open, locked) = (OutletID("rack-a", 1), OutletID("rack-a", 2))
        #expect(first.write([.asked("pve1", 5), .battery("river", 80), .lock(open, lock)], at: .at(5)) == nil)
        // The first daemon still has the file, so that the second one cannot open it.
        let failure = #expect(throws: JournalFailure.self) {
            _ = try EventStore.open(self.folder.store, machine: self.clock)
        }
        let late = LateEventStore(
            self.folder.store, failure: try #require(failure), machine: self.clock, pause: .milliseconds(20))
        #expect(late.memory.hosts["pve1"] == .asked(5))
        #expect(late.timeLine == first.timeLine)
        #expect(late.write([.battery("river", 60), .lock(open, nil), .lock(locked, lock)], at: .at(9)) == failure)
        first.close()
        try await until { late.write([.asked("pve2", 10)], at: .at(10)) == nil }
        late.close()
        let memory = try EventReader(self.folder.store).journal().memory
        #expect(memory.hosts == ["pve1": .asked(5), "pve2": .asked(10)])
        #expect(memory.upses["river"]?.condition.charge == 60)
        #expect(memory.locks == [locked: lock])
    }
}
