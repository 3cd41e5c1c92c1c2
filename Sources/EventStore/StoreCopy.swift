internal import Foundation

/// A copy of a store's file and log in a folder of its own, deleted when nobody holds it any more.
final class StoreCopy: Sendable {
    /// The copied database.
    let path: String
    private let folder: URL

    /// More than a history can grow to; what is larger is no store.
    private static let limit = 1 << 29

    init(of original: String) throws {
        let manager = FileManager.default
        let name = "upsd-swift-\(UUID().uuidString)"
        self.folder = manager.temporaryDirectory.appending(path: name, directoryHint: .isDirectory)
        self.path = self.folder.appending(path: "events.sqlite").path
        try manager.createDirectory(
            at: self.folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        for suffix in ["", "-wal"] where manager.fileExists(atPath: original + suffix) {
            let size = try manager.attributesOfItem(atPath: original + suffix)[.size] as? Int ?? 0
            guard size <= Self.limit else { throw StoreFault(original, "is too large to be copied and read") }
            try manager.copyItem(atPath: original + suffix, toPath: self.path + suffix)
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: self.folder)
    }
}
