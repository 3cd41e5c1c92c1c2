import Foundation
import Testing

/// Our own command and the fence agent against a real daemon with an emulated rack.
@Suite struct OutletCommandTests {
    private static let yaml = """
        server:
          listen: ["127.0.0.1:0"]
          users:
            admin: {password: secret, role: primary, set: all, commands: all}
            guest: {password: secret, role: secondary}
        ups:
          river: {driver: emulated, model: river-3-plus, capacity: 286 Wh, rated: 600 W, poll: 250ms}
          delta: {driver: emulated, model: delta-3-plus, capacity: 1024 Wh, rated: 1800 W, poll: 250ms}
        pdu:
          rack-a: {driver: emulated, outlets: 4, feed: river, poll: 250ms}
          rack-b: {driver: emulated, outlets: 4, feed: delta, poll: 250ms}
        group:
          lab: [rack-a/3, rack-b/3]
        tiers: [all]
        hosts:
          web: {tier: all, feeds: [rack-a/1, rack-b/1], requires: 1, watts: 60 W, emulated: {boot: 1s, stop: 500ms}}
          db:  {tier: all, feeds: [rack-a/2], watts: 60 W, emulated: {boot: 1s, stop: 500ms}}
        loads:
          modem: {tier: all, feeds: [rack-b/4], protected: true, watts: 10 W, emulated: {boot: 1s}}
        policy: {debounce: 500ms, stable: 1s, settle: 1s, stagger: 250ms, triggers: {all: [on-battery: 1h]}}
        """

    private static func rack() async throws -> TestRack {
        let rack = try await TestRack(Self.yaml)
        for _ in 0..<300 {
            let list = try rack.pductl("list", "outlets", "-o", "csv").output
            if list.matches(of: /,on,/).count == 8 { return rack }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw TestRack.Problem(what: "not all outlets were on", journal: rack.journal.lines)
    }

    @Test func `every way to end has its number`() async throws {
        let rack = try await Self.rack()
        defer { rack.stop() }
        let runs: [([String], Int32, String)] = [
            (["off", "rack-a/3"], 0, "outlet rack-a/3 (outlet 3): switched off; it is off\n"),
            (["on", "rack-a/3"], 0, "outlet rack-a/3 (outlet 3): switched on; it is on\n"),
            (["off", "3-1"], 2, "the range ends before it begins\n  3-1\n  ^\n"),
            (["off", "all"], 6, "--force modem\n"),
            (["on", "all"], 2, "without a terminal it needs --yes\n"),
            (["off", "3"], 3, "pductl off outlet rack-b/3   # outlet 3, on\n"),
            (["off", "rack-c/3"], 3, "nothing is called 'rack-c/3'"),
            (["off", "db"], 6, "refused: db is running; stop it first\n"),
            (["off", "modem"], 6, "pductl off outlet rack-b/4 --force modem\n"),
            (["off", "group=lab", "rack-a/2"], 7, "2 of 3 done; not done: rack-a/2\n"),
            (["on", "group=lab", "--stagger", "0s"], 0, "outlet rack-b/3 (outlet 3): switched on; it is on\n"),
            (["lock", "rack-b/4", "--reason", "on purpose"], 0, "outlet rack-b/4 (modem): locked\n"),
            (["off", "modem", "--force", "modem"], 6, "locked by admin at 127.0.0.1: on purpose\n"),
            (["unlock", "rack-b/4"], 0, "outlet rack-b/4 (modem): unlocked\n"),
            (["off", "modem", "--force", "modem"], 0, "outlet rack-b/4 (modem): switched off; it is off\n"),
            (["on", "modem", "--no-wait"], 0, "outlet rack-b/4 (modem): the server has taken the order\n"),
            (["rename", "rack-a/3", "spare"], 0, "outlet rack-a/3 is called spare now\n"),
            (["status", "spare"], 0, "rack-a/3  spare"),
            (["lab", "stick", "rack-a/4"], 0, "done"),
            (["off", "rack-a/4"], 8, "pductl: outlet rack-a/4 (outlet 4): failed: "),
            (["lab", "heal", "rack-a"], 0, "done"),
            (["lab", "unplug", "rack-b"], 0, "done"),
            (["off", "rack-b/3"], 5, "rack-b"),
            (["get", "nobody"], 3, "no device is called 'nobody'"),
            (["off", "rack-a/3", "--user", "guest"], 4, "access denied"),
            (["status", "--server", "127.0.0.1:1"], 5, "no connection to 127.0.0.1 port 1"),
        ]
        for (words, code, said) in runs {
            let answer = try rack.pductl(words)
            #expect(answer.code == code, "\(words): \(answer.output)")
            #expect(answer.output.contains(said), "\(words): \(answer.output)")
        }
    }

    @Test func `a cycle of all feeds of a host takes its power away and gives it back`() async throws {
        let rack = try await Self.rack()
        defer { rack.stop() }
        let rehearsal = try rack.pductl("cycle", "rack-[a-b]/1", "--off-time", "1", "--dry-run")
        #expect(rehearsal.output.contains("web load.cycle 'off-time=1'"), "\(rehearsal.output)")
        let cycle = try rack.pductl("cycle", "rack-[a-b]/1", "--off-time", "1", "--force", "web", "--json")
        #expect(cycle.code == 0)
        #expect(
            cycle.output == """
                {"target": "web", "kind": "host", "action": "cycle", "state": "ordered"}
                {"target": "web", "kind": "host", "action": "cycle", "state": "done", "status": "on"}

                """)
        let lines = rack.journal.lines
        let off = lines.lastIndex { $0.contains("rack-a/1") && $0.contains("off") }
        let on = lines.lastIndex { $0.contains("rack-b/1") && $0.contains("turning on") }
        #expect(off != nil && on != nil && off ?? 0 < on ?? 0, "\(lines)")
    }

