internal import GRDB

/// The tables, and how files of earlier versions get them.
enum StoreSchema {
    /// Tells a store from the databases of other programs (`PRAGMA application_id`): `upsd` in ASCII.
    static let applicationID = 0x7570_7364

    /// The steps from an empty file to the present tables. A step that was ever released is never changed.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 journal, history, time line") { database in
            try database.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
            try database.execute(sql: Self.first)
        }
        return migrator
    }

    // Moments are nanoseconds on the time line, wall times milliseconds since 1970 in UTC.
    private static let first = """
        CREATE TABLE journal (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, moment INTEGER NOT NULL, wall INTEGER NOT NULL,
            kind TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, payload TEXT NOT NULL
        ) STRICT;
        CREATE INDEX journal_subject ON journal (kind, name, seq);
        CREATE TABLE history (
            id INTEGER PRIMARY KEY, moment INTEGER NOT NULL, wall INTEGER NOT NULL, level TEXT NOT NULL,
            subject TEXT NOT NULL, actor TEXT, text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX history_wall ON history (wall);
        CREATE INDEX history_subject ON history (subject, wall);
        CREATE TABLE time_line (
            id INTEGER PRIMARY KEY CHECK (id = 1), boot TEXT NOT NULL, offset INTEGER NOT NULL,
            moment INTEGER NOT NULL, wall INTEGER NOT NULL
        ) STRICT;
        """
}
