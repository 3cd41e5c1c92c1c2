import Testing

@testable import PowerCore

@Suite struct ConfigurationScalarTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("5s", .seconds(5)), ("2m", .seconds(120)), ("1h30m", .seconds(5400)),
        ("1d2h3m4s5ms", .seconds(93784) + .milliseconds(5)), ("0s", .zero), ("1.5h", .seconds(5400)),
        ("86399s", .seconds(86399)), (" 5s ", .seconds(5)), ("366d", .seconds(366 * 86400)),
    ])
    func `times have units in falling order`(text: String, duration: Duration) throws {
        #expect(try ConfigurationScalar.duration(text) == duration)
    }

    @Test(arguments: [("1w", 7), ("2y", 730), ("1y2w3d", 382), ("100y", 36_500)])
    func `a year is 365 days, a week seven`(text: String, days: Int) throws {
        #expect(try ConfigurationScalar.duration(text) == .seconds(days * 86400))
    }

    @Test(arguments: [
        "", " ", "5", "s", "5 s", "5S", "-5s", "+5s", "5s2m", "5s5s", "1h 30m", "1:30", "5.s", ".5s", "1e3s", "infs",
        "36501d", "101y", "999999999d", "999999999y", "999999999.9y", "1d1w", "1w1y", "1234567890s", "5\u{301}s", "٣s",
        "1.1234567890s", "5sec",
    ])
    func `what is no time is refused`(text: String) {
        #expect(throws: ConfigurationScalar.Refusal.self) { try ConfigurationScalar.duration(text) }
    }

    @Test(arguments: [
        ("0s", Duration.zero), ("1h30m", .seconds(5400)), ("2d1s", .seconds(172_801)), ("2y", .seconds(63_072_000)),
        ("1y21d", .seconds(33_350_400)), ("250ms", .milliseconds(250)),
    ])
    func `a time is written as it is read`(text: String, duration: Duration) throws {
        #expect(ConfigurationScalar.text(duration) == text)
        #expect(try ConfigurationScalar.duration(text) == duration)
        #expect(ConfigurationScalar.text(.zero - duration) == "0s")
    }

    @Test func `powers, energies and shares have units`() throws {
        #expect(try ConfigurationScalar.watts("600 W") == 600)
        #expect(try ConfigurationScalar.watts("600W") == 600)
        #expect(try ConfigurationScalar.watts("1.8 kW") == 1800)
        #expect(try ConfigurationScalar.wattHours("286 Wh") == 286)
        #expect(try ConfigurationScalar.wattHours("1 kWh") == 1000)
        #expect(try ConfigurationScalar.percent("40%") == 40)
        #expect(try ConfigurationScalar.percent("12.5 %") == 12.5)
        #expect(try ConfigurationScalar.number("1.3") == 1.3)
        #expect(try ConfigurationScalar.whole("3493") == 3493)
        #expect(try ConfigurationScalar.boolean("True"))
        #expect(try !ConfigurationScalar.boolean("no"))
    }

    @Test(arguments: ["600", "600 w", "600 Wh", "W", "1,8 kW", "-1 W", "nan W", "0x1p3 W", "1 k W"])
    func `what is no power is refused`(text: String) {
        #expect(throws: ConfigurationScalar.Refusal.self) { try ConfigurationScalar.watts(text) }
    }

    @Test(arguments: ["40", "101%", "-1%", "%", "40%%", "0.4"])
    func `what is no share is refused`(text: String) {
        #expect(throws: ConfigurationScalar.Refusal.self) { try ConfigurationScalar.percent(text) }
    }

    @Test(arguments: ["", "-1", "1.0", "0x10", "٣", "1234567890"])
    func `what is no whole number is refused`(text: String) {
        #expect(throws: ConfigurationScalar.Refusal.self) { try ConfigurationScalar.whole(text) }
    }

    @Test(arguments: [
        ("0.0.0.0:3493", "0.0.0.0", 3493), ("[::]:3493", "::", 3493), ("[fe80::1%eth0]:1", "fe80::1%eth0", 1),
        ("ups.lan:0", "ups.lan", 0),
    ])
    func `an endpoint has a host and a port`(text: String, host: String, port: Int) throws {
        let endpoint = try ConfigurationScalar.endpoint(text)
        #expect(endpoint == Configuration.Endpoint(host: host, port: port))
        #expect(endpoint.description == text)
    }

    @Test(arguments: [
        "", "3493", ":3493", "host", "host:", "host:65536", "host:x", "::1:3493", "[]:1", "[host]:1", "a b:1", "[::1:1",
    ])
    func `what is no endpoint is refused`(text: String) {
        #expect(throws: ConfigurationScalar.Refusal.self) { try ConfigurationScalar.endpoint(text) }
    }

    @Test(arguments: ["192.0.2.11", "pve1.lan", "fe80::1%eth0", "::1", " pve1 "])
    func `a machine has a name or an address`(text: String) throws {
        #expect(try ConfigurationScalar.host(text) == text.filter { $0 != " " })
    }

    @Test(arguments: ["", "-oProxyCommand=x", "a b", "[::1]", "a:22:", "root@a", "a/b", "a\n", "pve1.lan:22"])
    func `what is no machine is refused`(text: String) {
        #expect(throws: ConfigurationScalar.Refusal.self) { try ConfigurationScalar.host(text) }
    }

    @Test(arguments: ["52:54:00:12:ab:FF", "52-54-00-12-AB-ff", " 52:54:00:12:ab:ff "])
    func `a network card has an address of six bytes`(text: String) throws {
        #expect(try ConfigurationScalar.hardwareAddress(text) == [0x52, 0x54, 0x00, 0x12, 0xab, 0xff])
    }

    @Test(arguments: [
        "", "52:54:00:12:ab", "52:54:00:12:ab:ff:00", "52:54:00:12:ab:f", "52:54:00:12:ab:0ff", "52:54:00:12:ab:+f",
        "52:54:00:12:ab-ff", "525400 12abff", "52:54:00:12:ab:٣٣", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff",
        "01:00:5e:00:00:01", "189601245",
    ])
    func `what is no network card is refused`(text: String) {
        #expect(throws: ConfigurationScalar.Refusal.self) { try ConfigurationScalar.hardwareAddress(text) }
    }

    @Test func `numbers are written short`() {
        #expect(ConfigurationScalar.text(600.0) == "600")
        #expect(ConfigurationScalar.text(4.5) == "4.5")
        #expect(ConfigurationScalar.text(0.25) == "0.3")
        #expect(ConfigurationScalar.text(1e300) == "1e+300")
    }
}
