import Foundation
import Testing

/// A chain of three hosts on one UPS: `web` needs `db`, `db` needs `storage`, and all need the switch.
private let chain = """
    server:
      listen: ["127.0.0.1:0"]
      users:
        admin:   {password: secret, role: primary, set: all, commands: all}
        web:     {password: secret, role: secondary, devices: [web]}
        db:      {password: secret, role: secondary, devices: [db]}
        storage: {password: secret, role: secondary, devices: [storage]}
    ups:
      river: {driver: emulated, model: river-3-plus, capacity: 286 Wh, rated: 600 W, poll: 250ms}
    pdu:
      rack-a: {driver: emulated, outlets: 4, feed: river, poll: 250ms}
    tiers: [all]
    hosts:
      web:     {tier: all, feeds: [rack-a/1], needs: [db], watts: 60 W, stop: {timeout: 60s}, emulated: {boot: 1s, stop: 500ms}}
      db:      {tier: all, feeds: [rack-a/2], needs: [storage], watts: 60 W, stop: {timeout: 60s}, emulated: {boot: 1s, stop: 500ms}}
      storage: {tier: all, feeds: [rack-a/3], needs: [switch], watts: 60 W, stop: {timeout: 60s}, emulated: {boot: 1s, stop: 500ms}}
    loads:
      switch:  {tier: all, feeds: [rack-a/4], watts: 10 W}
    policy:
      debounce: 500ms
      stable: 2s
      settle: 500ms
      stagger: 250ms
      triggers: {all: [on-battery: 1s]}
    """

private let hosts = ["web", "db", "storage"]

@Test(.enabled(if: Upsmon.isInstalled, "Debian's nut-client is not installed"))
func `stock clients stop in the order of needs, outlets follow their hosts, and everything comes back in order`()
    async throws
{
    let rack = try await TestRack(chain)
    defer { rack.stop() }
    let marks = rack.folder.appending(path: "marks").path
    #expect(mkfifo(marks, 0o600) == 0)
    // Opened for both, so that it neither blocks nor ends when a writer closes it.
    let pipe = try #require(FileHandle(forUpdatingAtPath: marks))
    Tool.follow(pipe, "mark", rack.journal)

    let monitors = try hosts.map { try Upsmon(host: $0, of: rack, marks: marks) }
    defer { for monitor in monitors { monitor.stop() } }
    for host in hosts { try await rack.wait(for: "[\(host)] client \(host) at 127.0.0.1 logged in") }

    let lost = rack.journal.lines.count
    let off = try rack.pductl("lab", "mains", "off")
    #expect(off.code == 0, "\(off.output)")
    try await rack.wait(for: "[outlet rack-a/3] turning off", from: lost)
    try await rack.wait(for: "[storage] it is down, so its outlets are cut", from: lost)
    let outage = Array(rack.journal.lines[lost...])
    #expect(outage.filter { $0.hasPrefix("mark: ") } == hosts.map { "mark: \($0) has shut down" })
    for (index, host) in hosts.enumerated() {
        let mark = outage.firstIndex { $0.hasPrefix("mark: \(host)") }
        let cut = outage.firstIndex { $0.contains("[outlet rack-a/\(index + 1)] turning off") }
        #expect(try #require(mark) < #require(cut), "\(host) lost its outlet before it had shut down")
    }

    let back = rack.journal.lines.count
    try rack.pductl("lab", "mains", "on")
    for host in ["switch"] + hosts.reversed() {
        try await rack.wait(
            for: "[\(host)] its \(host == "switch" ? "outlets have power" : "client has logged in")", from: back)
    }
    let order = rack.journal.lines[back...].compactMap { line in
        line.contains("turning on") ? line.split(separator: "rack-a/").last?.first : nil
    }
    #expect(order == ["4", "3", "2", "1"])
    #expect(rack.stop() == 0)
}
