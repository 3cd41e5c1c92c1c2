import Foundation

/// A folder of a test's own, deleted with it.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "event-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        self.path = url.resolvingSymlinksInPath().path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }

    /// Where the store is, in a folder that is not there yet.
    var store: String { self.path + "/var/events.sqlite" }

    /// The names in the store's folder.
    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: self.path + "/var")) ?? []).sorted()
    }

    func bytes() throws -> Data { try Data(contentsOf: URL(filePath: self.store)) }
    func replace(_ bytes: Data) throws { try bytes.write(to: URL(filePath: self.store)) }
}
