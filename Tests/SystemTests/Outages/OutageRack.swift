import Foundation
import NUTTransport
import PowerCore
import PowerLab
import Synchronization

/// A whole outage around a daemon that may be killed at any moment: a lab that outlives it, a stock `upsmon` on every
/// machine that runs, and somebody who starts the daemon again.
///
/// An upsmon's SHUTDOWNCMD writes a mark, upon which the machine's power button is pressed. Everything that happens is in
/// one journal: `daemon: `, `upsmon NAME: `, `mark: ` and `lab: `.
final class OutageRack: Sendable {
    /// Why there can be none here; nil where there can.
    static let obstacle: String? = {
        if !Upsmon.isInstalled { return "Debian's nut-client is not installed" }
        return Preload.compiler == nil ? "there is no C compiler" : nil
    }()

    private struct State {
        var monitors: [String: Upsmon] = [:]
        var daemon: Tool?
        /// What each daemon to come has in its environment; after the last one all are left in peace.
        var launches: [[String: String]]
        var kills = 0
        var isOver = false
    }

    let plan: OutagePlan
    let world: LabWorld
    let journal = Tool.Journal()
    let folder: URL
    let port: Int
    private let wrapper: [String]
    private let state: Mutex<State>

    /// Builds the rack and starts everything. The first daemons have `launches` in their environments; each is run by
    /// what `wrapper` says, given the rack's folder.
    init(
        _ plan: OutagePlan, launches: [[String: String]] = [], store: String = "events.sqlite",
        wrapper: @Sendable (URL) -> [String] = { _ in [] }
    ) async throws {
        self.plan = plan
        self.state = Mutex(State(launches: launches))
        self.folder = FileManager.default.temporaryDirectory.appending(path: "outage-\(UUID().uuidString.prefix(8))")
        self.port = try TestPorts.next()
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        self.wrapper = wrapper(self.folder)
        self.world = try await LabWorld(plan.lab)
        let yaml = plan.yaml(port: self.port, upstream: self.world.port, store: store)
        try Data(yaml.utf8).write(to: self.file("rack.yaml"))
        try Data("\(LabWorld.password)\n".utf8).write(to: self.file("upstream"))
        try self.followMarks()
        self.followLab()
        try self.launch()
        for host in plan.hosts { try self.startMonitor(of: host) }
    }

    func file(_ name: String) -> URL { self.folder.appending(path: name) }

    /// How often a daemon has ended before the end.
    var kills: Int { self.state.withLock { $0.kills } }

    /// The process of the present daemon.
    var pid: Int32? { self.state.withLock { $0.daemon?.pid } }

    // MARK: The daemon

    private func launch() throws {
        let environment = self.state.withLock { $0.launches.isEmpty ? [:] : $0.launches.removeFirst() }
        let words =
            self.wrapper + [
                Tool.products.appending(path: "upsd-swift").path, "--config", self.file("rack.yaml").path,
            ]
        let daemon = try Tool(
            "daemon", words[0], Array(words.dropFirst()), environment: environment, into: self.journal,
            ended: { [weak self] in Task { self?.daemonEnded() } })
        self.state.withLock { $0.daemon = daemon }
    }

    private func daemonEnded() {
        let isOver = self.state.withLock { state in
            if !state.isOver { state.kills += 1 }
            return state.isOver
        }
        guard !isOver else { return }
        self.journal.note("rack: the daemon has ended")
        do { try self.launch() } catch { self.journal.note("rack: \(error)") }
    }

    /// Kills the daemon without warning; it is started again at once.
    func killDaemon() {
        if let pid = self.pid { kill(pid, SIGKILL) }
    }

    // MARK: The machines

    private func startMonitor(of host: String) throws {
        let monitor = try Upsmon(
            host: host, port: self.port, folder: self.folder, marks: self.file("marks").path, into: self.journal)
        let (old, isOver) = self.state.withLock { state in
            (state.monitors.updateValue(monitor, forKey: host), state.isOver)
        }
        old?.stop()
        if isOver { monitor.stop() }
    }

    private func stopMonitor(of host: String) {
        self.state.withLock { $0.monitors.removeValue(forKey: host) }?.stop()
    }

    private func followMarks() throws {
        let path = self.file("marks").path
        // Opened for both, so that it neither blocks nor ends when a writer closes it.
        guard mkfifo(path, 0o600) == 0, let pipe = FileHandle(forUpdatingAtPath: path) else {
            throw TestRack.Problem(what: "no pipe can be made", journal: [])
        }
        let lab = self.world.lab
        let journal = self.journal
        Tool.follow(pipe, "mark", journal) { line in
            let host = String(line.prefix { $0 != " " })
            Task {
                if await !lab.pressPower(HostID(host), toStart: false) {
                    journal.note("rack: \(host) was told to stop and was not running")
                }
            }
        }
    }

