import Foundation

/// Reads small files that hold configuration or secrets, and says who else may read them.
struct SecretFile: Equatable {
    /// Why a file cannot be read.
    struct Failure: Error, Equatable {
        /// What is wrong, as the end of a sentence about the file (`does not exist`).
        var reason: String
    }

    /// What stands in it.
    var bytes: [UInt8]
    /// Whether everybody on the machine may read it.
    var isWorldReadable: Bool

    /// Reads the file at `path`, which must be a regular file of at most `limit` bytes.
    init(path: String, limit: Int) throws(Failure) {
        let manager = FileManager.default
        // Links are followed here too: secrets of containers are links.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard manager.fileExists(atPath: target) else { throw Failure(reason: "does not exist") }
        guard let attributes = try? manager.attributesOfItem(atPath: target) else {
            throw Failure(reason: "cannot be examined")
        }
        // Opening a pipe would wait for whoever writes to it.
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw Failure(reason: "is not a regular file")
        }
        guard let size = (attributes[.size] as? NSNumber)?.intValue, size <= limit else {
            throw Failure(reason: "is larger than \(limit) bytes")
        }
        guard let data = manager.contents(atPath: target) else { throw Failure(reason: "cannot be read by this user") }
        self.bytes = Array(data.prefix(limit))
        self.isWorldReadable = ((attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0) & 0o004 != 0
    }

    /// The first line as text, without the line's end; nil where it is empty or no UTF-8.
    var firstLine: String? {
        let line = self.bytes.prefix { $0 != 0x0a && $0 != 0x0d }
        guard !line.isEmpty else { return nil }
        return String(validating: line, as: UTF8.self)
    }
}
