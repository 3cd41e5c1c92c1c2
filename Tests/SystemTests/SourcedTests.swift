import Foundation
import Testing

/// Devices whose variables come ready-made, as the configuration file names them: the daemon as it is installed.
@Suite struct SourcedTests {
    private let server = """
        server:
          listen: "127.0.0.1:0"
          users: {admin: {password: secret, role: primary, set: all, commands: all}}

        """

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/upsrw"), "Debian: nut-client"))
    func `a made-up UPS is served by one daemon, and by a second behind it`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sourced-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (device, password) = (folder.appending(path: "a.dev"), folder.appending(path: "password"))
        try Data("ups.status: OL\nbattery.charge: 90\nvendor.word: strange\n".utf8).write(to: device)
        try Data("secret\n".utf8).write(to: password)
        let first = try await TestRack(self.server + "ups: {a: {driver: dummy, file: \(device.path), poll: 500ms}}\n")
        defer { first.stop() }
        let second = try await TestRack(
            self.server + """
                ups:
                  b:
                    driver: nut-upstream
                    server: "127.0.0.1:\(first.port)"
                    name: a
                    user: admin
                    password-file: \(password.path)
                    poll: 500ms
                hosts: {pve1: {tier: core, feeds: [b]}}
                tiers: [core]

                """)
        defer { second.stop() }
        try await second.shows("OL", "b", "ups.status")
        try await second.shows("strange", "b", "vendor.word")
        let set = try second.stock("upsrw", "-w", "-s", "ups.status=OB DISCHRG", "-u", "admin", "-p", "secret", "b@%")
        #expect(set.output.contains("SUCCESS"))
        try await second.shows("OB DISCHRG", "b", "ups.status")
        try await second.wait(for: "b runs on battery")
    }

    @Test func `outlets of one daemon are read and switched by a second behind it, by a user who may`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sourced-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let password = folder.appending(path: "password")
        try Data("secret\n".utf8).write(to: password)
        let first = try await TestRack(
            self.server + """
                ups: {a: {driver: emulated, model: river-3-plus, poll: 250ms}}
                pdu: {p: {driver: emulated, outlets: 2, feed: a, poll: 250ms}}

                """)
        defer { first.stop() }
        let place = "driver: nut-upstream, server: \"127.0.0.1:\(first.port)\""
        let second = try await TestRack(
            self.server + """
                ups: {b: {\(place), name: a, poll: 250ms}}
                pdu:
                  mine: {\(place), name: p, feed: b, poll: 250ms, user: admin, password-file: \(password.path)}
                  seen: {\(place), name: p, feed: b, poll: 250ms}

                """)
        defer { second.stop() }
        try await second.shows("on", "mine", "outlet.2.status")
        try await second.shows("no", "seen", "outlet.2.switchable")
        let off = try second.pductl("off", "outlet", "mine/2", "--yes")
        #expect(off.code == 0, "\(off.output)")
        try await first.shows("off", "p", "outlet.2.status")
        try await second.shows("off", "seen", "outlet.2.status")
        #expect(try second.pductl("on", "outlet", "seen/2", "--yes").code != 0)
        #expect(try second.pductl("on", "outlet", "mine/2", "--yes").code == 0)
        try await first.shows("on", "p", "outlet.2.status")
    }
}

extension TestRack {
    /// Waits until stock `upsc` shows a value.
    fileprivate func shows(_ value: String, _ device: String, _ variable: String) async throws {
        for _ in 0..<150 {
            // Whole lines: "Driver not connected" has a no and an on in it as well.
            let lines = try self.stock("upsc", "\(device)@%", variable).output.split(separator: "\n")
            if lines.contains(Substring(value)) { return }
            try await Task.sleep(for: .milliseconds(200))
        }
        throw Problem(what: "\(variable) of \(device) never was \(value)", journal: self.journal.lines)
    }
}
