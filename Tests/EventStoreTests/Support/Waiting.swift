import Dispatch
import Testing

@testable import EventStore

/// Returns as soon as the condition holds; a failure when that takes longer than any machine needs.
func until(
    _ condition: () throws -> Bool, _ location: SourceLocation = #_sourceLocation
) async throws {
    let limit = ContinuousClock.now + .seconds(30)
    while try !condition() {
        guard ContinuousClock.now < limit else {
            Issue.record("it never came to pass", sourceLocation: location)
            return
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}

extension EventStore {
    /// Returns when what was in hand is on the disk.
    func flush() {
        self.queue.sync { self.drain() }
    }

    /// The entries in the file, replaced ones included, read on a second connection.
    static func journal(_ path: String) throws -> [String] {
        try TestDatabase(path).texts("SELECT kind || ' ' || name FROM journal ORDER BY seq")
    }
}
