import Foundation

/// The file with the number of the server's process, by which `-c` finds it.
struct PIDFile {
    /// Whose processes are told anything; the number may have gone to another program since it was written.
    private static let names: Set<String> = ["upsd", "upsd-swift"]

    let path: String

    /// The number in the file; nil where there is none.
    var number: Int32? {
        guard let file = try? SecretFile(path: self.path, limit: 64), let line = file.firstLine else { return nil }
        return Int32(line.trimmingCharacters(in: .whitespaces)).flatMap { $0 > 1 ? $0 : nil }
    }

    /// The number of a server that runs; nil where the file is old or there is none.
    var running: Int32? { self.number.flatMap { Self.isServer($0) ? $0 : nil } }

    /// Whether this process lives and is a server of this kind.
    static func isServer(_ number: Int32) -> Bool {
        guard kill(number, 0) == 0 || errno == EPERM else { return false }
        guard let comm = FileManager.default.contents(atPath: "/proc/\(number)/comm") else { return true }
        let name = String(decoding: comm, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return Self.names.contains(name)
    }

    /// Writes down this process; false where the file cannot be written.
    func write() -> Bool {
        let descriptor = open(self.path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let text = Array("\(getpid())\n".utf8)
        return Glibc.write(descriptor, text, text.count) == text.count
    }

    /// Takes the file away, where it is this process's.
    func remove() {
        if self.number == getpid() { unlink(self.path) }
    }
}
