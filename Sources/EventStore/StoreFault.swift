internal import GRDB
internal import Glibc
internal import PowerCore

/// Why something could not be done with the file, and whether trying again with the same connection is any use.
struct StoreFault: Error, Hashable {
    let failure: JournalFailure
    /// Whether the file should be opened anew: the disk may have been pulled and put back, or the file be damaged.
    let isConnectionLost: Bool

    /// Says that the file at `path` is no use, and why.
    init(_ path: String, _ reason: String, isConnectionLost: Bool = true) {
        self.failure = JournalFailure("\(path) \(reason)")
        self.isConnectionLost = isConnectionLost
    }

    /// Turns SQLite's code into a sentence. See: https://www.sqlite.org/rescode.html
    init(_ error: any Error, path: String) {
        guard let error = error as? DatabaseError else {
            self = error as? StoreFault ?? StoreFault(path, "cannot be used: \(error)")
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL: self = Self.full(path)
        // A full disk has no code of its own where SQLite makes room for its index.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = Self.full(path)
        case .SQLITE_READONLY:
            self.init(path, "cannot be written: it or its folder is read-only; mount it so that it can be written")
        case .SQLITE_PERM, .SQLITE_AUTH:
            self.init(path, "cannot be written: this user may not; give the file and its folder to the daemon's user")
        case .SQLITE_CANTOPEN:
            self.init(path, "cannot be opened: look whether its folder is there and may be written by this user")
        case .SQLITE_IOERR:
            self.init(path, "cannot be used: the disk reports an error (\(Self.code(error))); see the kernel's log")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(path, "is damaged (\(Self.code(error))); the next opening moves it aside")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(path, "is locked by another program; end that one", isConnectionLost: false)
        default:
            self.init(path, "cannot be used: \(error.message ?? "SQLite says \(Self.code(error))")")
        }
    }

    private static func full(_ path: String) -> StoreFault {
        StoreFault(
            path, "cannot be written: the disk is full; make room, and what was missed is written",
            isConnectionLost: false)
    }

    /// SQLite's number, with which its documentation and the web can be searched.
    private static func code(_ error: DatabaseError) -> String {
        "SQLite's code \(error.extendedResultCode.rawValue)"
    }

    /// Whether the file is no database, or no longer one.
    static func isDamage(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        // The plain error is that of a table or column that is not there.
        return [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR].contains(error.resultCode)
    }

    /// The system's words for the call that just failed.
    static var systemReason: String { String(cString: strerror(errno)) }
}
