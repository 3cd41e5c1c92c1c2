import PowerCore
import Testing

@testable import RackFile

/// The YAML side: syntax, repeated keys, limits, and files that nobody wrote on purpose.
@Suite struct ConfigurationFileTests {
    @Test func `an error of the syntax has a place and a remedy`() {
        let problems = ConfigurationFile.read("ups:\n  river: {driver: usb-hid\ntiers: [a]\n").problems
        #expect(problems.count == 1)
        #expect(problems.first?.mark.line == 3)
        #expect(problems.first?.message.hasPrefix("YAML: ") == true)
        #expect(problems.first?.remedy.hasPrefix("quote values") == true)
    }

    @Test func `an unquoted IPv6 address is an error of the syntax`() {
        #expect(Sample.problems(adding: "server: {listen: [::]:3493}").count == 1)
    }

    @Test func `control characters, two documents and unknown aliases are errors with a place`() {
        #expect(ConfigurationFile.read("ups: \u{1}\n").problems.first?.mark.line == 1)
        #expect(Sample.problems("a: 1\n---\nb: 2\n").first?.hasPrefix("2:1: error: YAML: ") == true)
        #expect(Sample.problems("a: *b\n").first?.hasPrefix("1:4: error: YAML: found undefined alias") == true)
    }

    @Test func `keys that stand twice are all named, in groups of either style, quoted or not`() {
        let yaml = """
            policy: {stable: 1s, debounce: 1s, stable: 2s}
            server:
              "max-clients": 3
              max-clients: 4
              max-clients: 5
            """
        #expect(
            Sample.problems(adding: yaml) == [
                "4:36: error: policy: 'stable' stands already at 4:10; remove one",
                "7:3: error: server: 'max-clients' stands already at 6:3; remove one",
                "8:3: error: server: 'max-clients' stands already at 6:3; remove one",
            ])
    }

    @Test func `a key that is no word is an error`() {
        #expect(Sample.problems(adding: "? [a, b]\n: c") == ["4:3: error: a key must be a word; write `key: value`"])
    }

    @Test func `more repeated keys than the limit end in one error`() {
        let keys = (0...DuplicateKeys.maximumRounds).map { "k\($0): 1\n" }.joined()
        #expect(Sample.problems(keys + keys) == ["1:1: error: more than 32 keys stand twice"])
    }

    @Test func `a file that is too large is not parsed`() {
        let text = String(repeating: "#", count: FileLimits.maximumBytes + 1)
        #expect(Sample.problems(text) == ["1:1: error: the file is larger than 256 KiB"])
    }

    @Test func `aliases that repeat each other are refused before they are written out`() {
        var yaml = "a0: &a0 [x, x]\n"
        for level in 1...30 { yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(
            Sample.problems(yaml) == ["1:1: error: the file has more than 24 aliases (*name); write the values out"])
    }

    @Test func `as many aliases as are allowed cannot make more than the most nodes`() {
        var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...8 {
            yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]\n"
        }
        let problems = Sample.problems(yaml)
        #expect(problems.count == 1)
        #expect(problems.first?.hasSuffix("error: the file has more than 50000 keys and values") == true)
    }

    @Test(arguments: [20, 900, 5000]) func `nesting that is too deep is an error`(depth: Int) {
        let yaml = "ups: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let problems = ConfigurationFile.read(yaml).problems
        #expect(problems.count == 1)
        #expect(problems.first?.severity == .error)
    }

    @Test func `a thousand problems become two hundred and a last word`() {
        let hosts = (0..<1000).map { "  h\($0): {tier: none, feeds: river}\n" }.joined()
        let problems = Sample.problems(adding: "hosts:\n" + hosts)
        #expect(problems.count == 201)
        #expect(problems.last?.hasSuffix("warning: 800 more problems are not shown; mend these first") == true)
    }

    @Test func `more of anything than a rack has is refused`() {
        let hosts = (0...1024).map { "  h\($0): {tier: core, feeds: river}\n" }.joined()
        #expect(Sample.problems(adding: "hosts:\n" + hosts).contains { $0.contains("more than 1024 hosts and loads") })
        let upses = (0...512).map { "  u\($0): {driver: usb-hid, match: {serial: s\($0)}}\n" }.joined()
        #expect(Sample.problems("ups:\n" + upses).contains { $0.contains("more than 512 UPSes") })
        let pdus = (0...512).map { "  p\($0): {driver: emulated, feed: a}\n" }.joined()
        #expect(
            Sample.problems("ups: {a: {driver: emulated, model: river-3-plus}}\npdu:\n" + pdus)
                .contains { $0.contains("more than 512 PDUs") }
        )
        let tiers = (0...32).map { "t\($0)" }.joined(separator: ", ")
        #expect(
            Sample.problems("ups: {a: {driver: usb-hid}}\ntiers: [\(tiers)]").contains { $0.contains("than 32 tiers") })
        let users = (0...1024).map { "    u\($0): {password: x}\n" }.joined()
        #expect(Sample.problems(adding: "server:\n  users:\n" + users).contains { $0.contains("more than 1024 users") })
    }

    @Test func `no line of the demo rack that is left out or doubled makes the reader stop short`() {
        let lines = DemoRack.yaml.split(separator: "\n", omittingEmptySubsequences: false)
        for index in lines.indices {
            for replacement in [[], [lines[index], lines[index]], ["  " + lines[index]], [lines[index].prefix(9)]] {
                var changed = lines
                changed.replaceSubrange(index...index, with: replacement.map { Substring($0) })
                let reading = ConfigurationFile.read(changed.joined(separator: "\n"))
                #expect((reading.configuration == nil) == reading.hasErrors)
            }
        }
    }

    @Test func `no character of the demo rack that is changed makes the reader stop short`() {
        let bytes = Array(DemoRack.yaml.utf8)
        let signs = Array("[]{}:,#&*!|>'\"%@`-?\n 9\t\\".utf8)
        for (count, index) in bytes.indices.enumerated() where count % 3 == 0 {
            var changed = bytes
            changed[index] = signs[count / 3 % signs.count]
            let reading = ConfigurationFile.read(String(decoding: changed, as: UTF8.self))
            #expect((reading.configuration == nil) == reading.hasErrors)
        }
    }
}
