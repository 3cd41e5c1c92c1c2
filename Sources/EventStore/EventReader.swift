internal import Foundation
internal import GRDB
public import PowerCore

/// Reads the history, in any process and at any time, and changes nothing.
public final class EventReader: Sendable {
    /// Which events to show.
    public struct Filter: Hashable, Sendable {
        /// From here on, by the wall clock.
        public var since: WallTime?
        /// Before here, by the wall clock.
        public var until: WallTime?
        /// About this device, host, load or outlet alone.
        public var subject: String?
        /// Of this level and those that matter more.
        public var level: PolicyRecord.Level
        /// So many, the newest of them.
        public var limit: Int

        /// Makes a filter; without anything, that of the newest hundred events.
        public init(
            since: WallTime? = nil, until: WallTime? = nil, subject: String? = nil,
            level: PolicyRecord.Level = .notice, limit: Int = 100
        ) {
            self.since = since
            self.until = until
            self.subject = subject
            self.level = level
            self.limit = limit
        }
    }

    /// For a daemon that is just opening or closing the file.
    private static let busy: TimeInterval = 2

    private let path: String
    private let database: DatabaseQueue
    private let copy: StoreCopy?

    /// Opens the file, which another process may be writing to.
    public init(_ path: String) throws(JournalFailure) {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else { throw JournalFailure("\(path) is not there") }
        do {
            (self.database, self.copy) = try Self.open(path)
        } catch {
            throw StoreFault(error, path: path).failure
        }
    }

    /// The newest events that pass the filter, in the order they came.
    public func history(_ filter: Filter = Filter()) throws(JournalFailure) -> [StoredEvent] {
        do {
            let rows = try self.database.read { database in
                let (sql, arguments) = filter.query
                return try Row.fetchAll(database, sql: sql, arguments: arguments)
            }
            return try rows.reversed().map(StoredEvent.init)
        } catch {
            throw StoreFault(error, path: self.path).failure
        }
    }

    /// What the journal holds and how far the time line had come, for a daemon that could not open the store to write;
    /// with what a person must be told of entries that cannot be read.
    public func journal() throws(JournalFailure) -> (memory: PolicyMemory, time: TimeLine.Record?, notes: [String]) {
        do {
            let contents = try self.database.read(StoreFile.contents)
            let folded = PolicyMemory.folding(contents.rows)
            return (folded.memory, contents.time, folded.notes)
        } catch {
            throw StoreFault(error, path: self.path).failure
        }
    }

    /// Where nobody has the file open and its folder cannot be written, SQLite cannot make the index that it reads the log
    /// with; then a copy is read.
    private static func open(_ path: String) throws -> (DatabaseQueue, StoreCopy?) {
        do {
            return (try Self.connect(path, named: path), nil)
        } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
            let copy = try StoreCopy(of: path)
            return (try Self.connect(copy.path, named: path), copy)
        }
    }

    private static func connect(_ path: String, named name: String) throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(Self.busy)
        let database = try DatabaseQueue(path: path, configuration: configuration)
        _ = try database.read { try StoreFile.hasTables($0, name) }
        return database
    }
}

extension EventReader.Filter {
    fileprivate var query: (String, StatementArguments) {
        let levels = self.level.andAbove.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        // The lowest level lets everything through, levels of another version too.
        var conditions = self.level == .notice ? ["1"] : ["level IN (\(levels))"]
        var arguments = StatementArguments()
        if let since = self.since {
            conditions.append("wall >= ?")
            arguments += [since.milliseconds]
        }
        if let until = self.until {
            conditions.append("wall < ?")
            arguments += [until.milliseconds]
        }
        if let subject = self.subject {
            conditions.append("subject = ?")
            arguments += [subject]
        }
        arguments += [max(0, self.limit)]
        let sql = "SELECT * FROM history WHERE \(conditions.joined(separator: " AND ")) ORDER BY id DESC LIMIT ?"
        return (sql, arguments)
    }
}

extension StoredEvent {
    fileprivate init(_ row: Row) throws {
        let level: String = try row.value("level")
        let actor: DatabaseValue? = row["actor"]
        let event = HistoryEvent(
            moment: Moment(stored: try row.value("moment")), level: PolicyRecord.Level(rawValue: level) ?? .notice,
            subject: try row.value("subject"), actor: actor.flatMap(String.fromDatabaseValue),
            text: try row.value("text"))
        self.init(event, wall: WallTime(milliseconds: try row.value("wall")))
    }
}
