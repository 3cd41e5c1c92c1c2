import Foundation
import NetworkControl
import PowerCore
import Subprocess
import Synchronization
import Testing

/// A strip with a prompt, for the `powermand` in front of it.
final class PromptStrip: Sendable {
    struct State: Sendable {
        var positions: [Int: OutletPosition] = Dictionary(uniqueKeysWithValues: (1...count).map { ($0, .on) })
        var stuck: Set<Int> = []
        var slow: Set<Int> = []
        var refusing: Set<Int> = []
        var isSilent = false
        /// Called once an order to this outlet has been taken.
        var afterOrder: (outlet: Int, act: @Sendable () -> Void)?
        var orders: [String] = []
    }

    static let count = 4
    static let pause = Duration.seconds(3)

    let state = Mutex(State())
    private let peer: Mutex<TCPPeer?> = Mutex(nil)

    var port: Int { self.peer.withLock { $0?.port ?? 0 } }

    init() async throws {
        let manner = TCPPeer.Manner(
            greeting: Array("ready> ".utf8),
            cut: { received in
                guard let end = received.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
                defer { received.removeFirst(end + 1) }
                return Array(received[..<end])
            }, answer: { [weak self] in self?.answer(String(decoding: $0, as: UTF8.self)) ?? .last([]) })
        let peer = try await TCPPeer(manner)
        self.peer.withLock { $0 = peer }
    }

    func close() async throws {
        try await self.peer.withLock { $0 }?.close()
    }

    private func answer(_ line: String) -> TCPPeer.Reply {
        self.state.withLock { state in
            guard !state.isSilent else { return .silence }
            let words = line.split(separator: " ")
            let list = state.positions.keys.sorted().map {
                "plug \($0): \(state.positions[$0] == .on ? "ON" : "OFF")\n"
            }
            if words.first == "stat" { return .bytes(Array((list.joined() + "OK\nready> ").utf8)) }
            guard words.count == 2, let outlet = Int(words[1]) else { return .bytes(Array("WHAT\nready> ".utf8)) }
            state.orders.append(line)
            guard !state.refusing.contains(outlet) else { return .bytes(Array("REFUSED\nready> ".utf8)) }
            self.turn(outlet, words[0] == "on" ? .on : .off, &state)
            if words[0] == "cycle" { self.later(outlet, .on) }
            return .bytes(Array("OK\nready> ".utf8))
        }
    }

    private func turn(_ outlet: Int, _ position: OutletPosition, _ state: inout State) {
        if let (wanted, act) = state.afterOrder, wanted == outlet {
            state.afterOrder = nil
            act()
        }
        guard !state.stuck.contains(outlet) else { return }
        guard state.slow.contains(outlet) else { return state.positions[outlet] = position }
        self.later(outlet, position)
    }

    private func later(_ outlet: Int, _ position: OutletPosition) {
        Task { [weak self] in
            try await Task.sleep(for: Self.pause)
            self?.state.withLock { $0.positions[outlet] = position }
        }
    }
}

/// A real `powermand` on a loopback port, which is not run as root, in front of a strip of the test.
struct PowermanServer: Sendable {
    let strip: PromptStrip
    let port: Int
    let process: Int32

    /// The nodes as a configuration names them; in the daemon's own order they stand otherwise.
    static let nodes = ["web-2", "web-1", "db", "nas"]

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: "/usr/sbin/powermand") }

    private static func configuration(_ port: Int, strip: Int) -> String {
        """
        specification "strip" {
            timeout 1.0
            plug name { "1" "2" "3" "4" }
            script login { expect "ready> " }
            script status_all {
                send "stat\\n"
                foreachplug {
                    expect "plug ([0-9]+): (ON|OFF)\\n"
                    setplugstate $1 $2 on="ON" off="OFF"
                }
                expect "OK\\nready> "
            }
            script on { send "on %s\\n" expect "OK\\nready> " }
            script off { send "off %s\\n" expect "OK\\nready> " }
            script cycle { send "cycle %s\\n" expect "OK\\nready> " }
        }
        listen "127.0.0.1:\(port)"
        device "strip" "strip" "127.0.0.1:\(strip)"
        node "web-2" "strip" "1"
        node "web-1" "strip" "2"
        node "db" "strip" "3"
        node "nas" "strip" "4"
        alias "web" "web-1,web-2"

        """
    }

    /// Runs `body` while the daemon listens.
    static func run(_ body: @Sendable @escaping (PowermanServer) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let strip = try await PromptStrip()
        // It cannot be told to choose a port, and one that was free may be taken a moment later.
        for _ in 1...20 {
            let port = Int.random(in: 20_000..<30_000)
            let file = try folder.write("powerman.conf", Self.configuration(port, strip: strip.port), mode: 0o644)
            if try await Self.serve(file, port, strip, body) { return try await strip.close() }
        }
        Issue.record("powermand found no port")
    }

    /// Whether the daemon could listen, and so `body` was run.
    private static func serve(
        _ file: String, _ port: Int, _ strip: PromptStrip,
        _ body: @Sendable @escaping (PowermanServer) async throws -> Void
    ) async throws -> Bool {
        let nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups", "/usr/sbin/powermand"]
        let words = (geteuid() == 0 ? nobody : []) + ["-f", "-c", file]
        return try await Subprocess.run(
            geteuid() == 0 ? .name("setpriv") : .name("/usr/sbin/powermand"), arguments: Arguments(words), input: .none,
            output: .discarded, error: .sequence
        ) { daemon in
            var isConnected = false
            var lines = daemon.standardError.strings().makeAsyncIterator()
            while !isConnected, let line = try await lines.next() {
                isConnected = line.contains("tcp_finish_connect(strip): connected")
            }
            guard isConnected else { return false }
            let server = PowermanServer(strip: strip, port: port, process: daemon.processIdentifier.value)
            do { try await body(server) } catch { Issue.record(error) }
            // A stopped one takes no other signal.
            server.resume()
            await daemon.teardown(using: [])
            return true
        }.closureResult
    }

    /// Makes it say nothing, to nobody.
    func suspend() { kill(self.process, SIGSTOP) }

    /// Makes it go on.
    func resume() { kill(self.process, SIGCONT) }

    /// The driver, with limits that a test can wait for.
    func outlets(_ nodes: [String] = Self.nodes, call: Duration = .seconds(4)) -> PowermanOutlets {
        PowermanOutlets(
            "rack", at: .init(host: "127.0.0.1", port: self.port), nodes: nodes, limits: OutletLimits(call: call))
    }
}
