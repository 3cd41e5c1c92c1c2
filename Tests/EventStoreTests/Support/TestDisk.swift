import Dispatch
import GRDB
import PowerCore
import Synchronization

@testable import EventStore

/// A disk that hangs or fails when a test says so, in front of a real file.
final class TestDisk: Sendable {
    private struct State {
        var failing: ResultCode?
        var openings = 0
        var isHanging = false
        var gate = DispatchSemaphore(value: 0)
    }

    private let state = Mutex(State())

    var openings: Int { self.state.withLock { $0.openings } }

    func fail(_ code: ResultCode?) { self.state.withLock { $0.failing = code } }
    func hang() { self.state.withLock { $0.isHanging = true } }

    func goOn() {
        self.state.withLock { state in
            state.isHanging = false
            state.gate.signal()
        }
    }

    func open(_ path: String, _ limits: StoreLimits, _ clock: HandClock) throws(JournalFailure) -> EventStore {
        try EventStore.open(path, machine: clock, limits: limits) { () throws(StoreFault) in
            try self.pass(path)
            self.state.withLock { $0.openings += 1 }
            var opened = try StoreFile.open(path, wall: clock.wall, limits: limits)
            opened.disk = Front(disk: opened.disk, test: self)
            return opened
        }
    }

    /// Hangs or fails, or does neither.
    fileprivate func pass(_ path: String = "file") throws(StoreFault) {
        let (gate, failing) = self.state.withLock { ($0.isHanging ? $0.gate : nil, $0.failing) }
        gate?.wait()
        if let failing { throw StoreFault(DatabaseError(resultCode: failing), path: path) }
    }

    private struct Front: StoreDisk {
        let disk: any StoreDisk
        let test: TestDisk

        func append(_ rows: [JournalRow], _ time: TimeLine.Record) throws {
            try self.test.pass()
            try self.disk.append(rows, time)
        }

        func append(_ events: [StoredEvent], _ time: TimeLine.Record) throws {
            try self.test.pass()
            try self.disk.append(events, time)
        }

        func compactJournal() throws { try self.disk.compactJournal() }

        func trimHistory(before oldest: Moment, keeping limit: Int, atMost count: Int) throws {
            try self.disk.trimHistory(before: oldest, keeping: limit, atMost: count)
        }
    }
}
