import PowerCore
import Testing

@testable import upsd_swift

/// One case for every way in which the words about reaching a host, the store and the manager are wrong.
@Suite struct HostRefusalTests {
    static let ways: [Refusal] = [
        Refusal(
            "ssh to nowhere", "hosts: {a: {tier: core, feeds: river, stop: {ways: [nut, ssh]}}}",
            "4:58: error: host a: stop: ways: ssh needs an address; add ssh: root@ADDRESS to host a"),
        Refusal(
            "a command that is none", "hosts: {a: {tier: core, feeds: river, stop: {ways: [nut, command]}}}",
            "4:58: error: host a: stop: ways: command needs a program; add command: [/path/to/program] to stop"),
        Refusal(
            "a method without its program", "hosts: {a: {tier: core, feeds: river, start: [command]}}",
            "4:47: error: host a: start: command needs a program; "
                + "write start: {methods: [outlet, command], command: [/path/to/program]}"),
        Refusal(
            "wake-on-lan of no card", "hosts: {a: {tier: core, feeds: river, start: [outlet, wake-on-lan]}}",
            "4:55: error: host a: start: wake-on-lan needs the address of the network card; "
                + "add mac: \"52:54:00:12:34:56\" to host a"),
        Refusal(
            "a program without its path",
            "hosts: {a: {tier: core, feeds: river, stop: {ways: [command], command: [stop-host, a]}}}",
            "4:73: error: host a: stop: command: 'stop-host' is not the whole path of a program; "
                + "write [/path/to/program, argument]"),
        Refusal(
            "a command for a shell",
            "hosts: {a: {tier: core, feeds: river, stop: {ways: [command], command: /bin/stop a}}}",
            "4:72: error: host a: stop: command is one word with blanks: no shell splits it; "
                + "write [/path/to/program, argument]"),
        Refusal(
            "no program", "hosts: {a: {tier: core, feeds: river, start: {methods: command, command: []}}}",
            "4:74: error: host a: start: command names no program; write [/path/to/program, argument]"),
        Refusal(
            "a program with keys",
            "hosts: {a: {tier: core, feeds: river, start: {methods: command, command: {a: b}}}}",
            "4:74: error: host a: start: command must be a list; write [/path/to/program, argument]"),
        Refusal(
            "a list for an argument",
            "hosts: {a: {tier: core, feeds: river, start: {methods: command, command: [/bin/x, [y]]}}}",
            "4:83: error: host a: start: command: a word must be a single value, not a list"),
        Refusal(
            "a zero byte in an argument",
            "hosts: {a: {tier: core, feeds: river, start: {methods: command, command: [/bin/x, \"\\0\"]}}}",
            "4:83: error: host a: start: command: a word has a zero byte, which ends it; remove it"),
        Refusal(
            "too many arguments",
            "hosts: {a: {tier: core, feeds: river, start: {methods: command, "
                + "command: [\(Array(repeating: "/x", count: 65).joined(separator: ","))]}}}",
            "4:74: error: host a: start: command has more than 64 words; use a script"),
        Refusal(
            "a way that is never tried",
            "hosts: {a: {tier: core, feeds: river, ssh: b, stop: {ways: [nut, ssh], timeout: 1m, next-way: 1m}}}",
            "4:95: error: host a: stop: the way ssh after 1m would never be tried: the timeout is 1m; "
                + "write a longer timeout or a shorter next-way"),
        Refusal(
            "no time for the next way", "hosts: {a: {tier: core, feeds: river, stop: {next-way: 0s}}}",
            "4:56: error: host a: stop: next-way is 0s; write at least 1s"),
    ]

