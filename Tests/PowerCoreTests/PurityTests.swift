import Foundation
import Testing

/// What the pure targets may import: each other, and what the language itself brings.
private let allowed: [String: Set<String>] = [
    "HIDReport": [],
    "PowerCore": ["HIDReport", "Synchronization"],
    "NUTProtocol": ["PowerCore", "Synchronization"],
    "SNMPTables": ["PowerCore"],
]

private let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

@Test(arguments: allowed.keys.sorted())
func `the pure targets import nothing foreign`(target: String) throws {
    let folder = sources.appending(path: target)
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    #expect(!files.isEmpty)
    for file in files {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let at = words.firstIndex(of: "import"), at <= 1, words.count > at + 1 else { continue }
            #expect(allowed[target]?.contains(String(words[at + 1])) == true, "\(file.lastPathComponent): \(line)")
        }
    }
}
