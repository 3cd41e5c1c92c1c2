import PowerCore
import Testing

@testable import RackFile
@testable import upsd_swift

/// The settings of UPSes and PDUs whose variables come ready-made.
@Suite struct DriverSettingsTests {
    static func driver(_ fields: String) -> Configuration.UPS.Driver? {
        ConfigurationFile.read("ups: {old: {\(fields)}}").configuration?.upses.first?.driver
    }

    @Test(arguments: [
        ("program: usbhid-ups", "/run/nut/usbhid-ups-old"), ("program: snmp-ups, name: rack", "/run/nut/snmp-ups-rack"),
        ("socket: dummy-ups-x, state-path: /var/state/ups", "/var/state/ups/dummy-ups-x"),
        ("socket: /tmp/s", "/tmp/s"),
    ])
    func `the socket of a NUT driver is found as NUT names it`(fields: String, path: String) {
        #expect(
            Self.driver("driver: nut-driver, \(fields)") == .nutDriver(Configuration.NUTDriver(path: path)))
    }

    @Test(arguments: [
        ("a.dev", false), ("a.seq", true), ("a.SEQ", true), ("a.seq, loop: no", false), ("a, loop: yes", true),
    ])
    func `a sequence is played again and again unless told otherwise`(fields: String, isLooping: Bool) {
        let file = fields.split(separator: ",").first.map(String.init) ?? ""
        #expect(
            Self.driver("driver: dummy, file: \(fields)")
                == .dummy(Configuration.DummyUPS(file: file, isLooping: isLooping)))
    }

    @Test(arguments: [
        (
            "server: \"nas.lan:3493\"",
            Configuration.NUTUpstream(server: .init(host: "nas.lan", port: 3493), name: "old")
        ),
        (
            "server: \"[::1]:3493\", name: ups, user: mon, password-file: /etc/pw",
            Configuration.NUTUpstream(
                server: .init(host: "::1", port: 3493), name: "ups", user: "mon", passwordFile: "/etc/pw")
        ),
        (
            "server: \"nas.lan:3493\", tls: try",
            Configuration.NUTUpstream(server: .init(host: "nas.lan", port: 3493), name: "old", encryption: .try)
        ),
        (
            "server: \"nas.lan:3493\", ca: /ca.pem",
            Configuration.NUTUpstream(
                server: .init(host: "nas.lan", port: 3493), name: "old", encryption: .require,
                authoritiesFile: "/ca.pem")
        ),
    ])
    func `a UPS of another server is named and asked as configured`(
        fields: String, upstream: Configuration.NUTUpstream
    ) {
        #expect(Self.driver("driver: nut-upstream, \(fields)") == .nutUpstream(upstream))
    }

    @Test func `a password file of another server that is missing is an error of the check`() {
        let loaded = ConfigurationLoader.load(
            text: "ups: {a: {driver: nut-upstream, server: \"h:1\", user: u, password-file: none}}",
            directory: "/nowhere")
        #expect(
            loaded.reading.problems.map(\.message)
                == ["ups a: password file /nowhere/none does not exist"])
        #expect(loaded.reading.configuration == nil)
    }

    @Test func `a file of a device is relative to the configuration`() {
        let loaded = ConfigurationLoader.load(
            text: "ups: {a: {driver: dummy, file: a.dev}, b: {driver: dummy, file: /b.dev}}", directory: "/etc/x")
        let files = loaded.reading.configuration?.upses.map(\.driver)
        #expect(
            files == [
                .dummy(Configuration.DummyUPS(file: "/etc/x/a.dev", isLooping: false)),
                .dummy(Configuration.DummyUPS(file: "/b.dev", isLooping: false)),
            ])
    }

    @Test func `a PDU behind a NUT driver may hang on a real UPS`() {
        let yaml = """
            ups: {a: {driver: nut-driver, program: usbhid-ups}}
            pdu: {rack: {driver: nut-driver, program: snmp-ups, feed: a, outlets: {20: fan}}}
            """
        let pdu = ConfigurationFile.read(yaml).configuration?.pdus.first
        #expect(pdu?.driver == .nutDriver(Configuration.NUTDriver(path: "/run/nut/snmp-ups-rack")))
        #expect(pdu?.outletNames == [20: "fan"])
    }

    @Test func `a PDU of another server may hang on a real UPS, and is shown by the check`() {
        let yaml = """
            ups: {a: {driver: nut-driver, program: usbhid-ups}}
            pdu: {rack: {driver: nut-upstream, server: "nas.lan:3493", name: pdu1, feed: a, outlets: {20: fan}}}
            """
        let reading = ConfigurationFile.read(yaml)
        let upstream = Configuration.NUTUpstream(server: .init(host: "nas.lan", port: 3493), name: "pdu1")
        #expect(reading.configuration?.pdus.first?.driver == .nutUpstream(upstream))
        let report = ConfigurationReport.text(reading, file: "f")
        #expect(report.contains("  rack: pdu1@nas.lan:3493\n    rack/20  fan\n"), "\(report)")
    }

    @Test func `the files of a PDU of another server are looked for beside the configuration`() {
        let text = """
            ups: {a: {driver: nut-driver, program: usbhid-ups}}
            pdu: {rack: {driver: nut-upstream, server: "h:1", user: u, password-file: none, ca: c, feed: a}}
            """
        let loaded = ConfigurationLoader.load(text: text, directory: "/nowhere")
        #expect(
            loaded.reading.problems.map(\.message) == [
                "pdu rack: password file /nowhere/none does not exist", "pdu rack: ca /nowhere/c does not exist",
            ])
    }

    static let refusals: [Refusal] = [
        Refusal(
            "a NUT driver nobody can find", "ups: {a: {driver: nut-driver}}",
            "1:7: error: ups a has no socket; add socket: usbhid-ups-NAME, or program: usbhid-ups"),
        Refusal(
            "a socket twice", "ups: {a: {driver: nut-driver, socket: x, program: y}}",
            "1:51: error: ups a has a socket and a program or name; keep the socket"),
        Refusal(
            "a relative state path", "ups: {a: {driver: nut-driver, socket: x, state-path: run}}",
            "1:54: error: ups a: state-path is 'run'; write the whole path, such as /run/nut"),
        Refusal(
            "a program with a path", "ups: {a: {driver: nut-driver, program: /lib/nut/usbhid-ups}}",
            "1:40: error: ups a: program is a path; write its name alone"),
        Refusal(
            "a socket too long", "ups: {a: {driver: nut-driver, socket: /\(String(repeating: "x", count: 107))}}",
            "1:39: error: ups a: the path of the socket has 108 bytes; use one of at most 107"),
        Refusal(
            "one driver twice", "ups: {a: {driver: nut-driver, socket: x}, b: {driver: nut-driver, socket: x}}",
            "1:43: error: ups b is the same device as ups a; remove one"),
        Refusal(
            "a UPS of no server", "ups: {a: {driver: nut-upstream}}",
            "1:7: error: ups a has no server; add server: and host:port, such as nas.lan:3493"),
        Refusal(
            "a PDU of no server", "ups: {a: {driver: dummy, file: x}}\npdu: {p: {driver: nut-upstream, feed: a}}",
            "2:7: error: pdu p has no server; add server: and host:port, such as nas.lan:3493"),
        Refusal(
            "no way to encrypt", "ups: {a: {driver: nut-upstream, server: \"h:1\", tls: yes}}",
            "1:53: error: ups a: tls is 'yes'; write off, try or require"),
        Refusal(
            "a user without a password", "ups: {a: {driver: nut-upstream, server: \"h:1\", user: u}}",
            "1:54: error: ups a has a user or a password-file, but not both; give both, or neither to read only"),
        Refusal(
            "a made-up device without a file", "ups: {a: {driver: dummy}}",
            "1:7: error: ups a has no file; add file: and the path of a .dev or .seq file"),
    ]

    @Test(arguments: refusals)
    func `a device that cannot be meant is refused`(refusal: Refusal) {
        #expect(Sample.problems(refusal.yaml) == [refusal.problem])
    }
}