    static let addresses: [Refusal] = [
        Refusal(
            "an option for an address", "hosts: {a: {tier: core, feeds: river, stop: {ways: ssh}, ssh: root@-oX}}",
            "4:63: error: host a: ssh is 'root@-oX'; write USER@HOST such as root@192.0.2.11"),
        Refusal(
            "an option for a user",
            "hosts: {a: {tier: core, feeds: river, stop: {ways: ssh}, ssh: {host: b, user: -x}}}",
            "4:79: error: host a: ssh: user is '-x'; write the name of a user such as root"),
        Refusal(
            "an option for a command",
            "hosts: {a: {tier: core, feeds: river, stop: {ways: ssh}, ssh: {host: b, command: -x}}}",
            "4:82: error: host a: ssh: command is '-x'; write one line such as poweroff, which does not begin with -"),
        Refusal(
            "ssh without a host", "hosts: {a: {tier: core, feeds: river, stop: {ways: ssh}, ssh: {user: b}}}",
            "4:58: error: host a: ssh has no host; add host: with its address"),
        Refusal(
            "ssh to no port", "hosts: {a: {tier: core, feeds: river, stop: {ways: ssh}, ssh: {host: b, port: 0}}}",
            "4:79: error: host a: ssh: port is 0; write at least 1"),
        Refusal(
            "a key of the shell",
            "hosts: {a: {tier: core, feeds: river, stop: {ways: ssh}, ssh: {host: b, identity: ~/.ssh/id}}}",
            "4:83: error: host a: ssh: identity is '~/.ssh/id'; "
                + "write the whole path of the key's file: the daemon has a home of its own"),
        Refusal(
            "a card that is none", "hosts: {a: {tier: core, feeds: river, start: wake-on-lan, mac: 52:54:00:12:34}}",
            "4:64: error: host a: mac is '52:54:00:12:34'; "
                + "write the address of a network card such as \"52:54:00:12:34:56\""),
        Refusal(
            "a card without an address",
            "hosts: {a: {tier: core, feeds: river, start: wake-on-lan, mac: {port: 9}}}",
            "4:59: error: host a: mac has no address; add address: \"52:54:00:12:34:56\""),
        Refusal(
            "a witness without a port", "hosts: {a: {tier: core, feeds: river, witness: {tcp: 192.0.2.11}}}",
            "4:54: error: host a: witness: tcp is '192.0.2.11'; write an address with a port such as \"192.0.2.11:22\""),
        Refusal(
            "a witness at port 0", "hosts: {a: {tier: core, feeds: river, witness: {tcp: \"192.0.2.11:0\"}}}",
            "4:54: error: host a: witness: tcp is '192.0.2.11:0'; write an address with a port such as \"192.0.2.11:22\""
        ),
        Refusal(
            "an option for a witness", "hosts: {a: {tier: core, feeds: river, witness: {ping: -f}}}",
            "4:55: error: host a: witness: ping is '-f'; write an address or a name such as 192.0.2.11"),
        Refusal(
            "a witness of no kind", "hosts: {a: {tier: core, feeds: river, witness: 192.0.2.11}}",
            "4:48: error: host a: witness must be a group of keys, not the text '192.0.2.11'; "
                + "write {tcp: \"192.0.2.11:22\"} or {ping: 192.0.2.11}"),
        Refusal(
            "no witness", "hosts: {a: {tier: core, feeds: river, witness: []}}",
            "4:48: error: host a: witness names nothing to look for; "
                + "write {tcp: \"192.0.2.11:22\"} or {ping: 192.0.2.11}"),
        Refusal(
            "an unknown witness", "hosts: {a: {tier: core, feeds: river, witness: {pign: b}}}",
            "4:49: error: host a: witness: unknown key 'pign'; did you mean ping?"),
        Refusal(
            "a witness twice", "hosts: {a: {tier: core, feeds: river, witness: [ping: b, ping: b]}}",
            "4:64: error: host a: witness names ping b twice; remove one"),
        Refusal(
            "too many witnesses",
            "hosts: {a: {tier: core, feeds: river, "
                + "witness: [\((1...9).map { "ping: h\($0)" }.joined(separator: ", "))]}}",
            "4:39: error: host a: witness names more than 8 things; remove some"),
    ]

