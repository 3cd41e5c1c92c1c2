import Testing

@testable import PowerCore

/// The reader on trees that no file makes.
@Suite struct ConfigurationReaderTests {
    static let mark = ConfigurationMark(line: 2, column: 3)

    /// A mapping of words.
    static func mapping(_ pairs: [(String, ConfigurationNode)]) -> ConfigurationNode {
        ConfigurationNode(.mapping(pairs.map { .init($0.0, at: Self.mark, $0.1) }), at: Self.mark)
    }

    /// A word.
    static func word(_ text: String) -> ConfigurationNode {
        ConfigurationNode(.scalar(text), at: Self.mark)
    }

    @Test func `the least tree is read`() {
        let root = Self.mapping([("ups", Self.mapping([("river", Self.mapping([("driver", Self.word("usb-hid"))]))]))])
        let reading = ConfigurationReader.read(root)
        #expect(reading.problems == [])
        #expect(reading.configuration?.upses.map(\.rack.id) == ["river"])
    }

    @Test func `a problem is one line for editors`() {
        let reading = ConfigurationReader.read(nil)
        #expect(reading.hasErrors)
        #expect(
            reading.problems.map { $0.line(in: "rack.yaml") } == [
                "rack.yaml:1:1: error: no UPS is configured; add `ups: {NAME: {driver: usb-hid}}`"
            ])
    }

    /// Every key the format has, and some it has not.
    static let keys = [
        "server", "listen", "users", "password", "password-file", "role", "set", "commands", "devices", "max-clients",
        "idle-timeout", "ups", "driver", "match", "vendor", "model", "charge", "capacity", "cut-off", "poll",
        "override", "pdu", "outlets", "feed", "tiers", "hosts", "loads", "tier", "feeds", "requires", "needs", "shed",
        "stop", "ways", "timeout", "start", "methods", "emulated", "policy", "triggers", "margin", "river", "a", "1",
        "", "<<", "charge", "on-battery", "tls", "certificate", "key",
        "require", "web", "store", "path", "keep", "manager", "via", "shared", "ssh", "host", "user", "port",
        "identity",
        "command", "mac", "address", "broadcast", "witness", "tcp", "ping", "next-way", "switch",
    ]
    static let words = [
        "", "~", "null", "usb-hid", "emulated", "river-3-plus", "river", "a", "a/1", "a/99999999999999999999", "/", "1",
        "-1", "5s", "99999999999999999999s", "40%", "1e309", "all", "nut", "outlet", "last-safe-moment", "[::]:3493",
        "ssh", "command", "wake-on-lan", "switch", "root@192.0.2.11", "52:54:00:12:34:56", "/bin/true", "-x", "@",
        "\u{0}", "ü", "(", "true",
    ]

    /// A tree made of the format's words in any order (SplitMix64, so that every run is the same).
    static func tree(_ seed: inout UInt64, depth: Int) -> ConfigurationNode {
        func random(_ count: Int) -> Int {
            seed &+= 0x9e37_79b9_7f4a_7c15
            var value = (seed ^ (seed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
            return Int((value ^ (value >> 31)) % UInt64(count))
        }
        let shape = depth == 0 ? 0 : depth >= 3 ? 2 : random(4)
        switch shape {
        case 0: return Self.word(Self.words[random(Self.words.count)])
        case 1:
            return ConfigurationNode(
                .sequence((0..<random(4)).map { _ in Self.tree(&seed, depth: depth - 1) }), at: Self.mark)
        default:
            return Self.mapping(
                (0..<random(10)).map { _ in (Self.keys[random(Self.keys.count)], Self.tree(&seed, depth: depth - 1)) })
        }
    }

    @Test func `no tree makes the reader stop short`() {
        var seed: UInt64 = 7
        for _ in 0..<1500 {
            let reading = ConfigurationReader.read(Self.tree(&seed, depth: 5))
            #expect((reading.configuration == nil) == reading.hasErrors)
        }
    }
}
