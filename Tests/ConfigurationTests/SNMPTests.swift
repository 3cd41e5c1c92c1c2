import PowerCore
import Testing

@testable import RackFile
@testable import upsd_swift

/// The settings of devices that are asked by SNMP.
@Suite struct SNMPTests {
    static func agent(_ fields: String) -> Configuration.SNMPAgent? {
        let yaml = "ups: {a: {driver: dummy, file: x}}\npdu: {p: {driver: snmp, feed: a, \(fields)}}"
        guard case .snmp(let agent) = ConfigurationFile.read(yaml).configuration?.pdus.first?.driver else { return nil }
        return agent
    }

    @Test func `an address alone is asked with what agents come with`() {
        let agent = Self.agent("address: 192.0.2.10")
        #expect(agent == Configuration.SNMPAgent(address: .init(host: "192.0.2.10", port: 161)))
        #expect(agent?.access == .v2c(read: .text("public"), write: nil))
        #expect(agent?.timeout == .seconds(3) && agent?.retries == 2 && agent?.families == [])
    }

    @Test(arguments: [
        ("pdu.lan", "pdu.lan", 161), ("\"pdu.lan:1161\"", "pdu.lan", 1161), ("\"::1\"", "::1", 161),
        ("\"[::1]\"", "::1", 161), ("\"[::1]:1161\"", "::1", 1161), ("\"fe80::1%eth0\"", "fe80::1%eth0", 161),
        ("\"2001:db8::10:161\"", "2001:db8::10:161", 161),
    ])
    func `an address has port 161 unless it says another`(text: String, host: String, port: Int) {
        #expect(Self.agent("address: \(text)")?.address == .init(host: host, port: port))
    }

    @Test(arguments: [
        ("version: 1", Configuration.SNMPAgent.Access.v1(read: .text("public"), write: nil)),
        ("version: 2c, community: lab", .v2c(read: .text("lab"), write: nil)),
        ("community-file: r, write-community-file: w", .v2c(read: .file("r"), write: .file("w"))),
        ("version: 3, user: u", .v3(.init(name: "u"))),
        ("user: u, context: c", .v3(.init(name: "u", context: "c"))),
        (
            "user: u, auth: sha256, auth-password-file: a",
            .v3(.init(name: "u", authentication: .init(digest: .sha256, passwordFile: "a")))
        ),
        (
            "user: u, auth: md5, auth-password-file: a, privacy: des, privacy-password-file: p",
            .v3(
                .init(
                    name: "u", authentication: .init(digest: .md5, passwordFile: "a"),
                    privacy: .init(cipher: .des, passwordFile: "p")))
        ),
    ])
    func `an agent is spoken to as configured`(fields: String, access: Configuration.SNMPAgent.Access) {
        #expect(Self.agent("address: h, \(fields)")?.access == access)
    }

    @Test func `patience and families are read`() {
        let agent = Self.agent("address: h, timeout: 500ms, retries: 0, family: mine, families: [a.yaml, b.yaml]")
        #expect(agent?.timeout == .milliseconds(500) && agent?.retries == 0)
        #expect(agent?.family == "mine" && agent?.families == ["a.yaml", "b.yaml"])
    }

    @Test func `a UPS is asked by SNMP too`() {
        let driver = DriverSettingsTests.driver("driver: snmp, address: h, version: 1")
        let access = Configuration.SNMPAgent.Access.v1(read: .text("public"), write: nil)
        #expect(driver == .snmp(Configuration.SNMPAgent(address: .init(host: "h", port: 161), access: access)))
    }

    @Test func `all files of an agent are looked for beside the configuration`() {
        let text = """
            ups: {a: {driver: dummy, file: x}, b: {driver: snmp, address: h, community-file: r, write-community-file: w}}
            pdu:
              p:
                {driver: snmp, address: h, user: u, auth: sha, auth-password-file: s, privacy: aes128, feed: a,
                 privacy-password-file: p, families: [f]}
            """
        let loaded = ConfigurationLoader.load(text: text, directory: "/nowhere")
        #expect(
            loaded.reading.problems.map(\.message) == [
                "ups b: community file /nowhere/r does not exist",
                "ups b: write community file /nowhere/w does not exist",
                "pdu p: auth password file /nowhere/s does not exist",
                "pdu p: privacy password file /nowhere/p does not exist",
                "pdu p: family file /nowhere/f does not exist",
            ])
    }

    static func refusal(_ what: String, _ fields: String, _ problem: String) -> Refusal {
        Refusal(what, "ups: {a: {driver: snmp, \(fields)}}", problem)
    }

    static let refusals: [Refusal] = [
        Self.refusal("no address", "version: 1", "1:7: error: ups a has no address; add address: such as 192.0.2.10"),
        Self.refusal(
            "no such address", "address: \"h:x\"",
            "1:34: error: ups a: address is 'h:x'; write an address such as 192.0.2.10 or 192.0.2.10:1161"),
        Self.refusal(
            "no port", "address: \"h:0\"",
            "1:34: error: ups a: address is 'h:0'; write an address such as 192.0.2.10 or 192.0.2.10:1161"),
        Self.refusal(
            "no such version", "address: h, version: 2, user: u",
            "1:46: error: ups a: version is '2'; write 1, 2c or 3"),
        Self.refusal(
            "two communities", "address: h, community: x, community-file: y",
            "1:67: error: ups a has a community and a community-file; keep the community-file"),
        Self.refusal(
            "a user before SNMPv3", "address: h, version: 2c, user: u",
            "1:50: error: ups a: user is of another version of SNMP; remove it, or write version: 3 and a user"),
        Self.refusal(
            "a community of SNMPv3", "address: h, user: u, community: x",
            "1:46: error: ups a: community is of another version of SNMP; remove it, or write version: 2c and no user"),
        Self.refusal(
            "nobody of SNMPv3", "address: h, version: 3",
            "1:7: error: ups a has no user; add user: and the name SNMPv3 knows"),
        Self.refusal(
            "a digest without a password", "address: h, user: u, auth: sha",
            "1:52: error: ups a has auth, but no auth-password-file; "
                + "add auth-password-file: and a file whose first line is the password"),
        Self.refusal(
            "a password without a digest", "address: h, user: u, auth-password-file: f",
            "1:66: error: ups a has auth-password-file, but no auth; "
                + "add auth: as it is set in the device, such as sha"),
        Self.refusal(
            "privacy without a digest", "address: h, user: u, privacy: des, privacy-password-file: f",
            "1:55: error: ups a has privacy, but no auth; add auth: and auth-password-file, which SNMPv3 needs for it"),
        Self.refusal(
            "no such digest", "address: h, user: u, auth: sha3, auth-password-file: f",
            "1:52: error: ups a: auth is 'sha3'; write md5, sha, sha224, sha256, sha384 or sha512"),
        Self.refusal(
            "too much patience", "address: h, timeout: 1m", "1:46: error: ups a: timeout is 1m; write at most 30s"),
        Self.refusal("too many retries", "address: h, retries: 6", "1:46: error: ups a: retries is 6; write at most 5"),
        Self.refusal(
            "too many families", "address: h, families: [\((0...16).map { "f\($0)" }.joined(separator: ", "))]",
            "1:118: error: ups a: families has more than 16; put some of them into one file"),
    ]

    @Test(arguments: refusals)
    func `an agent that cannot be meant is refused`(refusal: Refusal) {
        #expect(Sample.problems(refusal.yaml) == [refusal.problem])
    }
}
