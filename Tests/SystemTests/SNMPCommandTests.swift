import Foundation
import Testing

/// Our own command and the fence agent on PDUs that a simulator plays from recordings, through the daemon and real datagrams.
///
/// `UPSD_TEST_SNMPSIM` names the folder of a Python environment with snmpsim, pysmi and cryptography.
@Suite struct SNMPCommandTests {
    private static let environment = ProcessInfo.processInfo.environment["UPSD_TEST_SNMPSIM"] ?? ""
    private static let program = "\(Self.environment)/bin/snmpsim-command-responder"
    private static let recordings = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/data/pdu").standardized
    private static let fenceAgent = "/usr/sbin/fence_apc_snmp"

    private static let reason: Comment =
        "UPSD_TEST_SNMPSIM names no Python environment with snmpsim, or there are no recordings"

    private static var isPresent: Bool {
        FileManager.default.isExecutableFile(atPath: Self.program)
            && FileManager.default.fileExists(atPath: Self.recordings.path)
    }

    /// A simulator with its folder for what it compiles.
    private final class Simulator {
        let port: Int
        private let folder: URL
        private let tool: Tool

        init() throws {
            self.port = try Self.freePort()
            self.folder = FileManager.default.temporaryDirectory.appending(path: "snmp-command-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
            let (recordings, user) = (SNMPCommandTests.recordings.path, NSUserName())
            self.tool = try Tool(
                "snmpsim", SNMPCommandTests.program,
                [
                    "--data-dir=\(recordings)/snmprec", "--cache-dir=\(self.folder.path)",
                    "--variation-modules-dir=\(recordings)/variation", "--process-user=\(user)",
                    "--process-group=\(user)", "--logging-method=null", "--agent-udpv4-endpoint=127.0.0.1:\(self.port)",
                ], into: Tool.Journal())
        }

        func stop() {
            guard FileManager.default.fileExists(atPath: self.folder.path) else { return }
            // Started from a test's thread, it may have every other signal blocked.
            self.tool.kill()
            try? FileManager.default.removeItem(at: self.folder)
        }

        /// A port that nobody listens at now.
        private static func freePort() throws -> Int {
            // Not of those that the system gives to whoever asks: other tests hold a thousand of them for a moment.
            for port in (20_000..<32_000).shuffled().prefix(100) where Self.isFree(port) { return port }
            throw CocoaError(.fileNoSuchFile, userInfo: [NSLocalizedDescriptionKey: "no free port"])
        }

        private static func isFree(_ port: Int) -> Bool {
            let socket = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
            defer { close(socket) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(port).bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            return withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        }
    }

    /// The daemon with these recordings as PDUs; returns when all of them have been read.
    private static func rack(_ simulator: Simulator, _ pdus: [String: String]) async throws -> TestRack {
        let lines = pdus.sorted { $0.key < $1.key }.map { name, community in
            "  \(name): {driver: snmp, address: \"127.0.0.1:\(simulator.port)\", version: 1, community: \(community), "
                + "feed: river, poll: 500ms}"
        }
        let rack = try await TestRack(
            """
            server: {listen: ["127.0.0.1:0"], users: {admin: {password: secret, set: all, commands: all}}}
            ups: {river: {driver: emulated, model: river-3-plus}}
            pdu:
            \(lines.joined(separator: "\n"))

            """)
        for name in pdus.keys {
            for _ in 0..<600 {
                if try rack.pductl("get", "outlet", "\(name)/1", "status").code == 0 { break }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        return rack
    }

    @Test(
        .enabled(if: Self.isPresent, Self.reason),
        .enabled(if: FileManager.default.isExecutableFile(atPath: Self.fenceAgent), "fence_apc_snmp is not installed"))
    func `our fence agent says of every outlet what Debian's agent for APC says`() async throws {
        let simulator = try Simulator()
        defer { simulator.stop() }
        let rack = try await Self.rack(simulator, ["small": "apc_ap7900", "large": "apc_ap8959eu3"])
        defer { rack.stop() }
        let agent = rack.folder.appending(path: "fence_pductl").path
        try FileManager.default.createSymbolicLink(
            atPath: agent, withDestinationPath: Tool.products.appending(path: "pductl").path)
        #expect(try rack.pductl("off", "small/2", "large/[3,24]", "--yes").code == 0)
        for (pdu, community, count) in [("small", "apc_ap7900", 8), ("large", "apc_ap8959eu3", 24)] {
            for number in 1...count {
                let lines = "ipaddr=127.0.0.1\nipport=\(rack.port)\naction=status\nport=\(pdu)/\(number)\n"
                let ours = try Tool.run("/bin/sh", ["-c", "printf '%s' \"$0\" | \"$1\"", lines, agent])
                let theirs = try Tool.run(
                    Self.fenceAgent,
                    [
                        "-a", "127.0.0.1", "-u", "\(simulator.port)", "-c", community, "-d", "1", "-n", "\(number)",
                        "-o", "status",
                    ])
                let isOff = pdu == "small" && number == 2 || pdu == "large" && [3, 24].contains(number)
                // Some are off in the recording.
                if isOff { #expect(theirs.code == 2, "\(pdu)/\(number): \(theirs.output)") }
                #expect(ours.code == theirs.code, "\(pdu)/\(number): \(ours.output)")
            }
        }
    }

    @Test(.enabled(if: Self.isPresent, Self.reason))
    func `a stuck relay is not verified, a slow one is waited for, and silence is unreachable`() async throws {
        let simulator = try Simulator()
        defer { simulator.stop() }
        let rack = try await Self.rack(
            simulator, ["stuck": "apc_ap7900-stuck", "slow": "apc_ap7900-slow"])
        defer { rack.stop() }
        let stuck = try rack.pductl("off", "stuck/1", "--yes")
        #expect(stuck.code == 8, "\(stuck.output)")
        let slow = try rack.pductl("off", "slow/1", "--yes")
        #expect(slow.code == 0, "\(slow.output)")
        simulator.stop()
        let silent = try rack.pductl("off", "slow/2", "--yes")
        #expect(silent.code == 5, "\(silent.output)")
    }
}
