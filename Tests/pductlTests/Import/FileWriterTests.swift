import Foundation
import Testing

@testable import pductl

@Suite struct FileWriterTests {
    private func file(_ folder: TemporaryFolder, _ name: String, _ text: String = "new", mode: mode_t = 0o600)
        -> NewFile
    {
        NewFile(path: "\(folder.path)/\(name)", text: text, mode: mode)
    }

    @Test func `files appear with their modes and nothing beside them`() throws {
        let folder = try TemporaryFolder()
        try FileWriter(replaces: false).write([self.file(folder, "a"), self.file(folder, "b", mode: 0o640)])
        #expect(folder.names == ["a", "b"])
        #expect(folder.text("a") == "new")
        #expect(folder.mode("a") == 0o600)
        #expect(folder.mode("b") == 0o640)
    }

    @Test func `a file that exists is left alone, and nothing else is written`() throws {
        let folder = try TemporaryFolder(["b": "old"])
        #expect(throws: FileWriter.Failure.self) {
            try FileWriter(replaces: false).write([self.file(folder, "a"), self.file(folder, "b")])
        }
        #expect(folder.names == ["b"])
        #expect(folder.text("b") == "old")
    }

    @Test func `a link to nowhere counts as a file`() throws {
        let folder = try TemporaryFolder()
        #expect(symlink("/nowhere", "\(folder.path)/a") == 0)
        #expect(throws: FileWriter.Failure.self) { try FileWriter(replaces: false).write([self.file(folder, "a")]) }
        #expect(folder.names == ["a"])
    }

    @Test func `a file is replaced as a whole where that is asked for, its mode too`() throws {
        let folder = try TemporaryFolder(["a": "a longer old text"])
        try FileWriter(replaces: true).write([self.file(folder, "a")])
        #expect(folder.text("a") == "new")
        #expect(folder.mode("a") == 0o600)
        #expect(folder.names == ["a"])
    }

    @Test func `a link is replaced, not what it points to`() throws {
        let folder = try TemporaryFolder(["target": "old"])
        #expect(symlink("\(folder.path)/target", "\(folder.path)/a") == 0)
        try FileWriter(replaces: true).write([self.file(folder, "a")])
        #expect(folder.text("target") == "old")
        #expect(folder.text("a") == "new")
    }

    @Test(arguments: [false, true]) func `where one cannot be written none is`(replaces: Bool) throws {
        let folder = try TemporaryFolder()
        #expect(throws: FileWriter.Failure.self) {
            try FileWriter(replaces: replaces).write([self.file(folder, "a"), self.file(folder, "missing/b")])
        }
        #expect(folder.names.isEmpty)
    }

    @Test func `a folder for secrets is for its owner alone`() throws {
        let folder = try TemporaryFolder(["file": ""])
        try FileWriter.makeFolder("\(folder.path)/secrets")
        try FileWriter.makeFolder("\(folder.path)/secrets")
        #expect(folder.mode("secrets") == 0o700)
        #expect(throws: FileWriter.Failure.self) { try FileWriter.makeFolder("\(folder.path)/file/secrets") }
    }
}
