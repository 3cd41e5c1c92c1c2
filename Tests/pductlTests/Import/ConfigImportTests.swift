import ArgumentParser
import Foundation
import NUTProtocol
import Testing

@testable import pductl

@Suite struct ConfigImportTests {
    private static let ups = "[u]\ndriver = usbhid-ups\nport = auto\n"
    private static let users = "[m]\npassword = hunter2\nupsmon primary\n"

    /// What `pductl config import` does with these words.
    private func run(_ words: String...) throws -> Outcome {
        let parsed = try Pductl.parseAsRoot(["config", "import", "--host", "box"] + words)
        let command = try #require(parsed as? ConfigImport)
        do {
            return try command.outcome()
        } catch {
            return error
        }
    }

    @Test func `without an output nothing is written`() throws {
        let folder = try TemporaryFolder(["ups.conf": Self.ups, "upsd.users": Self.users])
        let outcome = try self.run(folder.path)
        #expect(outcome.status == .done)
        #expect(outcome.output.contains("driver: usb-hid"))
        #expect(outcome.complaint.contains("nothing was written"))
        #expect(folder.names == ["ups.conf", "upsd.users"])
    }

    @Test func `with an output the configuration and the passwords are written`() throws {
        let folder = try TemporaryFolder(["ups.conf": Self.ups, "upsd.users": Self.users])
        let outcome = try self.run(folder.path, "--output", "\(folder.path)/rack.yaml")
        #expect(outcome.status == .done)
        #expect(outcome.output.contains("written: \(folder.path)/rack.yaml, \(folder.path)/secrets/m"))
        #expect(folder.text("rack.yaml")?.contains("password-file: secrets/m") == true)
        #expect(folder.text("secrets/m") == "hunter2\n")
        #expect(folder.mode("rack.yaml") == 0o640)
        #expect(folder.mode("secrets/m") == 0o600)
        #expect(!(outcome.output + outcome.complaint).contains("hunter2"))
    }

    @Test func `a second time only by force`() throws {
        let folder = try TemporaryFolder(["ups.conf": Self.ups, "upsd.users": Self.users])
        let output = "\(folder.path)/rack.yaml"
        #expect(try self.run(folder.path, "--output", output).status == .done)
        let refused = try self.run(folder.path, "--output", output)
        #expect(refused.status == .failed)
        #expect(refused.complaint.contains("exists already"))
        #expect(try self.run(folder.path, "--output", output, "--force").status == .done)
    }

    @Test func `mistakes end with the status of a failure, and the rest is written`() throws {
        let folder = try TemporaryFolder(["ups.conf": Self.ups, "upsd.conf": "MAXAGE = 15\n"])
        let outcome = try self.run(folder.path, "--output", "\(folder.path)/rack.yaml")
        #expect(outcome.status == .failed)
        #expect(outcome.output.contains("look at the mistakes"))
        #expect(folder.text("rack.yaml") != nil)
    }

    @Test func `what the daemon would refuse is not written`() throws {
        let folder = try TemporaryFolder(["upsd.conf": "MAXAGE 15\n"])
        let outcome = try self.run(folder.path, "--output", "\(folder.path)/rack.yaml")
        #expect(outcome.status == .failed)
        #expect(outcome.output.contains("upsd-swift would refuse this: no UPS is configured"))
        #expect(folder.names == ["upsd.conf"])
    }

    @Test func `json has a note for each directive and no password`() throws {
        let folder = try TemporaryFolder(["ups.conf": Self.ups, "upsd.users": Self.users])
        let outcome = try self.run(folder.path, "--json")
        #expect(outcome.complaint.isEmpty)
        #expect(!outcome.output.contains("hunter2"))
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect((object?["directives"] as? [[String: Any]])?.count == 6)
        #expect((object?["counts"] as? [String: Int])?["taken"] == 3)
        #expect(object?["password-files"] as? [String] == ["secrets/m"])
        #expect((object?["configuration"] as? String)?.contains("usb-hid") == true)
    }

    @Test func `a directory that is none, or holds nothing of NUT's, is refused`() throws {
        let folder = try TemporaryFolder(["readme": ""])
        #expect(try self.run(folder.path).status == .usage)
        #expect(try self.run("\(folder.path)/readme").status == .usage)
        #expect(try self.run("\(folder.path)/missing", "--json").status == .usage)
    }

    @Test func `a file that is too large, or no file, is refused`() throws {
        let large = String(repeating: "#", count: NUTFileLimits.bytes + 1)
        #expect(try self.run(TemporaryFolder(["ups.conf": large]).path).status == .usage)
        let folder = try TemporaryFolder()
        #expect(mkfifo("\(folder.path)/ups.conf", 0o600) == 0)
        #expect(try self.run(folder.path).status == .usage)
    }

    static let scalars: [(String, String)] = [
        ("usb-hid", "usb-hid"), ("15s", "15s"), ("20%", "20%"), ("Back UPS .*", "Back UPS .*"), ("", "\"\""),
        ("no", "\"no\""), ("Null", "\"Null\""), ("-1", "\"-1\""), ("a: b", "\"a: b\""), ("[::1]:1", "\"[::1]:1\""),
        ("a #b", "\"a #b\""), ("a \"b\" \\", #""a \"b\" \\""#), ("*a", "\"*a\""), ("a ", "\"a \""),
        ("a, b", "\"a, b\""),
        ("'X.*'", "\"'X.*'\""), ("a\nb", "\"a?b\""),
    ]

    @Test(arguments: scalars) func `values are quoted where YAML would read something else`(text: String, yaml: String)
    {
        var document = RackDocument()
        document.entries = [.init("key", .text(text))]
        #expect(document.yaml == "key: \(yaml)\n")
    }

    @Test func `comments stay comments`() {
        var document = RackDocument()
        document.entries = [.init("key", .list(["a"]), comments: ["one\nserver: {}"])]
        document.remarks = ["two\nups: {}"]
        #expect(document.yaml == "# one?server: {}\nkey: [a]\n\n# two?ups: {}\n")
    }
}
