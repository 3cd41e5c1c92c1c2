import Foundation

/// A folder of its own that is gone when the test is over.
final class TemporaryFolder {
    /// Where it is.
    let path: String

    /// Makes a folder with these files in it.
    init(_ files: [String: String] = [:]) throws {
        self.path = FileManager.default.temporaryDirectory.appendingPathComponent("import-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: true)
        for (name, text) in files { try text.write(toFile: "\(self.path)/\(name)", atomically: true, encoding: .utf8) }
    }

    deinit { try? FileManager.default.removeItem(atPath: self.path) }

    /// What stands in a file; nil where there is none.
    func text(_ name: String) -> String? { try? String(contentsOfFile: "\(self.path)/\(name)", encoding: .utf8) }

    /// The mode of a file, such as 0o640.
    func mode(_ name: String) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(self.path)/\(name)")
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue
    }

    /// The names of everything in it.
    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: self.path)) ?? []).sorted()
    }
}
