import Foundation
import Testing

/// The pages of `docs/clients`: their YAML is served by the daemon, their other blocks are run by the client itself or
/// by Debian's NUT in its place.
@Suite(.enabled(if: Upsmon.isInstalled, "Debian's nut-client is not installed"))
struct ClientPagesTests {
    static let pages = Documents.texts.filter { $0.hasPrefix("docs/clients/") && !$0.hasSuffix("README.md") }

    /// The server that the pages speak of.
    private static var server: Regex<Substring> { #/192\.0\.2\.10(?::3493)?/# }

    @Test(arguments: Self.pages)
    func `what a page says is so`(page: String) async throws {
        let yaml = try #require(try Documents.codeBlocks(in: page, language: "yaml").first)
        let rack = try await Self.rack(yaml)
        defer { rack.stop() }
        for block in try Documents.codeBlocks(in: page, language: "upsmon") {
            try await Self.watch(with: block, rack: rack, page: page)
        }
        for block in try Documents.codeBlocks(in: page, language: "python") {
            try Self.runPython(block, rack: rack)
        }
        for block in try Documents.codeBlocks(in: page, language: "collectd") {
            try await Self.collect(with: block, rack: rack, page: page)
        }
    }

    @Test func `every page is in the index, and says what was tried`() throws {
        #expect(Self.pages.count == 9)
        let index = try Documents.links(in: "docs/clients/README.md").map(\.text)
        for page in Self.pages {
            #expect(index.contains(String(page.dropFirst("docs/clients/".count))), "\(page)")
            #expect(try Documents.lines(of: page).contains { $0.hasPrefix("**Tried**: ") }, "\(page)")
        }
    }

    /// The page's configuration on a free port, with a made-up UPS on mains and somebody who may announce a shutdown.
    private static func rack(_ yaml: String) async throws -> TestRack {
        let folder = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (device, password) = (folder.appending(path: "ups.dev").path, folder.appending(path: "password").path)
        let text = "ups.status: OL\nups.mfr: Example\nbattery.charge: 90\nbattery.voltage: 13.1\n"
        try Data(text.utf8).write(to: URL(filePath: device))
        try Data("the-password\n".utf8).write(to: URL(filePath: password))
        let rack = try await TestRack(
            yaml.replacing("0.0.0.0:3493", with: "127.0.0.1:0")
                .replacing("192.0.2.20", with: "127.0.0.1").replacing(#/secrets/\w+/#, with: password)
                .replacing("driver: usb-hid", with: "driver: dummy, file: \(device), poll: 250ms")
                .replacing("  users:\n", with: "  users:\n    tester: {password: tester, role: primary}\n"))
        for _ in 0..<300 {
            if try rack.stock("upsc", "river@%", "ups.status").output.contains("OL") { return rack }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw TestRack.Problem(what: "river was never on mains", journal: rack.journal.lines)
    }

    /// Runs `upsmon` with the page's lines, asks what the page asks, and lets it shut down.
    private static func watch(with lines: String, rack: TestRack, page: String) async throws {
        let monitor = try #require(lines.firstMatch(of: #/MONITOR (\S+)@\S+ 1 (\S+) \S+ \w+/#))
        let (name, user) = (String(monitor.1), String(monitor.2))
        // The shutdown itself and the wait before it are not tried, and no file outside of the test is written.
        let file =
            lines.replacing(Self.server, with: "127.0.0.1:\(rack.port)").replacing(#/POWERDOWNFLAG .*/#, with: "")
            + "RUN_AS_USER root\nPOLLFREQ 1\nPOLLFREQALERT 1\nFINALDELAY 0\nSHUTDOWNCMD \"echo \(name) would stop now\"\n"
        let upsmon = try Upsmon(host: name, of: rack, file: file)
        defer { upsmon.stop() }
        try await rack.wait(for: "client \(user) at 127.0.0.1 logged in")
        try Self.ask(page, rack: rack)
        let words = "USERNAME tester\\nPASSWORD tester\\nFSD \(name)\\nLOGOUT\\n"
        let told = try Tool.run(
            "/bin/bash", ["-c", "exec 3<> /dev/tcp/127.0.0.1/\(rack.port); printf '\(words)' >&3; cat <&3"])
        #expect(told.output.contains("OK FSD-SET"), "\(told.output)")
        try await rack.wait(for: "\(name) would stop now")
    }

    /// Runs the page's questions of NUT's own client.
    private static func ask(_ page: String, rack: TestRack) throws {
        let blocks = try Documents.codeBlocks(in: page, language: "sh")
        for line in blocks.joined().split(separator: "\n") where line.hasPrefix("upsc ") {
            let question = line.replacing(Self.server, with: "127.0.0.1:\(rack.port)")
            let answer = try Tool.run("/bin/sh", ["-c", String(question)])
            #expect(answer.code == 0, "\(line): \(answer.output)")
            let lines = answer.output.split(separator: "\n")
            let isRight = lines.contains { line.contains(" -c ") ? $0 == "127.0.0.1" : $0 == "OL" || Int($0) != nil }
            #expect(isRight, "\(line): \(answer.output)")
        }
    }

    private static func runPython(_ program: String, rack: TestRack) throws {
        let python = ProcessInfo.processInfo.environment["UPSD_TEST_PYTHON"] ?? "/usr/bin/python3"
        guard try Tool.run("/bin/sh", ["-c", "\(python) -c 'import aionut'"]).code == 0 else { return }
        let text = program.replacing("192.0.2.10", with: "127.0.0.1")
            .replacing("port=3493", with: "port=\(rack.port)")
        let answer = try Tool.run(python, ["-c", text])
        #expect(answer.code == 0 && answer.output.contains("\nOL\n"), "\(answer.output)")
    }

    private static func collect(with settings: String, rack: TestRack, page: String) async throws {
        let collectd = "/usr/sbin/collectd"
        guard FileManager.default.isExecutableFile(atPath: collectd) else { return }
        let port = 20_000 + Int(getpid()) % 10_000
        let file = rack.folder.appending(path: "collectd.conf")
        let text =
            "BaseDir \"\(rack.folder.path)\"\nPIDFile \"\(rack.folder.path)/collectd.pid\"\n"
            + settings.replacing(Self.server, with: "127.0.0.1:\(rack.port)")
            .replacing("Port \"9103\"", with: "Host \"127.0.0.1\"\n  Port \"\(port)\"")
            .replacing("Interval 10", with: "Interval 1")
        try Data(text.utf8).write(to: file)
        let program = try Tool("collectd", collectd, ["-f", "-C", file.path], into: rack.journal)
        defer { program.kill() }
        try Self.ask(page, rack: rack)
        var answer = ""
        for _ in 0..<300 where !answer.contains("collectd_nut_percent{nut=\"river\",type=\"charge\"") {
            answer = try Tool.run("/usr/bin/curl", ["-s", "http://127.0.0.1:\(port)/metrics"]).output
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(answer.contains("collectd_nut_percent"), "\(rack.journal.lines)")
    }
}
