import PowerCore
import Testing

@testable import NUTProtocol

/// What holds of every translation, whatever the files are.
struct NUTTranslationReportTests {
    /// Files that look like NUT's often enough to get deep, and are nonsense.
    private static func nonsense(seed: UInt64) -> [NUTFile: [UInt8]] {
        var generator = SeededGenerator(seed: seed)
        let words = [
            "[a]", "[b]", "[my", "ups]", "driver", "=", "usbhid-ups", "dummy-ups", "snmp-ups", "port", "auto", "x@y:1",
            "desc", "\"", "#", "\\", "\n", "\n", "\n", "vendorid", "serial", "([", "pollinterval", "5", "999999999999",
            "override.ups.status", "ignorelb", "override.battery.charge.low", "LISTEN", "*", "::1", "MAXAGE", "MAXCONN",
            "STATEPATH", "CERTFILE", "password", "actions", "SET", "FSD", "instcmds", "ALL", "upsmon", "primary",
            "MONITOR", "a@localhost", "1", "MINSUPPLIES", "AT", "ONBATT", "START-TIMER", "MODE", "netserver", "-1",
            "\u{e9}",
        ]
        var files: [NUTFile: [UInt8]] = [:]
        for file in NUTFile.allCases {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<120, using: &generator) {
                bytes += Array((words.randomElement(using: &generator) ?? "").utf8)
                bytes += Bool.random(using: &generator) ? [0x20] : []
            }
            files[file] = bytes + generator.line(length: Int.random(in: 0..<40, using: &generator))
        }
        return files
    }

    @Test(arguments: 0..<200) func `nonsense is reported line by line, and never more is written than can be read`(
        seed: Int
    ) {
        let nut = NUTConfiguration(Self.nonsense(seed: UInt64(seed)))
        let translation = NUTTranslation(nut, in: .init(host: "box"))
        #expect(translation.notes.map(\.place) == nut.directives.map(\.place))
        #expect(Set(translation.notes.map(\.place)).count == translation.notes.count)
        #expect(zip(nut.directives, nut.directives.dropFirst()).allSatisfy { $0.place < $1.place })
        // What the reader finds wrong can only be a driver that it does not have, or that no UPS is left.
        let isKnown: (String) -> Bool = { $0.contains("knows no driver") || $0.contains("no UPS is configured") }
        let errors = translation.reading.problems.filter { $0.severity == .error }.map(\.message)
        #expect(errors.allSatisfy(isKnown), "\(errors)")
    }

    @Test func `every setting that NUT's files know has an answer`() {
        for file in NUTFile.allCases where file != .users && file != .ups {
            for name in NUTDirectiveNames.names(of: file) {
                let value = name == "MONITOR" ? "a@b 1 u p slave" : name == "AT" ? "A * EXECUTE x" : "1"
                let text = file == .nut ? "\(name)=\(value)\n" : "\(name) \(value)\n"
                let note = NUTTranslation(NUTConfiguration([file: Array(text.utf8)])).notes.first
                #expect(note?.text.contains("no such setting") == false, "\(file.rawValue): \(name)")
            }
        }
    }

    @Test func `every option of usbhid-ups that is known has an answer`() {
        for name in NUTDriverOptions.texts.keys {
            let text = "[u]\ndriver = usbhid-ups\nport = auto\n\(name) = 1\n"
            let note = NUTTranslation(NUTConfiguration([.ups: Array(text.utf8)])).notes.last
            #expect(note.map { $0.verdict != .mistake } == true, "\(name)")
        }
    }

    @Test func `an unknown setting is a mistake that names the nearest known one`() {
        let nut = NUTConfiguration([.upsd: Array("MAXAGES 15\nXYZZY\n".utf8)])
        let notes = NUTTranslation(nut).notes
        #expect(notes.map(\.verdict) == [.mistake, .mistake])
        #expect(notes[0].text.contains("did you mean MAXAGE?"))
    }

    @Test func `what was dropped makes a change of what was taken`() {
        let text = "[u]\ndriver = usbhid-ups\nport = auto\ndesc = \"B\u{fc}ro\"\n"
        let note = NUTTranslation(NUTConfiguration([.ups: Array(text.utf8)])).notes.last
        #expect(note?.verdict == .changed)
        #expect(note?.text == "`description`; characters beyond ASCII are dropped, as by NUT")
    }

    @Test func `nothing at all is no configuration`() {
        #expect(NUTTranslation(NUTConfiguration()).reading.configuration == nil)
        #expect(NUTTranslation(NUTConfiguration()).notes.isEmpty)
    }
}
