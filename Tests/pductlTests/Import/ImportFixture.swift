import Foundation
import NUTProtocol

@testable import pductl

/// A NUT directory of the fixtures, with what the import is expected to make of it.
struct ImportFixture {
    /// Where the directories stand.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/Import")

    /// The names of all directories.
    static let names: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Self.folder.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }()

    /// The name of the directory.
    let name: String

    /// The directory itself.
    var path: String { Self.folder.appendingPathComponent(self.name).path }

    /// A file of it as text.
    func text(_ file: String) throws -> String {
        try String(contentsOfFile: "\(self.path)/\(file)", encoding: .utf8)
    }

    /// What becomes of it on a machine called `box`, if it stood in `/etc/nut`.
    func report() throws -> ImportReport {
        let files = try NUTFolder(path: self.path).files
        return ImportReport(NUTTranslation(NUTConfiguration(files), in: .init(directory: "/etc/nut", host: "box")))
    }
}
