import PowerCore
import Testing

@testable import NUTProtocol

struct NUTTranslationHostTests {
    private static let upses =
        ["a", "b", "c"].map { "[\($0)]\ndriver = usbhid-ups\nport = auto\nserial = \($0)\n" }.joined()
    private static let users = "[m]\npassword = p\nupsmon primary\n"

    private func translate(
        _ upsmon: String, schedule: String = "", ups: String = Self.upses, host: String? = "box", port: String = ""
    ) -> NUTTranslation {
        let files: [NUTFile: String] = [
            .ups: ups, .users: Self.users, .upsmon: upsmon, .upssched: schedule, .upsd: port,
        ]
        return NUTTranslation(NUTConfiguration(files.mapValues { Array($0.utf8) }), in: .init(host: host))
    }

    static let needs: [(String, [String], Int?)] = [
        ("1", ["a 1"], 1), ("1", ["a 1", "b 1"], 1), ("2", ["a 1", "b 1"], 2), ("2", ["a 1", "b 1", "c 1"], 2),
        ("2", ["a 2", "b 2"], 1), ("3", ["a 2", "b 2"], 2), ("3", ["a 2", "b 1"], 2), ("0", ["a 1"], nil),
        ("3", ["a 1", "b 1"], nil), ("2", ["a 2", "b 1", "c 1"], nil), ("1", ["a 0", "b 1"], 1),
    ]

    @Test(arguments: needs) func `a host needs as many of its feeds as upsmon would`(
        supplies: String, watches: [String], requires: Int?
    ) throws {
        let lines = watches.map { watch in
            let words = watch.split(separator: " ")
            return "MONITOR \(words[0])@localhost \(words[1]) m p primary\n"
        }
        let translation = self.translate(lines.joined() + "MINSUPPLIES \(supplies)\n")
        let reading = translation.reading
        #expect(!reading.hasErrors, "\(reading.problems)")
        let host = reading.configuration?.rack.consumers.first
        #expect(host?.requires == requires)
        #expect(translation.document.remarks.isEmpty == (requires != nil))
    }

    @Test func `the host is the machine the files are of`() throws {
        let rack = try #require(self.translate("MONITOR A 1 m p master\n").reading.configuration?.rack)
        #expect(rack.consumers.map(\.id) == ["box"])
        #expect(rack.consumers.first?.feeds == [.ups("a")])
        #expect(rack.tiers == ["hosts"])
    }

    @Test(arguments: [nil, "a", "A", "mains", "7", "lab", "x y", ""])
    func `without a name that can be one the host is a comment`(host: String?) {
        let translation = self.translate("MONITOR a@localhost 1 m p primary\n", host: host)
        #expect(!translation.reading.hasErrors)
        #expect(translation.reading.configuration?.rack.consumers.isEmpty == true)
        #expect(translation.document.remarks.contains { $0.contains("feeds: [a]") })
    }

    static let mistakes = [
        "MONITOR nothere@localhost 1 m p primary", "MONITOR a@localhost 1 m wrong primary",
        "MONITOR a@localhost 1 stranger p primary",
    ]

    @Test(arguments: mistakes) func `a monitor line that cannot work is a mistake`(line: String) {
        #expect(self.translate(line + "\n").notes.contains { $0.verdict == .mistake && $0.subject == "MONITOR" })
    }

    @Test func `a UPS of another server beside our own stays upsmon's`() {
        let translation = self.translate("MONITOR a@nas 1 m p secondary\nMONITOR a@localhost:99 1 m p secondary\n")
        #expect(translation.upses.map(\.name) == ["a", "b", "c"])
        #expect(translation.document.remarks.count == 2)
    }

    @Test func `our own port may be another`() {
        let translation = self.translate("MONITOR a@127.0.0.1:99 1 m p primary\n", port: "LISTEN 0.0.0.0 99\n")
        #expect(translation.reading.configuration?.rack.consumers.map(\.id) == ["box"])
    }

    @Test func `a machine without UPSes serves those it watches`() {
        let lines =
            "MONITOR ups@nas 1 m p secondary\nMONITOR ups@[::1]:9 1 m p secondary\nMONITOR ups@rack 1 m p slave\n"
        let translation = self.translate(lines, ups: "")
        #expect(translation.upses.map(\.name) == ["ups", "ups-rack"])
        #expect(translation.secrets.map(\.path).contains("secrets/upstream-ups"))
        #expect(
            translation.notes.filter { $0.subject == "MONITOR" }.map(\.verdict) == [.changed, .notSupported, .changed])
    }

    @Test func `not more UPSes are asked for than a configuration has`() {
        let lines = (0..<140).map { "MONITOR u\($0)@nas 1 m p secondary\n" }.joined()
        #expect(self.translate(lines, ups: "").upses.count == 128)
    }

    @Test func `a timer that runs on battery is suggested as a trigger`() {
        let schedule =
            "AT ONBATT * START-TIMER x 300\nAT ONBATT * START-TIMER y 300\nAT ONBATT a START-TIMER z 99999999\n"
        let translation = self.translate("", schedule: schedule + "AT ONLINE * CANCEL-TIMER x\n")
        #expect(translation.document.remarks.last == "      hosts: [on-battery: 5m, on-battery: 7d]")
        #expect(
            translation.notes.filter { $0.place.file == .upssched }.map(\.verdict) == [
                .changed, .changed, .changed, .taken,
            ])
    }

    @Test(arguments: [
        ("FORCESSL 1", NUTFileNote.Verdict.notSupported), ("FORCESSL 0", .taken), ("CERTVERIFY 1", .notSupported),
    ])
    func `a host that insists on encryption is told so`(line: String, verdict: NUTFileNote.Verdict) {
        #expect(self.translate(line + "\n").notes.last?.verdict == verdict)
    }

    @Test func `a host that insists on encryption gets it where the server has a certificate`() {
        let translation = self.translate("FORCESSL 1\n", port: "CERTFILE /etc/nut/upsd.pem\n")
        #expect(translation.notes.last?.verdict == .taken)
        #expect(translation.reading.configuration?.server.tls?.key == "/etc/nut/upsd.pem")
    }

    @Test(arguments: [
        ("CERTFILE relative.pem", NUTFileNote.Verdict.mistake), ("CERTPATH /etc/nut/db", .notSupported),
        ("CERTIDENT upsd secret", .notSupported), ("CERTREQUEST 0", .taken), ("CERTREQUEST REQUIRE", .notSupported),
        ("DISABLE_WEAK_SSL true", .taken), ("DISABLE_WEAK_SSL false", .changed),
    ])
    func `settings of TLS are said for what they are`(line: String, verdict: NUTFileNote.Verdict) {
        let notes = self.translate("", port: line + "\n").notes.filter { $0.place.file == .upsd }
        #expect(notes.map(\.verdict) == [verdict])
    }
}
