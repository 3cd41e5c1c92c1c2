import Foundation
import PowerCore
import Testing

@testable import upsd_swift

/// Files on the disk: the configuration and the passwords.
@Suite struct ConfigurationLoaderTests {
    /// A folder of its own, removed at the end.
    final class Folder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("upsd-swift-\(UUID().uuidString)")

        init() throws {
            try FileManager.default.createDirectory(at: self.url, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: self.url) }

        /// Writes a file and says where it is.
        func write(_ name: String, _ text: String, mode: Int = 0o640) throws -> String {
            let path = self.url.appendingPathComponent(name).path
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            return path
        }
    }

    static let yaml = "server: {users: {a: {password-file: secret}}}\nups: {river: {driver: usb-hid}}\n"

    @Test func `a password file beside the configuration gives its first line`() throws {
        let folder = try Folder()
        _ = try folder.write("secret", "wörd 1\r\nmore\n")
        let loaded = ConfigurationLoader.load(path: try folder.write("rack.yaml", Self.yaml, mode: 0o644))
        #expect(loaded.reading.problems == [])
        #expect(loaded.passwords == ["a": "wörd 1"])
        #expect(loaded.reading.configuration != nil)
    }

    @Test func `a password file that is missing is an error at its place`() throws {
        let folder = try Folder()
        let loaded = ConfigurationLoader.load(path: try folder.write("rack.yaml", Self.yaml))
        let problem = ConfigurationProblem(
            .error, at: ConfigurationMark(line: 1, column: 37),
            "user a: password file \(folder.url.path)/secret does not exist", remedy: "create it with mode 640")
        #expect(loaded.reading.problems == [problem])
        #expect(loaded.reading.configuration == nil)
        #expect(loaded.passwords.isEmpty)
    }

    @Test func `a password file everybody can read is a warning`() throws {
        let folder = try Folder()
        let path = try folder.write("secret", "word\n", mode: 0o644)
        let loaded = ConfigurationLoader.load(path: try folder.write("rack.yaml", Self.yaml))
        #expect(loaded.reading.problems.map(\.severity) == [.warning])
        #expect(loaded.reading.problems.first?.message == "user a: everybody on this machine can read \(path)")
        #expect(loaded.passwords == ["a": "word"])
    }

    @Test(arguments: ["", "\nword\n", String(repeating: "x", count: 5000)])
    func `a password file without a password is an error`(content: String) throws {
        let folder = try Folder()
        _ = try folder.write("secret", content)
        let loaded = ConfigurationLoader.load(path: try folder.write("rack.yaml", Self.yaml))
        #expect(loaded.reading.problems.map(\.severity) == [.error])
    }

    @Test func `a folder is no password file`() throws {
        let folder = try Folder()
        let yaml = Self.yaml.replacing("secret", with: folder.url.path)
        let problems = ConfigurationLoader.load(path: try folder.write("rack.yaml", yaml)).reading.problems
        #expect(problems.map(\.message) == ["user a: password file \(folder.url.path) is not a regular file"])
    }

    @Test func `passwords in a configuration that everybody can read are a warning`() throws {
        let folder = try Folder()
        let yaml = Self.yaml.replacing("password-file", with: "password")
        #expect(ConfigurationLoader.load(path: try folder.write("b.yaml", yaml)).reading.problems == [])
        let problems = ConfigurationLoader.load(path: try folder.write("a.yaml", yaml, mode: 0o644)).reading.problems
        #expect(problems.map(\.message) == ["everybody on this machine can read the passwords in this file"])
    }

    @Test func `a configuration that is missing or no text is one error`() throws {
        let folder = try Folder()
        let missing = ConfigurationLoader.load(path: folder.url.path + "/none.yaml").reading
        #expect(missing.problems.map(\.message) == ["the file does not exist"])
        let path = folder.url.path + "/binary.yaml"
        try Data([0x75, 0xff, 0xfe]).write(to: URL(fileURLWithPath: path))
        #expect(ConfigurationLoader.load(path: path).reading.problems.map(\.message) == ["the file is not UTF-8"])
    }

    /// A host that is told and started in every way; `PROGRAM` is run, the key lies beside the configuration.
    static let reached = """
        store: {path: events.sqlite}
        ups: {river: {driver: usb-hid, capacity: 1 kWh}}
        tiers: [core]
        hosts:
          a:
            tier: core
            feeds: river
            ssh: {host: 192.0.2.11, identity: keys/a}
            stop: {ways: [ssh, command], command: [PROGRAM, now]}
        """

    @Test func `the store and keys stand beside the configuration, unless their path is whole`() throws {
        let folder = try Folder()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "keys"), withIntermediateDirectories: true)
        _ = try folder.write("keys/a", "key\n")
        let yaml = Self.reached.replacing("PROGRAM", with: "/bin/sh")
        let reading = ConfigurationLoader.load(path: try folder.write("rack.yaml", yaml)).reading
        #expect(reading.problems == [])
        #expect(reading.configuration?.store?.path == folder.url.path + "/events.sqlite")
        #expect(reading.configuration?.access["a"]?.ssh?.identity == folder.url.path + "/keys/a")
        #expect(reading.configuration?.access["a"]?.stopCommand == ["/bin/sh", "now"])
        let whole = yaml.replacing("events.sqlite", with: "/var/events.sqlite")
        let other = ConfigurationLoader.load(path: try folder.write("rack.yaml", whole)).reading
        #expect(other.configuration?.store?.path == "/var/events.sqlite")
    }

    @Test func `a program or key that is not there is an error at its place`() throws {
        let folder = try Folder()
        let path = folder.url.path
        _ = try folder.write("stop", "#!/bin/sh\n")
        func problems(_ program: String) throws -> [String] {
            let yaml = Self.reached.replacing("PROGRAM", with: program)
            return ConfigurationLoader.load(path: try folder.write("rack.yaml", yaml)).reading.problems.map {
                $0.line(in: "f")
            }
        }
        let key =
            "f:8:39: error: host a: ssh: identity: \(path)/keys/a does not exist; create it, or correct its path"
        let place = "f:9:44: error: host a: stop: command:"
        let remedy = "create it, or correct its path"
        #expect(try problems("\(path)/none") == [key, "\(place) \(path)/none does not exist; \(remedy)"])
        #expect(try problems(path) == [key, "\(place) \(path) is a folder; \(remedy)"])
        #expect(try problems("\(path)/stop") == [key, "\(place) \(path)/stop cannot be run by this user; \(remedy)"])
    }

    @Test func `what belongs to a machine of the lab is not looked for`() throws {
        let folder = try Folder()
        let yaml = Self.reached.replacing("PROGRAM", with: "/none")
            .replacing("driver: usb-hid", with: "driver: emulated, model: river-3-plus")
        #expect(ConfigurationLoader.load(path: try folder.write("rack.yaml", yaml)).reading.problems == [])
    }
}
