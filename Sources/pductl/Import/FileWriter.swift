import Foundation

/// Writes several files so that each appears whole or not at all, the last one after all others.
///
/// Everything is first written beside its place under another name; only then are the names given. A file that exists
/// is never touched unless that is asked for: without it, the system call that gives the name is one that fails.
struct FileWriter {
    /// Why nothing, or not everything, was written.
    struct Failure: Error, Equatable {
        /// What is wrong, as a sentence without a full stop.
        var reason: String
    }

    /// Whether files that exist are replaced.
    var replaces: Bool

    /// Writes the files; after a failure those that were made are taken away, and those replaced stay as they are new.
    func write(_ files: [NewFile]) throws(Failure) {
        try self.checkExisting(files)
        var drafts: [String] = []
        defer { for draft in drafts { unlink(draft) } }
        for file in files {
            drafts.append(Self.draftPath(of: file))
            try Self.writeDraft(file)
        }
        var made: [String] = []
        do {
            for file in files {
                try self.name(file)
                if !self.replaces { made.append(file.path) }
            }
        } catch {
            for path in made { unlink(path) }
            throw error
        }
    }

    /// Makes a directory that only its owner can enter, unless there is one.
    static func makeFolder(_ path: String) throws(Failure) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        throw Failure(reason: "\(path) cannot be made: \(Self.reason(errno))")
    }

    /// Names everything that exists already, before anything is written.
    private func checkExisting(_ files: [NewFile]) throws(Failure) {
        guard !self.replaces else { return }
        let existing = files.map(\.path).filter { path in
            var status = stat()
            return lstat(path, &status) == 0
        }
        guard existing.isEmpty else {
            throw Failure(reason: "\(existing.joined(separator: ", ")) exists already; --force replaces it")
        }
    }

    /// Where the file is written before it gets its name: beside it, since a name can only be given on one file system.
    private static func draftPath(of file: NewFile) -> String {
        "\(file.path).new-\(getpid())"
    }

    private static func writeDraft(_ file: NewFile) throws(Failure) {
        let draft = Self.draftPath(of: file)
        // A draft that exists belongs to somebody else, and may be a link.
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(reason: "\(file.path) cannot be written: \(Self.reason(errno))") }
        defer { close(descriptor) }
        var rest = Array(file.text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(reason: "\(file.path) cannot be written: \(Self.reason(errno))") }
            rest = rest.dropFirst(count)
        }
        guard fchmod(descriptor, file.mode) == 0, fsync(descriptor) == 0 else {
            throw Failure(reason: "\(file.path) cannot be written: \(Self.reason(errno))")
        }
    }

    private func name(_ file: NewFile) throws(Failure) {
        let draft = Self.draftPath(of: file)
        let result = self.replaces ? rename(draft, file.path) : link(draft, file.path)
        guard result == 0 else { throw Failure(reason: "\(file.path) cannot be written: \(Self.reason(errno))") }
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
