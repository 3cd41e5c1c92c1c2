import Foundation
import NUTTransport
import Testing

/// The daemon on real libusb, with emulated devices on the bus: on the host through umockdev, in the virtual machine
/// through the kernel. `Tests/usb/test.sh` runs these.
@Suite(.serialized, .enabled(if: Emulator.address != nil, Emulator.reason))
struct USBTests {
    /// A rack with one UPS and one host straight on it.
    static func yaml(_ match: String, poll: String = "1s", stale: String = "3s", more: String = "") -> String {
        """
        server:
          listen: ["127.0.0.1:0"]
          users:
            admin: {password: secret, role: primary, set: all, commands: all}
            host:  {password: secret, role: secondary, devices: [host]}
        ups:
          river: {driver: usb-hid, match: {\(match)}, capacity: 286 Wh, poll: \(poll), full-poll: \(poll), stale-after: \(stale)}
        \(more)
        tiers: [all]
        hosts:
          host: {tier: all, feeds: [river], stop: {timeout: 60s, off-after: 1s}, watts: 100 W}
        policy: {debounce: 500ms, stable: 2s, triggers: {all: [charge: 50%]}}
        """
    }

    static let river = "serial: R631ZABAWH3B0001"

    /// Starts the daemon and waits until the UPS was read.
    static func start(_ yaml: String) async throws -> (TestRack, NUTClient) {
        let rack = try await TestRack(yaml)
        let client = try await NUTClient.connect(host: "127.0.0.1", port: rack.port)
        try await Self.wait(rack) { try await client.value(of: "ups.status", on: "river").isEmpty == false }
        return (rack, client)
    }

    /// Asks again and again until `isDone`; returns how long it took. Bounded; not answered counts as not done.
    @discardableResult
    static func wait(
        _ rack: TestRack, limit: Duration = .seconds(60), _ isDone: () async throws -> Bool
    ) async throws -> Duration {
        let clock = ContinuousClock()
        let start = clock.now
        while clock.now - start < limit {
            if (try? await isDone()) == true { return clock.now - start }
            await Task.yield()
        }
        throw TestRack.Problem(what: "it did not happen within \(limit)", journal: rack.journal.lines)
    }

    static func isStale(_ client: NUTClient) async -> Bool {
        do {
            _ = try await client.value(of: "ups.status", on: "river")
            return false
        } catch {
            return "\(error)".contains("DATA-STALE") || "\(error)".contains("stale")
        }
    }

