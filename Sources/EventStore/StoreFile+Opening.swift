internal import Foundation
internal import GRDB
internal import PowerCore

extension StoreFile {
    /// What a look at the file has shown, before anything is written to it.
    private enum Look {
        /// There is no file, or an empty one.
        case nothing
        /// A store of this version or an earlier one.
        case store
        /// No database, or one that cannot be trusted any more.
        case damaged
    }

    /// Opens the store at `path`, makes it where there is none, and begins anew where it is damaged.
    static func open(_ path: String, wall: WallTime, limits: StoreLimits) throws(StoreFault) -> OpenedStore {
        try Self.makeFolder(of: path)
        let lock = try StoreLock(path)
        var notes: [String] = []
        if try Self.look(at: path) == .damaged {
            notes.append(try Self.moveAside(path, wall: wall))
        }
        try Self.makeFile(path)
        do {
            let database = try DatabaseQueue(path: path, configuration: Self.configuration(limits))
            try StoreSchema.migrator.migrate(database)
            let file = StoreFile(database: database, lock: lock)
            // It spares time later; a disk that is full must not keep the journal from being read.
            try? file.compactJournal()
            let contents = try database.read(Self.contents)
            return OpenedStore(disk: file, rows: contents.rows, time: contents.time, notes: notes)
        } catch {
            throw StoreFault(error, path: path)
        }
    }

    private static func configuration(_ limits: StoreLimits) -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "event store"
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(limits.busy / .seconds(1))
        configuration.prepareDatabase { database in
            // Another process reads while this one writes; what is written is on the disk when the call returns.
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF")
        }
        return configuration
    }

    private static func makeFolder(of path: String) throws(StoreFault) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreFault(path, "cannot be made: its folder is not there and cannot be made")
        }
    }

    /// SQLite would make the file readable for everybody; its log and its index get the rights of the file.
    private static func makeFile(_ path: String) throws(StoreFault) {
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor < 0 else {
            close(descriptor)
            return
        }
        guard errno == EEXIST else { throw StoreFault(path, "cannot be made: \(StoreFault.systemReason)") }
    }

    private static func look(at path: String) throws(StoreFault) -> Look {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw StoreFault(path, "cannot be opened: \(StoreFault.systemReason)") }
            return .nothing
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StoreFault(path, "is not a regular file; name another") }
        guard status.st_size > 0 else { return .nothing }
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        do {
            return try DatabaseQueue(path: path, configuration: configuration).read { try Self.look(at: $0, path) }
        } catch let error where StoreFault.isDamage(error) {
            return .damaged
        } catch {
            throw StoreFault(error, path: path)
        }
    }

    private static func look(at database: Database, _ path: String) throws -> Look {
        // First whose it is: what belongs to somebody else is not moved, be it damaged or not.
        guard try Self.hasTables(database, path) else { return .nothing }
        guard try String.fetchOne(database, sql: "PRAGMA quick_check(1)") == "ok" else { return .damaged }
        // Tables that were changed by hand are found by reading them.
        _ = try Self.contents(database)
        return .store
    }

    /// Whether the database is a store, or else empty; refuses that of another program or of a newer version of this one.
    static func hasTables(_ database: Database, _ path: String) throws -> Bool {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id")
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        guard application == StoreSchema.applicationID || tables == 0 else {
            throw StoreFault(path, "is the database of another program; name another file")
        }
        guard try !StoreSchema.migrator.hasBeenSuperseded(database) else {
            throw StoreFault(path, "was written by a newer version of this program; use that one or name another file")
        }
        return tables > 0
    }

    /// Moves the damaged file out of the way, and returns the sentence that says so.
    private static func moveAside(_ path: String, wall: WallTime) throws(StoreFault) -> String {
        let first = "\(path).broken-\(wall.compact)"
        let manager = FileManager.default
        var aside = first
        var number = 1
        while manager.fileExists(atPath: aside) {
            number += 1
            aside = "\(first)-\(number)"
        }
        // The log first: a new file must never meet the log of the old one.
        for suffix in ["-wal", "-shm", ""] where manager.fileExists(atPath: path + suffix) {
            guard rename(path + suffix, aside + suffix) == 0 else {
                throw StoreFault(path, "is damaged and cannot be moved aside: \(StoreFault.systemReason)")
            }
        }
        return "\(path) was damaged: it was moved to \(aside) and a new one begun"
    }
}
