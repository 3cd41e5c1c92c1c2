internal import GRDB
internal import PowerCore

/// The open file: SQL, and nothing that waits or decides.
struct StoreFile: StoreDisk {
    let database: DatabaseQueue
    /// Held for as long as the file is open.
    let lock: StoreLock

    func append(_ rows: [JournalRow], _ time: TimeLine.Record) throws {
        try self.write { database in
            let insert = try database.cachedStatement(
                sql: "INSERT INTO journal (moment, wall, kind, name, version, payload) VALUES (?, ?, ?, ?, ?, ?)")
            for row in rows {
                try insert.execute(arguments: [
                    row.moment.stored, row.wall.milliseconds, row.subject.kind, row.subject.name, row.version,
                    row.payload,
                ])
            }
            try Self.put(time, database)
        }
    }

    func append(_ events: [StoredEvent], _ time: TimeLine.Record) throws {
        try self.write { database in
            let insert = try database.cachedStatement(
                sql: "INSERT INTO history (moment, wall, level, subject, actor, text) VALUES (?, ?, ?, ?, ?, ?)")
            for stored in events {
                let event = stored.event
                try insert.execute(arguments: [
                    event.moment.stored, stored.wall.milliseconds, event.level.rawValue, event.subject, event.actor,
                    event.text,
                ])
            }
            try Self.put(time, database)
        }
    }

    func compactJournal() throws {
        try self.write { database in
            try database.execute(
                sql: "DELETE FROM journal WHERE seq NOT IN (SELECT max(seq) FROM journal GROUP BY kind, name)")
        }
    }

    func trimHistory(before oldest: Moment, keeping limit: Int, atMost count: Int) throws {
        try self.write { database in
            // Events are numbered in the order they came, so the first are the oldest, whatever the wall clock showed.
            try database.execute(
                sql: """
                    DELETE FROM history WHERE id IN (SELECT id FROM history ORDER BY id LIMIT :count)
                    AND (moment < :oldest OR id <= (SELECT max(id) FROM history) - :limit)
                    """,
                arguments: ["count": count, "oldest": oldest.stored, "limit": limit])
        }
    }

    /// The newest entry of each subject, and the time line.
    static func contents(_ database: Database) throws -> (rows: [JournalRow], time: TimeLine.Record?) {
        let newest = "SELECT max(seq) FROM journal GROUP BY kind, name"
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM journal WHERE seq IN (\(newest)) ORDER BY seq")
        let time = try Row.fetchOne(database, sql: "SELECT * FROM time_line")
        return (try rows.map(JournalRow.init), try time.map(TimeLine.Record.init))
    }

    /// Writes in one transaction.
    ///
    /// When the disk is full there may still be room in the log, once what it holds is in the file.
    private func write<Result>(_ updates: (Database) throws -> Result) throws -> Result {
        do {
            return try self.database.write(updates)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            let checkpoint = try? self.database.writeWithoutTransaction { try $0.checkpoint(.restart) }
            guard checkpoint != nil else { throw error }
            return try self.database.write(updates)
        }
    }

    private static func put(_ time: TimeLine.Record, _ database: Database) throws {
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO time_line (id, boot, offset, moment, wall) VALUES (1, ?, ?, ?, ?)"
        ).execute(arguments: [
            time.bootID, time.offset.nanosecondsStored, time.moment.stored, time.wall.milliseconds,
        ])
    }
}

extension JournalRow {
    fileprivate init(_ row: Row) throws {
        self.init(
            subject: JournalSubject(kind: try row.value("kind"), name: try row.value("name")),
            moment: Moment(stored: try row.value("moment")), wall: WallTime(milliseconds: try row.value("wall")),
            version: try row.value("version"), payload: try row.value("payload"))
    }
}

extension TimeLine.Record {
    fileprivate init(_ row: Row) throws {
        let offset: Int64 = try row.value("offset")
        self.init(
            bootID: try row.value("boot"), offset: .nanoseconds(offset),
            moment: Moment(stored: try row.value("moment")), wall: WallTime(milliseconds: try row.value("wall")))
    }
}