    @Test func `what changes is told line by line`() async throws {
        let rack = try await Self.rack()
        defer { rack.stop() }
        let journal = Tool.Journal()
        let watch = try Tool(
            "watch", Tool.products.appending(path: "pductl").path,
            ["watch", "rack-a/3", "-o", "json", "--interval", "200ms", "--server", "127.0.0.1:\(rack.port)"],
            into: journal)
        defer { watch.kill() }
        #expect(await journal.line(#""field": "status", "from": null, "to": "on""#) != nil)
        try rack.pductl("off", "rack-a/3")
        #expect(await journal.line(#""field": "status", "from": "on", "to": "off""#) != nil, "\(journal.lines)")
        let top = try rack.pductl("top", "-o", "name")
        #expect(top.output.split(separator: "\n").count == 8)
    }

    @Test func `the fence agent takes the power of a host away, and says only what it has seen`() async throws {
        let rack = try await Self.rack()
        defer { rack.stop() }
        let agent = rack.folder.appending(path: "fence_pductl").path
        try FileManager.default.createSymbolicLink(
            atPath: agent, withDestinationPath: Tool.products.appending(path: "pductl").path)
        func fence(_ lines: String) throws -> (output: String, code: Int32) {
            let input =
                "ipaddr=127.0.0.1\nipport=\(rack.port)\nlogin=admin\npasswd=secret\npower_timeout=30\n\(lines)\n"
            return try Tool.run("/bin/sh", ["-c", "printf '%s' \"$0\" | \"$1\"", input, agent])
        }
        func expect(_ lines: String, _ output: String, _ code: Int32) throws {
            let answer = try fence(lines)
            #expect(answer.output == output && answer.code == code, "\(lines): \(answer)")
        }
        try expect("action=monitor", "", 0)
        try expect("action=status\nport=web", "Status: ON\n", 0)
        try expect("action=off\nport=web", "Success: Powered OFF\n", 0)
        try expect("action=status\nport=web", "Status: OFF\n", 2)
        try expect("action=status\nport=rack-a/1,rack-a/3", "Status: ON\n", 0)
        #expect(try rack.pductl("get", "outlet", "rack-b/1", "status").output == "off\n")
        try expect("action=off\nport=web", "Success: Already OFF\n", 0)
        try expect("action=on\nport=web", "Success: Powered ON\n", 0)
        try expect("action=reboot\nnodename=db", "Success: Rebooted\n", 0)
        #expect(try fence("action=off\nport=modem").code == 1)
        #expect(try fence("action=off\nport=3").code == 1)
        #expect(try fence("action=off\nport=web\npasswd=wrong").code == 1)
        #expect(try fence("action=list-status").output.contains("web,rack-a/1 rack-b/1,ON\n"))
        #expect(try fence("action=validate-all\nport=web").code == 0)
    }

    @Test func `servers in a range are found, and what they serve is a configuration`() async throws {
        let rack = try await Self.rack()
        defer { rack.stop() }
        let found = try rack.pductl("discover", "--no-usb", "--nut", "127.0.0.1:\(rack.port)")
        #expect(found.code == 0)
        let file = rack.folder.appending(path: "found.yaml")
        let users = "server: {listen: [\"127.0.0.1:0\"], users: {a: {password: secret, role: primary}}}\n"
        try Data((users + found.output).utf8).write(to: file)
        let check = try rack.tool("--check", "--config", file.path)
        #expect(check.code == 0, "\(found.output)\n\(check.output)")
        #expect(try rack.pductl("discover", "--no-usb", "--nut", "10.0.0.0/8").code == 2)
    }

    @Test func `shells take the scripts that complete command lines`() async throws {
        let rack = try await Self.rack()
        defer { rack.stop() }
        for shell in ["bash", "zsh", "fish"] {
            let script = try rack.pductl("completions", shell)
            #expect(script.code == 0 && script.output.contains("__complete targets"))
            let path = "/usr/bin/\(shell)"
            guard FileManager.default.isExecutableFile(atPath: path) else { continue }
            let file = rack.folder.appending(path: "completions.\(shell)")
            try Data(script.output.utf8).write(to: file)
            let check = try Tool.run(path, ["-n", file.path])
            #expect(check.code == 0, "\(shell): \(check.output)")
        }
        let names = try rack.pductl("__complete", "targets").output.split(separator: "\n")
        #expect(Set(names).isSuperset(of: ["rack-a/1", "web", "modem", "group=lab"]))
        rack.stop()
        let nobody = try rack.pductl("__complete", "targets")
        #expect(nobody.code == 0 && nobody.output.isEmpty)
    }
}
