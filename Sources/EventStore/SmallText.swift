internal import Glibc

/// A file of one short line, such as the kernel's own.
enum SmallText {
    /// Longer than any line that is read here: a boot's name has 36 characters, a program's 15, a process number 10.
    private static let limit = 64

    /// The first line of the file without space around it; nil when it cannot be read.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return self.read(descriptor)
    }

    /// The first line of the open file, from its beginning.
    static func read(_ descriptor: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: Self.limit)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { return nil }
        let line = bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") && $0 != 0 }
        return String(decoding: line, as: UTF8.self)
    }
}
