import Foundation
import NUTProtocol
import Testing

@testable import pductl

/// Ten directories as they are found in the field, word for word.
@Suite struct ImportGoldenTests {
    @Test func `there are ten shapes`() {
        #expect(ImportFixture.names.count == 10)
    }

    @Test(arguments: ImportFixture.names) func `a directory becomes the configuration that is expected`(name: String)
        throws
    {
        let fixture = ImportFixture(name: name)
        #expect(try fixture.report().translation.document.yaml == fixture.text("expected.yaml"))
    }

    @Test(arguments: ImportFixture.names) func `a directory is reported as expected`(name: String) throws {
        let fixture = ImportFixture(name: name)
        #expect(try fixture.report().text == fixture.text("expected.report"))
    }

    /// The lines with a directive, found without the reader: not blank, no comment, no continuation of the line above,
    /// no more than one each.
    private static func lines(_ text: String) -> [Int] {
        var isContinued = false
        return text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .compactMap { index, line in
                let words = line.trimmingCharacters(in: .whitespaces)
                defer { isContinued = line.hasSuffix("\\") && !line.hasSuffix("\\\\") }
                return isContinued || words.isEmpty || words.hasPrefix("#") ? nil : index + 1
            }
    }

    @Test(arguments: ImportFixture.names) func `every directive has one line in the report`(name: String) throws {
        let fixture = ImportFixture(name: name)
        let lines = try fixture.report().text.split(separator: "\n").dropLast()
        var count = 0
        for file in NUTFile.allCases {
            guard let text = try? fixture.text(file.rawValue) else { continue }
            for number in Self.lines(text) {
                #expect(lines.count { $0.hasPrefix("\(file.rawValue):\(number):") } == 1, "\(file.rawValue):\(number)")
                count += 1
            }
        }
        #expect(lines.count == count)
    }

    /// All passwords of the fixtures are made so that they are found: `NAME-USER-pw` and the like.
    private static func hasSecret(_ text: String) -> Bool {
        ["-pw", "odd-", "odd=", "broken-", "broken#", "apc admin"].contains { text.contains($0) }
    }

    @Test(arguments: ImportFixture.names) func `no password is printed`(name: String) throws {
        let report = try ImportFixture(name: name).report()
        for text in [report.text, report.json(written: []).text, report.translation.document.yaml] {
            #expect(!Self.hasSecret(text))
        }
    }

    @Test func `the passwords are there to be printed`() throws {
        for name in ["dual-ups", "snmp", "broken", "oddities", "apcsmart"] {
            let fixture = ImportFixture(name: name)
            #expect(Self.hasSecret(try fixture.text("upsd.users")))
        }
    }

    @Test(arguments: ImportFixture.names) func `the daemon would take the configuration`(name: String) throws {
        #expect(try ImportFixture(name: name).report().errors == [])
    }
}