    static let loads: [Refusal] = [
        Refusal(
            "a load with ssh", "loads: {a: {tier: core, feeds: river, ssh: b}}",
            "4:39: error: load a cannot have ssh: a load has nothing to stop; remove it, or move a to hosts"),
        Refusal(
            "a load with a network card", "loads: {a: {tier: core, feeds: river, mac: b}}",
            "4:39: error: load a cannot have mac: a load is up as soon as its outlets are on; "
                + "remove it, or move a to hosts"),
        Refusal(
            "a load with a witness", "loads: {a: {tier: core, feeds: river, witness: {ping: b}}}",
            "4:39: error: load a cannot have witness: a load is up while its outlets are on; "
                + "remove it, or move a to hosts"),
        Refusal(
            "a load that is told via something", "loads: {a: {tier: core, feeds: river, via: b}}",
            "4:39: error: load a cannot have via: a load is told nothing; remove it, or move a to hosts"),
        Refusal(
            "a load that is woken", "loads: {a: {tier: core, feeds: river, start: [outlet, wake-on-lan]}}",
            "4:55: error: load a cannot be started by wake-on-lan: it is up as soon as its outlets are on; "
                + "write [outlet], or move a to hosts"),
        Refusal(
            "a load with a program", "loads: {a: {tier: core, feeds: river, start: {command: /bin/x}}}",
            "4:56: error: load a: start: command: a load is not started by a program; remove it"),
    ]

    static let places: [Refusal] = [
        Refusal(
            "a store nowhere", "store: {keep: 2y}",
            "4:1: error: store has no path; add path: /var/lib/upsd-swift/events.sqlite"),
        Refusal(
            "a store that is a folder", "store: {path: /var/lib/upsd-swift/}",
            "4:15: error: store: path is '/var/lib/upsd-swift/'; "
                + "write a file such as /var/lib/upsd-swift/events.sqlite"),
        Refusal(
            "a store that forgets at once", "store: {path: /x, keep: 1h}",
            "4:25: error: store: keep is 1h; write at least 1d"),
        Refusal(
            "a store that outlives everybody", "store: {path: /x, keep: 101y}",
            "4:25: error: store: keep is '101y'; write a time of at most 100y"),
        Refusal(
            "an unknown key of the store", "store: {path: /x, keeps: 1y}",
            "4:19: error: store: unknown key 'keeps'; did you mean keep?"),
        Refusal(
            "an unknown manager", "manager: pve2\nhosts: {pve1: {tier: core, feeds: river}}",
            "4:10: error: manager is 'pve2', which is no host of this rack; did you mean pve1?"),
        Refusal(
            "a load as the manager", "manager: a\nloads: {a: {tier: core, feeds: river}}",
            "4:10: error: manager is 'a', which is a load; name the host that the daemon runs on"),
    ]

    @Test(arguments: ways + addresses + loads + places) func `what cannot be meant is refused`(refusal: Refusal) {
        #expect(Sample.problems(adding: refusal.yaml) == [refusal.problem])
        #expect(Sample.configuration(adding: refusal.yaml) == nil)
    }

    static let idle: [Refusal] = [
        Refusal(
            "ssh that nothing uses", "hosts: {a: {tier: core, feeds: river, ssh: root@b}}",
            "4:44: warning: host a: ssh is not used: ways of stop do not name it; "
                + "write stop: {ways: [nut, ssh]}, or remove it"),
        Refusal(
            "a card that nothing wakes", "hosts: {a: {tier: core, feeds: river, mac: 52:54:00:12:34:56}}",
            "4:44: warning: host a: mac is not used: start does not name wake-on-lan; "
                + "write start: [outlet, wake-on-lan], or remove it"),
        Refusal(
            "a program that stops nothing", "hosts: {a: {tier: core, feeds: river, stop: {command: /bin/x}}}",
            "4:55: warning: host a: stop: command is not used: ways do not name it; "
                + "write ways: [nut, command], or remove it"),
        Refusal(
            "a program that starts nothing", "hosts: {a: {tier: core, feeds: river, start: {command: /bin/x}}}",
            "4:56: warning: host a: start: command is not used: methods do not name it; "
                + "write methods: [outlet, command], or remove it"),
    ]

    @Test(arguments: idle) func `what nothing uses is a warning`(refusal: Refusal) {
        #expect(Sample.problems(adding: refusal.yaml) == [refusal.problem])
        #expect(Sample.configuration(adding: refusal.yaml) != nil)
    }

    @Test func `where a way is not understood nothing is said of what is idle`() {
        let yaml = "hosts: {a: {tier: core, feeds: river, ssh: b, mac: 52:54:00:12:34:56, stop: {ways: [shs]}}}"
        #expect(Sample.problems(adding: yaml).count == 1)
    }
}
