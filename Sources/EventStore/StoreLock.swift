internal import Glibc
internal import PowerCore

/// The sign that a process writes to a store: a locked file beside it, with the number of the process.
///
/// SQLite's own locks tell of a moment, and let two writers take turns. The system takes this one back when its process
/// ends, however it ends; the file stays, since one that is deleted could be locked by two.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// Locks the store at `path`, or says who has it.
    init(_ path: String) throws(StoreFault) {
        self.descriptor = Glibc.open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard self.descriptor >= 0 else {
            throw StoreFault(path, "cannot be locked: \(StoreFault.systemReason) (its folder must be writable)")
        }
        guard flock(self.descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw StoreFault(path, "cannot be locked: \(StoreFault.systemReason)") }
            throw StoreFault(path, "is in use by \(self.holder); end that one, or name another file")
        }
        self.writeHolder()
    }

    deinit {
        if self.descriptor >= 0 { close(self.descriptor) }
    }

    /// The number is there for people only: where it cannot be written, the disk is full, the lock holds all the same.
    private func writeHolder() {
        let line = Array("\(getpid())\n".utf8)
        guard ftruncate(self.descriptor, 0) == 0 else { return }
        _ = pwrite(self.descriptor, line, line.count, 0)
    }

    private var holder: String {
        guard let process = SmallText.read(self.descriptor).flatMap({ Int32($0) }) else { return "another process" }
        let name = SmallText.read("/proc/\(process)/comm") ?? "a program"
        return "\(name) (process \(process))"
    }
}
