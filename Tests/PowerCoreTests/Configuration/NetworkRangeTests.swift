import PowerCore
import Testing

struct NetworkRangeTests {
    @Test(arguments: [
        ("192.0.2.0/24", ["192.0.2.0", "192.0.2.255"], ["192.0.3.0", "192.0.1.255", "::c000:200", "", "x"]),
        ("192.0.2.7", ["192.0.2.7"], ["192.0.2.6", "192.0.2.70"]),
        ("192.0.2.128/25", ["192.0.2.128", "192.0.2.255"], ["192.0.2.127"]),
        ("0.0.0.0/0", ["0.0.0.0", "255.255.255.255"], ["::1"]),
        ("::1", ["::1", "0:0:0:0:0:0:0:1"], ["::2", "127.0.0.1", "::1:1"]),
        ("2001:db8::/33", ["2001:db8::1", "2001:db8:7fff::"], ["2001:db8:8000::", "2001:db9::"]),
        ("fe80::/10", ["fe80::1%eth0", "febf::1"], ["fec0::1"]),
        ("::/0", ["::", "ffff::"], ["1.2.3.4"]),
        ("::ffff:192.0.2.0/120", ["::ffff:c000:2ff", "::ffff:192.0.2.9"], ["::ffff:192.0.3.0"]),
    ])
    func `a network holds the addresses that begin alike`(text: String, inside: [String], outside: [String]) throws {
        let range = try #require(NetworkRange(parsing: text))
        for address in inside { #expect(range.contains(address), "\(address)") }
        for address in outside { #expect(!range.contains(address), "\(address)") }
        #expect("\(range)" == text)
    }

    @Test(arguments: [
        "", "/", "/24", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/024", "192.0.2.1/24", "192.0.2",
        "192.0.2.256", "192.0.02.1", "192.0.2.0.0", "1.2.3.4/24/8", "::1/129", ":::", "1::2::3", "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "12345::", "g::", "::1%eth0", "2001:db8::1/32", "localhost",
        "+1.0.0.0",
        "::192.0.2.0.1",
    ])
    func `what is no network is none`(text: String) {
        #expect(NetworkRange(parsing: text) == nil)
    }
}
