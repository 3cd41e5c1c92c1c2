import Foundation
import PowerCore
import SNMPFamilies
import SNMPTables
import Testing

@testable import upsd_swift

/// Files that describe families of SNMP devices, and what the manual says of them.
@Suite struct SNMPFamiliesTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The blocks of a page that begin with ``` and `word`.
    private static func blocks(_ page: String, _ word: String) -> [String] {
        let text = try? String(contentsOf: self.root.appending(path: "docs/\(page)"), encoding: .utf8)
        let parts = text?.components(separatedBy: "```") ?? []
        return parts.enumerated().filter { $0.offset % 2 == 1 && $0.element.hasPrefix("\(word)\n") }
            .map { String($0.element.dropFirst(word.count + 1)) }
    }

    static let configurations = Self.blocks("devices/snmp.md", "yaml") + Self.blocks("snmp-families.md", "yaml")

    @Test func `the manual has examples`() {
        #expect(Self.configurations.count == 2)
    }

    @Test(arguments: configurations) func `an example of the manual has no error`(block: String) {
        let ups =
            block.contains("ups:\n") ? "" : "ups: {river: {driver: usb-hid, match: {serial: a}, capacity: 1 kWh}}\n"
        #expect(Sample.problems(block + ups).filter { $0.contains(" error: ") } == [])
    }

    @Test func `the family of the manual is one`() throws {
        let text = try #require(Self.blocks("snmp-families.md", "").first { $0.contains("family: acme") })
        let outcome = FamilyFile.read(text)
        #expect(outcome.problems == [])
        #expect(outcome.family?.name == "acme")
    }

    @Test func `the manual names every family`() throws {
        let page = try String(contentsOf: Self.root.appending(path: "docs/devices/snmp.md"), encoding: .utf8)
        #expect(EmbeddedFamilies.all.names.filter { !page.contains("`\($0)`") } == [])
    }

    // MARK: Files

    private func problems(_ file: String?, _ options: String) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "families-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try file?.write(to: folder.appending(path: "acme.yaml"), atomically: true, encoding: .utf8)
        let text = """
            ups: {river: {driver: usb-hid, match: {serial: a}, capacity: 1 kWh}}
            pdu: {rack-a: {driver: snmp, address: 192.0.2.10, feed: river, \(options)}}
            tiers: [core]
            """
        return ConfigurationLoader.load(text: text, directory: folder.path).reading.problems.map {
            "\($0.message); \($0.remedy)".replacing("\(folder.path)/", with: "")
        }
    }

    private static let acme = """
        family: acme
        kind: pdu
        base: 1.3.6.1.4.1.99999.1
        outlets:
          state: {object: .3, on: 1, off: 2}
        """

    @Test func `a sound file is taken, and its family may be named`() throws {
        #expect(try self.problems(Self.acme, "families: [acme.yaml], family: acme") == [])
    }

    @Test func `what is wrong in a file is named with its line and column`() throws {
        let found = try self.problems(Self.acme.replacing("pdu", with: "pud"), "families: [acme.yaml]")
        #expect(found == ["pdu rack-a: acme.yaml:2:7: kind is 'pud'; write one of: pdu, ups"])
    }

    @Test func `a file that is not there is named once`() throws {
        let found = try self.problems(nil, "families: [acme.yaml]")
        #expect(found.count == 1)
        #expect(found.first?.contains("acme.yaml does not exist") == true)
    }

    @Test func `a family that nobody knows is an error with the one that is meant`() throws {
        let found = try self.problems(nil, "family: apc-rpdu3")
        #expect(
            found.first?.hasPrefix("pdu rack-a: no family of devices is called 'apc-rpdu3'; did you mean apc-rpdu")
                == true)
    }

    @Test func `the unit of a chain is read`() throws {
        #expect(try self.problems(nil, "unit: 0") == [])
        #expect(try self.problems(nil, "unit: 1000").first?.contains("at most 999") == true)
    }
}
