import Foundation
import NUTTransport
import Testing

/// The configuration of a running daemon, read again.
@Suite struct ReloadTests {
    /// Three made-up UPSes on two lists of users and hosts; what a test wants otherwise it says.
    private struct Rack {
        var password = "secret"
        var devices = ["a", "b"]
        var poll = "250ms"
        var hosts = "pve1: {tier: core, feeds: [a]}"
        var listen = #""127.0.0.1:0""#
        var extra = ""

        func yaml(in folder: URL) -> String {
            let upses = self.devices.map {
                "  \($0): {driver: dummy, file: \(folder.path)/\($0).dev, poll: \(self.poll)}"
            }
            return """
                server:
                  listen: [\(self.listen)]
                  users:
                    admin: {password: secret, role: primary, set: all, commands: all}
                    a: {password: \(self.password), role: secondary, devices: [a]}
                    reader: {password: secret, role: secondary}
                \(self.extra)
                ups:
                \(upses.joined(separator: "\n"))
                hosts:
                  \(self.hosts)
                tiers: [core]
                policy: {debounce: 250ms, triggers: {core: [on-battery: 1s]}}

                """
        }
    }

    private let folder: URL

    init() throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: "reload-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        for device in ["a", "b", "c"] { try self.set("OL", of: device) }
    }

    private func set(_ status: String, of device: String) throws {
        let text = "ups.status: \(status)\nbattery.charge: 90\n"
        try Data(text.utf8).write(to: self.folder.appending(path: "\(device).dev"))
    }

    private func start(_ rack: Rack = Rack()) async throws -> TestRack {
        let running = try await TestRack(rack.yaml(in: self.folder))
        try await running.answers("a")
        return running
    }

    private func reload(_ rack: TestRack, _ new: Rack) throws -> (output: String, code: Int32) {
        try rack.write(new.yaml(in: self.folder))
        return try rack.pductl("reload")
    }

    @Test(.enabled(if: Upsmon.isInstalled, "Debian's nut-client is not installed"))
    func `devices come and go while a stock monitor stays logged in and never misses an answer`() async throws {
        let rack = try await self.start()
        defer { rack.stop() }
        let marks = rack.folder.appending(path: "marks").path
        let monitor = try Upsmon(host: "a", of: rack, marks: marks)
        defer { monitor.stop() }
        try await rack.wait(for: "[a] client a at 127.0.0.1 logged in")
        let watch = try await Watch("a", of: rack)
        for devices in [["a", "b", "c"], ["a", "c"], ["c", "a"], ["a", "b"]] {
            let result = try self.reload(rack, Rack(devices: devices))
            #expect(result.code == 0, "\(result.output)")
            let listed = try rack.stock("upsc", "-l", "%").output
            #expect(Set(listed.split(separator: "\n").map(String.init)).isSuperset(of: devices + ["pve1"]))
        }
        #expect(try self.reload(rack, Rack(poll: "500ms")).code == 0)
        try await rack.wait(for: "the driver of a is started anew")
        let mistakes = await watch.end()
        #expect(mistakes == [])
        #expect(rack.journal.index(of: "client a at 127.0.0.1 was lost") == nil)
        #expect(rack.journal.index(of: "Communications with UPS") == nil)
        #expect(monitor.isRunning)
        #expect(try rack.stock("upsc", "-c", "a@%").output.contains("127.0.0.1"))
    }

    @Test func `SIGHUP does the same, and the log says what has changed`() async throws {
        let rack = try await self.start()
        defer { rack.stop() }
        try rack.write(Rack(devices: ["a", "c"]).yaml(in: self.folder))
        rack.hangUp()
        try await rack.wait(for: "the configuration was read again: added ups c; removed ups b")
        rack.hangUp()
        try await rack.wait(for: "the configuration was read again: nothing has changed")
    }

    @Test func `a bad file changes nothing, and both the log and pductl name the place`() async throws {
        let rack = try await self.start()
        defer { rack.stop() }
        let result = try self.reload(rack, Rack(devices: ["a", "c"], extra: "  colour: red\n  shape: round"))
        #expect(result.code == 1)
        #expect(result.output.contains("rack.yaml:7:3: error: server: unknown key 'colour'"))
        #expect(result.output.contains("rack.yaml:8:3: error: server: unknown key 'shape'"))
        #expect(rack.journal.index(of: "rack.yaml:7:3: error: server: unknown key 'colour'") != nil)
        #expect(try rack.pductl("get", "b", "ups.status").output.contains("OL"))
        #expect(try rack.pductl("get", "c", "ups.status").code != 0)
    }

    @Test func `a changed password lets a login stand and refuses the next command that is checked`() async throws {
        let rack = try await self.start()
        defer { rack.stop() }
        let client = try await NUTClient.connect(host: "127.0.0.1", port: rack.port)
        try await client.authenticate(user: "a", password: "secret")
        try await client.login(to: "a")
        #expect(try self.reload(rack, Rack(password: "other")).code == 0)
        #expect(try await client.value(of: "ups.status", on: "a") == "OL")
        #expect(try await client.loginCount(of: "a") == 1)
        await #expect(throws: NUTClientError.self) { try await client.set("ups.status", on: "a", to: "OB") }
        await client.close()
    }

    @Test func `clients of a device that is gone are disconnected, and only those`() async throws {
        let rack = try await self.start()
        defer { rack.stop() }
        var clients: [String: NUTClient] = [:]
        for device in ["a", "b"] {
            let client = try await NUTClient.connect(host: "127.0.0.1", port: rack.port)
            try await client.authenticate(user: "reader", password: "secret")
            try await client.login(to: device)
            clients[device] = client
        }
        try await rack.wait(for: "[b] client reader at 127.0.0.1 logged in")
        #expect(try self.reload(rack, Rack(devices: ["a"])).code == 0)
        try await rack.wait(for: "[b] client reader at 127.0.0.1 was lost")
        #expect(try await clients["a"]?.value(of: "ups.status", on: "a") == "OL")
        await clients["a"]?.close()
    }

    @Test func `a shutdown in progress refuses another rack, and lets users change`() async throws {
        let rack = try await self.start()
        defer { rack.stop() }
        try self.set("OB DISCHRG", of: "a")
        try await rack.wait(for: "[pve1] is told to shut down")
        let result = try self.reload(rack, Rack(hosts: "pve2: {tier: core, feeds: [a]}"))
        #expect(result.code == 1)
        #expect(result.output.contains("a shutdown is in progress: pve1 is asked"))
        #expect(try self.reload(rack, Rack(password: "other")).code == 0)
        #expect(try rack.pductl("get", "pve1", "ups.status").output.contains("FSD OB"))
    }

    @Test func `a host on battery keeps its phase and its time through a reload`() async throws {
        let slow = "pve1: {tier: core, feeds: [a], description: first}"
        let rack = try await self.start(Rack(hosts: slow))
        defer { rack.stop() }
        try self.set("OB DISCHRG", of: "a")
        try await rack.wait(for: "[a] a runs on battery")
        #expect(try self.reload(rack, Rack(devices: ["a", "b", "c"], hosts: slow)).code <= 1)
        try await rack.wait(for: "[pve1] is told to shut down", limit: 10)
    }

    @Test func `a listener is opened and another closed, and who came through the old one stays`() async throws {
        let rack = try await self.start()
        defer { rack.stop() }
        let client = try await NUTClient.connect(host: "127.0.0.1", port: rack.port)
        #expect(try self.reload(rack, Rack(listen: #""127.0.0.2:0""#)).code == 0)
        #expect(try await client.value(of: "ups.status", on: "a") == "OL")
        await client.close()
        #expect(try rack.pductl("list").code == 5)
        try rack.write(Rack().yaml(in: self.folder))
        rack.hangUp()
        try await rack.wait(for: "added listener 127.0.0.1:0; removed listener 127.0.0.2:0")
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/upsc"), "Debian: nut-client"))
    func `a client with a fixed name gets its own device, from the reload on that says so`() async throws {
        let rack = try await self.start()
        defer { rack.stop() }
        #expect(try rack.stock("upsc", "ups@%", "device.model").code != 0)
        let alias = "  aliases: [{name: ups, device: pve1, from: 127.0.0.1}]"
        #expect(try self.reload(rack, Rack(extra: alias)).code == 0)
        #expect(try rack.stock("upsc", "ups@%", "device.model").output.contains("virtual UPS of pve1"))
        #expect(try rack.stock("upsc", "pve1@%", "device.model").output.contains("virtual UPS of pve1"))
        #expect(try rack.stock("upsc", "-l", "%").output.hasSuffix("a\nb\nups\n"))
        let client = try await NUTClient.connect(host: "127.0.0.1", port: rack.port)
        try await client.authenticate(user: "reader", password: "secret")
        try await client.login(to: "ups")
        try await rack.wait(for: "[pve1] client reader at 127.0.0.1 logged in")
        await client.close()
    }

    @Test func `what is emulated is not changed, everything beside it is`() async throws {
        let yaml = """
            server: {listen: ["127.0.0.1:0"], users: {admin: {password: secret, set: all, commands: all}}}
            ups: {river: {driver: emulated, model: river-3-plus, poll: 250ms}}
            tiers: [core]
            hosts: {pve1: {tier: core, feeds: [river], emulated: {boot: 1s}}}

            """
        let rack = try await TestRack(yaml)
        defer { rack.stop() }
        try rack.write(yaml.replacing("boot: 1s", with: "boot: 2s"))
        let result = try rack.pductl("reload")
        #expect(result.code == 1)
        #expect(result.output.contains("what is emulated cannot be changed while the daemon runs; restart it"))
        try rack.write(yaml + "policy: {stable: 10s}\n")
        #expect(try rack.pductl("reload", "--json").output.contains("\"reloaded\": true"))
        #expect(rack.journal.index(of: "the configuration was read again: changed policy") != nil)
        try rack.write(yaml.replacing("poll: 250ms", with: "poll: 500ms"))
        #expect(try rack.pductl("reload").code == 0)
        try rack.pductl("lab", "mains", "off")
        try await rack.wait(for: "[river] river runs on battery", limit: 20)
    }

    @Test func `another store is refused, and the sentence says what helps`() async throws {
        let rack = try await self.start()
        defer { rack.stop() }
        let result = try self.reload(rack, Rack(poll: "500ms", extra: "store: {path: events.sqlite}"))
        #expect(result.code == 1)
        #expect(result.output.contains("the store cannot be changed while the daemon runs; restart it"))
        #expect(rack.journal.index(of: "the driver of a is started anew") == nil)
    }

    @Test func `a right to reload is needed, and no list shows where it is asked for`() async throws {
        let rack = try await self.start()
        defer { rack.stop() }
        let client = try await NUTClient.connect(host: "127.0.0.1", port: rack.port)
        try await client.authenticate(user: "reader", password: "secret")
        await #expect(throws: NUTClientError.self) {
            try await client.run("reload", on: ".server")
        }
        await client.close()
        #expect(!(try rack.stock("upsc", "-l", "%").output.contains("server")))
    }
}

/// Asks for a device's status all the time, and remembers every answer that was none.
private actor Watch {
    private var mistakes: [String] = []
    private var isOver = false
    private var task: Task<Void, Never>?

    init(_ device: String, of rack: TestRack) async throws {
        let client = try await NUTClient.connect(host: "127.0.0.1", port: rack.port)
        self.task = Task { await self.watch(device, client) }
    }

    func end() async -> [String] {
        self.isOver = true
        await self.task?.value
        return self.mistakes
    }

    private func watch(_ device: String, _ client: NUTClient) async {
        while !self.isOver {
            do {
                let status = try await client.value(of: "ups.status", on: device)
                if status != "OL" { self.mistakes.append(status) }
            } catch {
                self.mistakes.append("\(error)")
                break
            }
        }
        await client.close()
    }
}

extension TestRack {
    /// Waits until a device has been read.
    fileprivate func answers(_ device: String) async throws {
        for _ in 0..<150 {
            if try self.pductl("get", device, "ups.status").code == 0 { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Problem(what: "\(device) was never read", journal: self.journal.lines)
    }
}
