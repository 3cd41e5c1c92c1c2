import Foundation
import Testing

/// Our server in the place of NUT's: started under its name, with NUT's own files and Debian's drivers and clients.
@Suite(.enabled(if: NUTHome.isPossible, "Debian: nut-server and nut-client")) struct CompatibilityTests {
    private static let users = "[admin]\npassword = secret\nupsmon primary\nactions = SET\ninstcmds = ALL\n"

    private static func section(_ name: String) -> String {
        "[\(name)]\ndriver = dummy-ups\nport = \(name).dev\ndesc = \"Crash Dummy\"\n"
    }

    private func home(_ names: String...) throws -> NUTHome {
        let home = try NUTHome(ups: names.map(Self.section).joined(), users: Self.users)
        for name in names { try home.write("\(name).dev", "ups.status: OL\nbattery.charge: 90\n") }
        return home
    }

    @Test func `a driver of NUT's is served, told what to do, lost and found again`() async throws {
        let home = try self.home("a")
        defer { home.remove() }
        let server = try await home.start()
        defer { server.kill() }
        try await home.shows("Driver not connected", "a@%", "ups.status")
        let driver = try home.driver("a")
        try await home.shows("OL", "a@%", "ups.status")
        #expect(try home.stock("upsc", "-l", "%").output.contains("a\n"))
        #expect(try home.stock("upsc", "a@%").output.contains("device.model: Dummy UPS"))
        let set = try home.stock("upsrw", "-w", "-s", "ups.status=OB DISCHRG", "-u", "admin", "-p", "secret", "a@%")
        #expect(set.output.contains("SUCCESS"))
        try await home.shows("OB DISCHRG", "a@%", "ups.status")
        let command = try home.stock("upscmd", "-w", "-u", "admin", "-p", "secret", "a@%", "load.off")
        #expect(command.output.contains("FAILED"))
        driver.kill()
        try await home.shows("Driver not connected", "a@%", "ups.status")
        let again = try home.driver("a")
        defer { again.kill() }
        try await home.shows("OL", "a@%", "ups.status")
    }

    @Test func `SIGHUP brings new UPSes and takes old ones away`() async throws {
        let home = try self.home("a", "b")
        defer { home.remove() }
        let server = try await home.start()
        defer { server.kill() }
        let driver = try home.driver("b")
        defer { driver.kill() }
        try await home.shows("OL", "b@%", "ups.status")
        try home.write("ups.conf", Self.section("b") + Self.section("c"))
        kill(server.pid, SIGHUP)
        #expect(await home.journal.line("the configuration was read again") != nil)
        #expect(try home.stock("upsc", "b@%", "ups.status").output.contains("OL"))
        #expect(try home.stock("upsc", "a@%").output.contains("Unknown UPS"))
        #expect(try home.stock("upsc", "c@%").output.contains("Driver not connected"))
        try home.write("ups.conf", "")
        kill(server.pid, SIGHUP)
        #expect(await home.journal.line("read again and not taken: ups.conf has no UPS") != nil)
        #expect(try home.stock("upsc", "b@%", "ups.status").output.contains("OL"))
    }

    @Test func `in the back it is found by its PID file, and one place has one server`() async throws {
        let home = try self.home("a")
        defer { home.remove() }
        let file = home.state.appending(path: "upsd.pid")
        #expect(try home.upsd("-c", "reload").code == 1)
        // Its outputs are closed when it serves, so that this returns.
        let start = try home.upsd("-u", "root")
        #expect(start.code == 0, "\(start.output)")
        let number = try #require(Int32(String(contentsOf: file, encoding: .utf8).prefix { $0.isNumber }))
        defer { kill(number, SIGKILL) }
        #expect(try home.stock("upsc", "-l", "%").output.contains("a\n"))
        let second = try home.upsd("-u", "root")
        #expect(second.code == 1)
        #expect(second.output.contains("another server is running as process \(number)"))
        try home.write("ups.conf", Self.section("a") + Self.section("b"))
        #expect(try home.upsd("-c", "reload").code == 0)
        try await home.shows("b\n", "-l", "%")
        try FileManager.default.moveItem(at: file, to: home.folder.appending(path: "kept.pid"))
        let third = try home.upsd("-F", "-u", "root")
        #expect(third.code == 1)
        #expect(third.output.contains("not listening on 127.0.0.1 port \(home.port)"))
        #expect(try home.upsd("-c", "stop", "-P", "\(number)").code == 0)
        for _ in 0..<300 where kill(number, 0) == 0 { try await Task.sleep(for: .milliseconds(100)) }
        #expect(kill(number, 0) != 0)
        #expect(try home.upsd("-c", "stop").code == 1)
    }

    @Test func `what upsd does not start with is refused, and said`() throws {
        let home = try self.home("a")
        defer { home.remove() }
        let etc = home.folder.appending(path: "etc")
        try home.write("ups.conf", "maxretry = 3\n")
        let empty = try home.upsd("-F", "-u", "root")
        #expect(empty.code == 1 && empty.output.contains("ups.conf has no UPS"))
        try FileManager.default.removeItem(at: etc.appending(path: "ups.conf"))
        let missing = try home.upsd("-F", "-u", "root")
        #expect(missing.code == 1 && missing.output.contains("ups.conf does not exist"))
        try FileManager.default.removeItem(at: etc.appending(path: "upsd.conf"))
        #expect(try home.upsd("-F", "-u", "root").code == 1)
        #expect(try home.upsd("-c", "fly").code == 1)
        if geteuid() == 0 { #expect(try home.upsd("-F", "-u", "nobody-of-this-name").code == 1) }
        #expect(try home.upsd("-V").output.hasPrefix("Network UPS Tools upsd "))
        #expect(try home.upsd("-h").output.contains("-c <command>"))
    }

    @Test func `without a UPS it serves where that is allowed`() async throws {
        let home = try NUTHome(ups: "maxretry = 3\n", server: "ALLOW_NO_DEVICE true\n")
        defer { home.remove() }
        let server = try await home.start()
        let list = try home.stock("upsc", "-l", "%")
        #expect(list.code == 0 && list.output.split(separator: "\n").allSatisfy { $0.hasPrefix("Init SSL") })
        kill(server.pid, SIGTERM)
        #expect(server.stop() == 0)
    }

    @Test(
        arguments: [
            ("apcsmart", ["smart1500"]), ("broken", ["good", "twice"]), ("dual-ups", ["left", "right"]),
            ("dummy", ["still", "outage", "strict", "far"]), ("ecoflow", ["nutdev1"]), ("netclient", []),
            ("oddities", ["Bro", "desk", "shed", "attic"]), ("qx-serial", ["cabinet", "tower", "line-int"]),
            ("snmp", ["apc", "rack-pdu"]), ("synology", ["ups"]),
        ] as [(String, [String])])
    func `directories from the field are served`(name: String, upses: [String]) async throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/Import/\(name)")
        func text(_ file: String) -> String {
            (try? String(contentsOf: fixture.appending(path: file), encoding: .utf8)) ?? ""
        }
        // Theirs are the addresses and the certificate of other machines.
        let settings = text("upsd.conf").split(separator: "\n").filter {
            !$0.hasPrefix("LISTEN") && !$0.hasPrefix("CERT")
        }
        let home = try NUTHome(
            ups: text("ups.conf"), server: settings.joined(separator: "\n") + "\nALLOW_NO_DEVICE true\n",
            users: text("upsd.users"))
        defer { home.remove() }
        let check = try home.upsd("-t")
        #expect(check.code == 0, "\(check.output)")
        for ups in upses { #expect(check.output.contains("UPS [\(ups)]: ")) }
        let server = try await home.start()
        defer { server.kill() }
        let list = try home.stock("upsc", "-l", "%").output.split(separator: "\n").map(String.init)
        #expect(list.filter { !$0.hasPrefix("Init SSL") } == upses)
    }

    @Test(.enabled(if: Upsmon.isInstalled && geteuid() == 0, "Debian: nut-client, and root"))
    func `upsmon stops its host through it, and the word stands`() async throws {
        let home = try self.home("a")
        defer { home.remove() }
        let server = try await home.start()
        defer { server.kill() }
        let driver = try home.driver("a")
        defer { driver.kill() }
        try await home.shows("OL", "a@%", "ups.status")
        let mark = home.folder.appending(path: "stopped").path
        try home.write(
            "upsmon.conf",
            """
            RUN_AS_USER root
            MONITOR a@127.0.0.1:\(home.port) 1 admin secret primary
            SHUTDOWNCMD "touch \(mark)"
            POLLFREQ 1
            POLLFREQALERT 1
            HOSTSYNC 1
            FINALDELAY 0

            """)
        let upsmon = try Tool(
            "upsmon", "/usr/bin/unshare",
            ["--mount", "sh", "-c", "mkdir -p /run/nut && mount -t tmpfs none /run/nut && exec \(Upsmon.path) -D -p"],
            environment: home.environment, into: home.journal)
        defer { upsmon.kill() }
        for _ in 0..<300 {
            if try home.stock("upsc", "-c", "a@%").output.contains("127.0.0.1") { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        _ = try home.stock("upsrw", "-s", "ups.status=OB LB", "-u", "admin", "-p", "secret", "a@%")
        try await home.shows("FSD OB LB", "a@%", "ups.status")
        for _ in 0..<300 where !FileManager.default.fileExists(atPath: mark) {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(FileManager.default.fileExists(atPath: mark))
        _ = try home.stock("upsrw", "-s", "ups.status=OL", "-u", "admin", "-p", "secret", "a@%")
        try await home.shows("FSD OL", "a@%", "ups.status")
    }
}
