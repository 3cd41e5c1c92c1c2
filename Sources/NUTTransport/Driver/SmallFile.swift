internal import Glibc
internal import PowerCore

/// A regular file of bounded size, read at once.
struct SmallFile {
    /// What tells one content of a file from another, without reading it.
    struct Version: Hashable, Sendable {
        private var inode: UInt64
        private var size: Int
        private var seconds: Int
        private var nanoseconds: Int

        fileprivate init(_ status: stat) {
            self.inode = UInt64(status.st_ino)
            self.size = Int(status.st_size)
            self.seconds = status.st_mtim.tv_sec
            self.nanoseconds = status.st_mtim.tv_nsec
        }
    }

    let bytes: [UInt8]
    let version: Version

    /// Reads the file at `path` of at most `limit` bytes.
    init(path: String, limit: Int) throws(DeviceFailure) {
        // Opening a pipe would wait for whoever writes to it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure(errno, path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure(errno, path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw DeviceFailure(.notSupported, device: path, detail: "it is not a regular file")
        }
        // One byte more tells a file that is too long, however it grows meanwhile.
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let part = bytes.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count)
            }
            if part < 0, errno == EINTR { continue }
            guard part >= 0 else { throw Self.failure(errno, path) }
            guard part > 0 else { break }
            count += part
        }
        guard count <= limit else {
            throw DeviceFailure(.notSupported, device: path, detail: "it is larger than \(limit) bytes")
        }
        self.bytes = Array(bytes.prefix(count))
        self.version = Version(status)
    }

    /// Which content the file at `path` has now.
    static func version(of path: String) throws(DeviceFailure) -> Version {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Self.failure(errno, path) }
        return Version(status)
    }

    private static func failure(_ number: Int32, _ path: String) -> DeviceFailure {
        switch number {
        case ENOENT: DeviceFailure(.gone, device: path, detail: "there is no such file")
        case EACCES, EPERM: DeviceFailure(.notPermitted, device: path, detail: "this user may not read it")
        default: DeviceFailure(.stalled, device: path, detail: String(cString: strerror(number)))
        }
    }
}
