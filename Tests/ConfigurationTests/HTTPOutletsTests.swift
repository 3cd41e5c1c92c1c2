import Foundation
import PowerCore
import Testing

@testable import RackFile
@testable import upsd_swift

/// The settings of PDUs that are reached by HTTP.
@Suite struct HTTPOutletsTests {
    static func yaml(_ fields: String) -> String {
        """
        ups: {a: {driver: nut-driver, program: usbhid-ups}}
        pdu: {p: {driver: http, feed: a, \(fields)}}
        """
    }

    static func device(_ fields: String) -> Configuration.HTTPOutlets? {
        let pdu = ConfigurationFile.read(Self.yaml(fields)).configuration?.pdus.first
        guard case .http(let device) = pdu?.driver else { return nil }
        return device
    }

    typealias Address = Configuration.HTTPOutlets.Address
    static let pin = String(repeating: "a0", count: 32)

    @Test(arguments: [
        ("http://strip.lan", Address(isEncrypted: false, host: "strip.lan")),
        ("https://192.0.2.7", Address(isEncrypted: true, host: "192.0.2.7")),
        ("https://192.0.2.7/", Address(isEncrypted: true, host: "192.0.2.7")),
        ("https://pdu:8443", Address(isEncrypted: true, host: "pdu", port: 8443)),
        ("https://[fd00::7]:444", Address(isEncrypted: true, host: "fd00::7", port: 444)),
        ("https://[fd00::7]", Address(isEncrypted: true, host: "fd00::7")),
    ])
    func `an address is a scheme, a host and perhaps a port`(url: String, address: Address) {
        #expect(Self.device("profile: netio, url: \"\(url)\"")?.url == address)
        let text = url.hasSuffix("/") ? String(url.dropLast()) : url
        #expect(address.description == text)
    }

    @Test(arguments: [
        "strip.lan", "ftp://strip.lan", "https://", "https://user@strip.lan", "https://u:p@strip.lan",
        "https://strip.lan/rpc", "https://strip.lan?x=1", "https://strip.lan:0", "https://strip.lan:70000",
        "https://strip.lan:", "https://fd00::7", "https://[fd00::7", "HTTPS:/strip", "https:// strip",
    ])
    func `an address that cannot be meant is refused`(url: String) {
        let remedy = "write https://host, http://host or either with :port behind it, and no user, path or query"
        let problems = Sample.problems(Self.yaml("profile: netio, url: \"\(url)\""))
        #expect(problems == ["2:55: error: pdu p: url is '\(url)'; \(remedy)"])
    }

    @Test func `everything that can be said of a controller is read`() {
        let fields = """
            profile: unifi, url: "https://unifi.lan", token-file: key, device: "AA-BB-CC-00-01-02", site: lab,
            fingerprint: "\(Self.pin)", timeout: 8s
            """
        let expected = Configuration.HTTPOutlets(
            profile: .unifi, url: Address(isEncrypted: true, host: "unifi.lan"), tokenFile: "key",
            fingerprint: Array(repeating: 0xa0, count: 32), device: "aa:bb:cc:00:01:02", site: "lab",
            timeout: .seconds(8))
        #expect(Self.device(fields) == expected)
    }

    @Test func `a fingerprint may be written with colons`() {
        let pin = Array(repeating: "0F", count: 32).joined(separator: ":")
        let device = Self.device("profile: netio, url: \"https://h\", fingerprint: \"\(pin)\"")
        #expect(device?.fingerprint == Array(repeating: 0x0f, count: 32))
    }

    @Test(arguments: ["shelly", "shelly-gen1", "tasmota", "digital-loggers"])
    func `a device with one user needs only the password`(profile: String) {
        #expect(Self.device("profile: \(profile), url: \"http://h\", password-file: pw")?.passwordFile == "pw")
    }

