import PowerCore

/// What a look at the file of a history has shown, before it is opened.
enum HistoryFile: Equatable {
    /// There is a file that begins as a store does.
    case store
    /// There is nothing.
    case missing
    /// This user may not read it, or not look into its folder.
    case forbidden
    /// It is a folder, a device or the like.
    case noFile
    /// It is a file of another kind.
    case foreign
    /// The system's words for anything else that is wrong.
    case unreadable(String)

    /// Where the manual has the daemon keep it.
    static let usualPath = "/var/lib/upsd-swift/events.sqlite"

    /// How every SQLite file begins (https://www.sqlite.org/fileformat.html, 1.3).
    static let magic = Array("SQLite format 3\0".utf8)

    /// What is said of `path`; nil where it can be read.
    func failure(_ path: String, json: Bool) -> Outcome? {
        switch self {
        case .store: nil
        case .missing:
            .failure(
                .failed, "there is no \(path)",
                details: [
                    "The daemon keeps a history where its configuration has `store:`.",
                    "If that names another file: pductl history --store FILE. On another machine: type it there.",
                ], json: json)
        case .forbidden:
            .failure(
                .notPermitted, "\(path) may not be read by this user; type:",
                details: ["sudo -u upsd-swift pductl history --store \(path)"], json: json)
        case .noFile: .failure(.failed, "\(path) is no file; name the one that `store:` names", json: json)
        case .foreign:
            .failure(.failed, "\(path) is no store of the daemon; name the one that `store:` names", json: json)
        case .unreadable(let why):
            .failure(.failed, "\(path) cannot be read: \(why)", json: json)
        }
    }

    /// What is said of a store that could not be read.
    static func failure(_ failure: JournalFailure, json: Bool) -> Outcome {
        .failure(.failed, failure.reason, json: json)
    }
}
