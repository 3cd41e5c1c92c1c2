import Foundation
import Testing

/// The command lines for people who come from NUT, as the texts have them, on a NUT configuration.
@Test(arguments: ["docs/pductl.md", "docs/importing-from-nut.md"])
func `what is imported as the texts say passes the check`(text: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = try Documents.codeLines(in: text).map(\.text)
    let start = try #require(lines.firstIndex { $0.hasPrefix("pductl config import /etc/nut --output") })
    for line in lines[start...(start + 1)] {
        let words = line.replacing(
            "/etc/nut", with: Documents.root.appending(path: "Tests/Fixtures/Import/dual-ups").path
        )
        .replacing("/etc/upsd-swift", with: folder.path).split(separator: " ").map(String.init)
        let program = Tool.products.appending(path: words[0]).path
        let outcome = try Tool.run(program, Array(words.dropFirst()))
        #expect(outcome.code == 0, "\(line): \(outcome.output)")
        #expect(outcome.output.contains(words[0] == "pductl" ? "0 mistakes" : "0 errors"), "\(outcome.output)")
    }
}