    @Test func `the files are looked for beside the configuration`() {
        let fields = "profile: netio, url: \"https://h\", user: u, password-file: pw, ca: roots.pem"
        let loaded = ConfigurationLoader.load(text: Self.yaml(fields), directory: "/nowhere")
        #expect(
            loaded.reading.problems.map(\.message) == [
                "pdu p: password file /nowhere/pw does not exist", "pdu p: ca /nowhere/roots.pem does not exist",
            ])
    }

    @Test func `the report names profile and address, and no secret`() {
        let reading = ConfigurationFile.read(Self.yaml("profile: tasmota, url: \"http://h\", password-file: hush"))
        let report = ConfigurationReport.text(reading, file: "f")
        #expect(report.contains("p: tasmota at http://h\n"), "\(report)")
        #expect(!report.contains("hush"))
    }

    static let known = "shelly, shelly-gen1, tasmota, digital-loggers, netio, redfish, unifi"

    static let refusals: [(String, String)] = [
        ("url: \"https://h\"", "2:7: error: pdu p has no profile; add profile: and one of \(known)"),
        ("profile: shelli, url: \"https://h\"", "2:43: error: pdu p: profile is 'shelli'; write one of \(known)"),
        ("profile: netio", "2:7: error: pdu p has no url; add url: such as https://192.0.2.10"),
        (
            "profile: netio, url: \"https://h\", user: u",
            "2:74: error: pdu p has a user but no password-file; add it, or remove the user"
        ),
        (
            "profile: netio, url: \"https://h\", password-file: p",
            "2:7: error: pdu p has a password-file but no user; add user:"
        ),
        (
            "profile: netio, url: \"https://h\", token-file: t",
            "2:80: error: pdu p: netio knows no token; write user and password-file"
        ),
        (
            "profile: redfish, url: \"https://h\", token-file: t, user: u, password-file: p",
            "2:82: error: pdu p has a token-file and a password-file; keep one of them"
        ),
        (
            "profile: netio, url: \"https://h\", ca: c, fingerprint: \(pin)",
            "2:88: error: pdu p has a fingerprint and a ca; keep one of them"
        ),
        (
            "profile: netio, url: \"http://h\", ca: c",
            "2:71: error: pdu p has a ca, but its url is not https; write https://, or remove it"
        ),
        (
            "profile: netio, url: \"https://h\", device: x",
            "2:76: error: pdu p: netio has no device; remove it"
        ),
        (
            "profile: redfish, url: \"https://h\", device: \"1/../2\"",
            "2:78: error: pdu p: device is '1/../2'; write letters, digits, - and _ alone"
        ),
        (
            "profile: redfish, url: \"https://h\", site: x", "2:76: error: pdu p: redfish has no site; remove it"
        ),
        (
            "profile: unifi, url: \"https://h\", token-file: t",
            "2:7: error: pdu p has no device; add device: and the PDU's MAC"
        ),
        (
            "profile: unifi, url: \"https://h\", token-file: t, device: pdu",
            "2:91: error: pdu p: device is 'pdu'; write its MAC, such as \"aa:bb:cc:dd:ee:ff\""
        ),
        (
            "profile: unifi, url: \"https://h\", device: \"aa:bb:cc:dd:ee:ff\"",
            "2:7: error: pdu p has neither token-file nor password-file; add token-file: with an API key of the controller"
        ),
        (
            "profile: netio, url: \"http://h\", user: u, password-file: p",
            "2:55: warning: pdu p: everybody on the way can read the password or token; "
                + "write https:// where the device can do that"
        ),
        (
            "profile: netio, url: \"https://h\", timeout: 1ms",
            "2:77: error: pdu p: timeout is 1ms; write at least 250ms"
        ),
    ]

    @Test(arguments: refusals)
    func `what does not go together is said`(fields: String, problem: String) {
        #expect(Sample.problems(Self.yaml(fields)) == [problem])
    }
}

/// The examples of the page about these devices.
@Suite struct HTTPManualTests {
    static let blocks: [String] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try? String(contentsOf: root.appending(path: "docs/devices/http.md"), encoding: .utf8)
        return (text?.components(separatedBy: "```yaml\n").dropFirst() ?? []).compactMap {
            $0.components(separatedBy: "```").first
        }
    }()

    @Test func `every profile has an example without an error`() {
        var profiles: [String] = []
        for block in Self.blocks {
            let yaml = "ups: {river: {driver: nut-driver, program: usbhid-ups}}\n\(block)"
            #expect(Sample.problems(yaml).filter { $0.contains(" error: ") } == [], "\(block)")
            for pdu in ConfigurationFile.read(yaml).configuration?.pdus ?? [] {
                if case .http(let device) = pdu.driver { profiles.append(device.profile.rawValue) }
            }
        }
        #expect(profiles == Configuration.HTTPOutlets.Profile.allCases.map(\.rawValue))
    }
}
