import Foundation
import PowerCore
import Testing

@testable import RackFile

/// The whole of what `--check` says about files, word for word.
@Suite struct GoldenFilesTests {
    /// Where the files stand: `NAME.yaml` with `NAME.expected` beside it.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/Configuration")

    /// The names of all files, without their extension.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    @Test func `there are files to check`() {
        #expect(Self.names.contains("mistakes"))
    }

    @Test(arguments: names) func `the check says what is expected`(name: String) throws {
        let yaml = try String(contentsOf: Self.folder.appendingPathComponent("\(name).yaml"), encoding: .utf8)
        let expected = try String(contentsOf: Self.folder.appendingPathComponent("\(name).expected"), encoding: .utf8)
        #expect(ConfigurationReport.text(ConfigurationFile.read(yaml), file: "rack.yaml") == expected)
    }

    @Test func `the check describes the demo rack`() throws {
        let expected = try String(contentsOf: Self.folder.appendingPathComponent("demo.expected"), encoding: .utf8)
        #expect(ConfigurationReport.text(ConfigurationFile.read(DemoRack.yaml), file: "demo") == expected)
    }
}