    private func followLab() {
        let events = self.world.lab.events
        Task { [weak self] in
            for await event in events {
                guard let self else { return }
                self.journal.note("lab: \(event)")
                guard case .hostBecame(let host, let became) = event.kind else { continue }
                switch became {
                case .off: self.stopMonitor(of: host.name)
                case .running: try self.startMonitor(of: host.name)
                case .booting, .stopping: break
                }
            }
        }
    }

    // MARK: The world

    func mains(_ isOn: Bool, _ place: DeviceID? = nil) async throws {
        _ = try await self.world.lab.execute(isOn ? .mainsOn(place) : .mainsOff(place))
    }

    /// The hosts in the order in which their clients stopped them.
    var stopped: [String] {
        self.journal.lines.compactMap { line in
            line.hasPrefix("mark: ") ? line.split(separator: " ").dropFirst().first.map(String.init) : nil
        }
    }

    /// Where the relays of the lab moved from line `start` on, as `rack-a/3 off`.
    func moves(from start: Int = 0) -> [String] {
        let prefix = "lab: outlet "
        return self.journal.lines[start...].filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    /// Whether a line has been said from line `start` on.
    func said(_ text: String, from start: Int = 0) -> Bool {
        self.journal.lines[start...].contains { $0.contains(text) }
    }

    // MARK: Waiting

    /// Waits for a line of the journal, or fails with the whole of it.
    @discardableResult
    func wait(for text: String, from start: Int = 0, limit: Int = 60) async throws -> Int {
        guard let index = await self.journal.line(text, from: start, limit: limit) else {
            throw TestRack.Problem(what: "within \(limit) s nothing said \"\(text)\"", journal: self.journal.lines)
        }
        return index
    }

    /// Waits until the lab is as `holds` says.
    func wait(_ what: String, limit: Int = 60, _ holds: (LabSnapshot) async -> Bool) async throws {
        for _ in 0..<(limit * 10) {
            if await holds(self.world.lab.snapshot()) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        let state = await self.world.lab.snapshot().text
        throw TestRack.Problem(
            what: "within \(limit) s it never was so: \(what); the lab:\n\(state)", journal: self.journal.lines)
    }

    /// What the daemon says of `variable` of a host; nil while it does not answer.
    func says(_ variable: String, of host: String) async -> String? {
        guard let client = try? await NUTClient.connect(host: "127.0.0.1", port: self.port) else { return nil }
        let value = try? await client.value(of: variable, on: host)
        await client.close()
        return value
    }

    /// Waits until every host runs with its client logged in, every outlet is on and the daemon knows it.
    func untilAllRun(limit: Int = 90) async throws {
        try await self.wait("every host and outlet is on, and the daemon says so", limit: limit) { lab in
            guard lab.hosts.allSatisfy({ $0.state == .running }), lab.outlets.allSatisfy({ $0.position == .on }) else {
                return false
            }
            guard let client = try? await NUTClient.connect(host: "127.0.0.1", port: self.port) else { return false }
            var isSo = true
            for host in self.plan.hosts where isSo {
                let phase = try? await client.value(of: "host.phase", on: host)
                let clients = try? await client.loginCount(of: host)
                isSo = phase == "running" && clients == 1
            }
            await client.close()
            return isSo
        }
    }

    /// Waits until every host is off and every outlet of the rack that feeds something is off.
    func untilAllOff(limit: Int = 90) async throws {
        let outlets = self.plan.outlets
        try await self.wait("every host and outlet is off", limit: limit) { lab in
            lab.hosts.allSatisfy { $0.state == .off } && outlets.allSatisfy { lab.outlet($0)?.position == .off }
        }
    }

    // MARK: The end

    /// Ends everything; nothing of it is left.
    func end() async {
        let (daemon, monitors) = self.state.withLock { state in
            state.isOver = true
            defer { state.monitors = [:] }
            return (state.daemon, Array(state.monitors.values))
        }
        daemon?.kill()
        for monitor in monitors { monitor.stop() }
        await self.world.stop()
        try? FileManager.default.removeItem(at: self.folder)
    }
}

/// Runs `body` with a rack and ends everything, however that comes out.
func withOutageRack(
    _ plan: OutagePlan, launches: [[String: String]] = [], store: String = "events.sqlite",
    wrapper: @Sendable (URL) -> [String] = { _ in [] },
    _ body: (OutageRack) async throws -> Void
) async throws {
    let rack = try await OutageRack(plan, launches: launches, store: store, wrapper: wrapper)
    do {
        try await body(rack)
    } catch {
        await rack.end()
        throw error
    }
    await rack.end()
}
