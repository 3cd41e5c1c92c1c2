import Foundation
import Testing

/// Two emulated hosts whose times are short, `web` needs `db`; everything is kept in a store.
private func yaml(store: String) -> String {
    """
    server:
      listen: ["127.0.0.1:0"]
      users:
        admin: {password: secret, role: primary, set: all, commands: all}
        web:   {password: secret, role: secondary, devices: [web]}
        db:    {password: secret, role: secondary, devices: [db]}
    store: {path: \(store)}
    ups:
      river: {driver: emulated, model: river-3-plus, capacity: 286 Wh, rated: 600 W, poll: 250ms}
    pdu:
      rack-a: {driver: emulated, outlets: 2, feed: river, poll: 250ms}
    tiers: [all]
    hosts:
      web: {tier: all, feeds: [rack-a/1], needs: [db], watts: 60 W, stop: {timeout: 60s}, emulated: {boot: 1s, stop: 500ms}}
      db:  {tier: all, feeds: [rack-a/2], watts: 60 W, stop: {timeout: 60s}, emulated: {boot: 1s, stop: 500ms}}
    policy:
      debounce: 500ms
      stable: 1s
      settle: 2s
      stagger: 250ms
      triggers: {all: [on-battery: 1h]}
    """
}

/// A plan, a drill after it, and what the history knows of that, with a real daemon and our own command.
@Test func `a drill stops and starts an emulated host, and the history tells it`() async throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "upsd-swift-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    let store = place.appending(path: "events.sqlite").path
    let rack = try await TestRack(yaml(store: store))
    defer { rack.stop() }
    for host in ["web", "db"] { try await rack.wait(for: "[\(host)] client ") }

    let plan = try rack.pductl("plan", "stop", "db")
    #expect(plan.code == 0)
    #expect(
        plan.output == """
            STEP  NAME  KIND  PHASE    BEGINS  DONE  AT THE LATEST  WAITS FOR
            1     web   host  running      0s    1m             1m  -
            2     db    host  running      1m    2m             2m  web

            Stopping db takes 2 min at most; nothing of it lives on battery now, so that no end of its power is in sight.

            """)
    #expect(try rack.pductl("plan", "start").output == "nothing to start: everything is up\n")
    #expect(try rack.pductl("plan", "dbx").code == 3)

    // Nobody is asked here, and nobody has agreed.
    let unasked = try rack.pductl("test", "db")
    #expect(unasked.code == 2)
    #expect(unasked.output.contains("test db --yes"))
    #expect(rack.journal.index(of: "is told to shut down") == nil)

    let drill = try rack.pductl("test", "db", "--yes", "--timeout", "2m")
    #expect(drill.code == 0, "\(drill.output)")
    let steps = [
        "what needs it stops as well: web", "web is told to stop", "web is down for", "db is told to stop",
        "db is down for", "db is up again", "web is up again", "db stopped in ", "the drill took ",
    ]
    let places = steps.map { drill.output.range(of: $0)?.lowerBound }
    #expect(!places.contains(nil), "\(drill.output)")
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted(), "\(drill.output)")

    // The store writes what it was told within a second.
    try await rack.wait(for: "[web] its client has logged in")
    #expect(rack.stop() == 0)
    let history = try Tool.run(
        Tool.products.appending(path: "pductl").path, ["history", "--store", store, "--since", "1h"])
    #expect(history.code == 0, "\(history.output)")
    for event in ["a drill is ordered by admin at 127.0.0.1", "is told to shut down", "turning off: it is down"] {
        #expect(history.output.contains(event), "\(history.output)")
    }
    let warnings = try Tool.run(
        Tool.products.appending(path: "pductl").path,
        ["history", "--store", store, "--host", "db", "--level", "warning", "--json"])
    #expect(warnings.code == 0)
    #expect(warnings.output.contains("shutdown forced by admin at 127.0.0.1"))
    #expect(!warnings.output.contains("\"notice\""))
    #expect(!warnings.output.contains("\"web\""))
}

@Test func `a drill that the server refuses ends with its sentence`() async throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "upsd-swift-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    let rack = try await TestRack(yaml(store: place.appending(path: "events.sqlite").path))
    defer { rack.stop() }
    for host in ["web", "db"] { try await rack.wait(for: "[\(host)] client ") }
    try rack.pductl("lab", "mains", "off")
    try await rack.wait(for: "[river] river runs on battery")
    let refused = try rack.pductl("test", "web", "--yes")
    #expect(refused.code == 1, "\(refused.output)")
    #expect(refused.output.contains("pductl: web: refused: web lives on battery now\n"), "\(refused.output)")
    let plan = try rack.pductl("plan")
    #expect(plan.output.contains("it is feasible: "), "\(plan.output)")
    let missing = try rack.pductl("history", "--store", "\(rack.folder.path)/none.sqlite")
    #expect(missing.code == 1)
    #expect(missing.output.hasPrefix("pductl: there is no \(rack.folder.path)/none.sqlite\n"), "\(missing.output)")
}
