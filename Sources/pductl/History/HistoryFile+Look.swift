import Foundation

extension HistoryFile {
    /// Looks at the file at `path`.
    init(lookingAt path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = Self.reason(errno)
            return
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            self = .noFile
            return
        }
        // A pipe that took the file's place meanwhile must not be waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            self = Self.reason(errno)
            return
        }
        defer { close(descriptor) }
        var head = [UInt8](repeating: 0, count: Self.magic.count)
        let count = read(descriptor, &head, head.count)
        // A daemon that has just been started has made the file and written nothing.
        self = count == 0 || head == Self.magic ? .store : .foreign
    }

    /// See: man 2 stat, man 2 open.
    private static func reason(_ code: Int32) -> HistoryFile {
        switch code {
        case ENOENT, ENOTDIR: .missing
        case EACCES, EPERM: .forbidden
        default: .unreadable(String(cString: strerror(code)))
        }
    }
}
