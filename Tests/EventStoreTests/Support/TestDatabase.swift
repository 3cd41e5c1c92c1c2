import GRDB

/// The file as any program sees it that knows SQLite.
struct TestDatabase {
    private let database: DatabaseQueue

    init(_ path: String) throws {
        self.database = try DatabaseQueue(path: path)
    }

    func texts(_ sql: String) throws -> [String] {
        try self.database.read { try String.fetchAll($0, sql: sql) }
    }

    func execute(_ sql: String) throws {
        try self.database.write { try $0.execute(sql: sql) }
    }

    /// Keeps everybody else from writing while `body` runs.
    func locking(_ body: () throws -> Void) throws {
        try self.database.inTransaction(.immediate) { _ in
            try body()
            return .rollback
        }
    }
}