    /// The variables that NUT 2.8.5's own driver shows of the same bytes, but `driver.*`.
    static func golden(_ name: String) throws -> [String] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/USB/\(name).upsc")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test(arguments: [
        ("river3plus", "serial: R631ZABAWH3B0001"), ("apc", "vendor: 051d, product: '0002', serial: 5B1234T56789"),
    ])
    func `upsc shows what NUT's own driver shows of the same device`(name: String, match: String) async throws {
        let (rack, client) = try await Self.start(Self.yaml(match))
        defer { rack.stop() }
        await client.close()
        let shown = Set(try rack.stock("upsc", "river@%").output.split(separator: "\n").map(String.init))
        for line in try Self.golden(name) {
            #expect(shown.contains(line), "missing or different: \(line)")
        }
    }

    @Test(.enabled(if: StockReader.isInstalled, "Debian's nut-server is not installed"))
    func `the stock driver and ours say the same of the same device`() async throws {
        let stock = try await StockReader(serial: "5B1234T56789")
        let theirs = stock.variables().filter { !$0.hasPrefix("driver.") }
        stock.stop()
        try #require(!theirs.isEmpty, "\(stock.journal.lines.joined(separator: "\n"))")
        let (rack, client) = try await Self.start(Self.yaml("vendor: 051d, serial: 5B1234T56789"))
        defer { rack.stop() }
        await client.close()
        let ours = Set(try rack.stock("upsc", "river@%").output.split(separator: "\n").map(String.init))
        #expect(theirs.subtracting(ours) == [])
    }

    @Test func `mains lost is seen at once where the device tells, and within a poll where it is only asked`()
        async throws
    {
        for isTold in [true, false] {
            // Told, it must be seen although the next poll is far away; only asked, by the next poll.
            let (rack, client) = try await Self.start(Self.yaml(Self.river, poll: isTold ? "60s" : "2s", stale: "90s"))
            defer { rack.stop() }
            if !isTold { try Emulator.tell("ups fault interrupt nak") }
            try Emulator.tell("ups ac lost")
            let delay = try await Self.wait(rack, limit: .seconds(30)) {
                try await client.value(of: "ups.status", on: "river").hasPrefix("OB")
            }
            print(
                "measured: mains lost,", isTold ? "told by the device," : "only asked for,", "seen by a client after",
                delay
            )
            try Emulator.tell("ups clear")
            try Emulator.tell("ups ac restored")
            try await Self.wait(rack) { try await client.value(of: "ups.status", on: "river").hasPrefix("OL") }
            await client.close()
        }
    }

    @Test func `unplugged and plugged in three times it goes stale and comes back, and nothing grows`() async throws {
        let (rack, client) = try await Self.start(Self.yaml(Self.river))
        defer { rack.stop() }
        var files: [Int] = []
        var memory: [Int] = []
        for _ in 0..<4 {
            files.append(try rack.openFiles)
            memory.append(try rack.residentKilobytes)
            try Emulator.tell("ups unplug")
            try await Self.wait(rack) { await Self.isStale(client) }
            try Emulator.tell("ups plug")
            try await Self.wait(rack) { try await client.value(of: "ups.status", on: "river").hasPrefix("OL") }
        }
        print("measured: open files \(files), resident kB \(memory)")
        // The first round may load libraries; after that nothing may be left behind. What the allocator keeps of a round
        // varies by some megabytes.
        #expect(files[3] <= files[1] + 1)
        #expect(memory[3] <= memory[1] + 8192)
        await client.close()
    }

    @Test(arguments: ["stall", "nak", "short 1", "garbage", "garbage 60", "zero"])
    func `a device that answers wrongly is named, goes stale, and recovers by itself`(fault: String) async throws {
        let (rack, client) = try await Self.start(Self.yaml(Self.river))
        defer { rack.stop() }
        let before = rack.journal.lines.count
        try Emulator.tell("ups fault get_report \(fault)")
        try await rack.wait(for: "R631ZABAWH3B0001", from: before)
        try await Self.wait(rack) { await Self.isStale(client) }
        try Emulator.tell("ups clear")
        try await Self.wait(rack) { try await client.value(of: "ups.status", on: "river").hasPrefix("OL") }
        #expect(try await client.value(of: "battery.charge", on: "river") == "100")
        await client.close()
    }

    @Test func `two of the same kind are told apart by serial and by port`() async throws {
        let (rack, client) = try await Self.start(
            Self.yaml(Self.river, more: "  twin:  {driver: usb-hid, match: {serial: R631ZABAWH3B0002}}"))
        defer { rack.stop() }
        try await Self.wait(rack) { try await client.value(of: "ups.serial", on: "twin") == "R631ZABAWH3B0002" }
        #expect(try await client.value(of: "ups.serial", on: "river") == "R631ZABAWH3B0001")
        await client.close()

        let list = try rack.tool("--list").output.split(separator: "\n").map(String.init)
        let ports = list.filter { !$0.contains("serial") && $0.contains("3746") }
            .compactMap { line in line.split(separator: "port ").last?.prefix { $0.isNumber || $0 == "-" || $0 == "." }
            }
        try #require(ports.count == 2, "the list: \(list)")
        let (pair, second) = try await Self.start(
            Self.yaml("vendor: 3746, port: \(ports[0])", more: "  other: {driver: usb-hid, match: {port: \(ports[1])}}")
        )
        defer { pair.stop() }
        try Emulator.tell("bare1 ac lost")
        try await Self.wait(pair) { try await second.value(of: "ups.status", on: "river").hasPrefix("OB") }
        try await Self.wait(pair) { try await second.value(of: "ups.status", on: "other").hasPrefix("OL") }
        try Emulator.tell("bare1 ac restored")
        await second.close()
    }

    @Test(.enabled(if: Upsmon.isInstalled, "Debian's nut-client is not installed"))
    func `the mains fail on the USB device, its charge runs down, and a stock client stops its host`() async throws {
        try await Self.outage("ups set charge=50", because: "charge is 50 %, and the limit is 50 %")
        // Five percent a second: the model sees that less than two minutes are left, long before the limit.
        try await Self.outage("ups drain 5", because: "the battery it lives on is low")
    }

    /// An outage in which `event` befalls the device, and a stock client stops its host for that reason.
    private static func outage(_ event: String, because reason: String) async throws {
        let (rack, client) = try await Self.start(Self.yaml(Self.river))
        defer { rack.stop() }
        let marks = rack.folder.appending(path: "marks").path
        #expect(mkfifo(marks, 0o600) == 0)
        let pipe = try #require(FileHandle(forUpdatingAtPath: marks))
        Tool.follow(pipe, "mark", rack.journal)
        let monitor = try Upsmon(host: "host", of: rack, marks: marks)
        defer { monitor.stop() }
        try await rack.wait(for: "[host] client host at 127.0.0.1 logged in")

        try Emulator.tell("ups ac lost")
        try await Self.wait(rack) { try await client.value(of: "ups.status", on: "river").hasPrefix("OB") }
        try Emulator.tell(event)
        try await rack.wait(for: "mark: host has shut down")
        #expect(rack.journal.index(of: "[host] \(reason)") != nil)
        let told = try #require(rack.journal.index(of: "[host] is told to shut down"))
        #expect(told < (rack.journal.index(of: "mark: host") ?? 0))
        try Emulator.tell("ups drain 0")
        try Emulator.tell("ups ac restored")
        try Emulator.tell("ups set charge=100")
        await client.close()
    }
}
