import Foundation
import PowerCore
import SNMPTables
import SNMPTransport
import Testing

/// net-snmp's own agent `snmpd`, as small devices have it built in.
final class NetSNMPAgent: Sendable {
    static let program = "/usr/sbin/snmpd"

    /// Why the tests cannot run; nil where they can.
    static var obstacle: String? {
        FileManager.default.isExecutableFile(atPath: Self.program) ? nil : "snmpd is not installed (Debian: snmpd)"
    }

    /// Somebody whom the agent knows.
    static let user = SNMPUser(
        name: "lab", authentication: .init(digest: .sha512, password: "authpass123"),
        privacy: .init(cipher: .aes256c, password: "privpass123"))

    let port: Int
    private let folder: URL
    private let process: ForeignProgram

    /// Starts an agent that has begun `starts` times before, and waits until it answers.
    init(port: Int? = nil, starts: Int = 0) async throws {
        self.port = try port ?? FakeAgent.freePort()
        self.folder = FileManager.default.temporaryDirectory.appending(path: "snmp-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        try Self.write(
            """
            agentaddress udp:127.0.0.1:\(self.port)
            rocommunity public
            rwcommunity private
            exactEngineID 0x8000000001020304
            createUser lab SHA-512 authpass123 AES-256-C privpass123
            rwuser lab
            createUser open
            rouser open noauth
            sysName box
            """, to: "own.conf", in: self.folder)
        // What it keeps from one start to the next.
        try Self.write("engineBoots \(starts)\noldEngineID 0x8000000001020304\n", to: "snmpd.conf", in: self.folder)
        let path = self.folder.path
        self.process = try ForeignProgram(
            Self.program, ["-f", "-C", "-c", "\(path)/own.conf,\(path)/snmpd.conf", "-Lf", "/dev/null"],
            ["SNMP_PERSISTENT_DIR": path, "SNMPCONFPATH": path, "MIBS": ""])
        try await self.waitUntilItAnswers()
    }

    /// Ends it.
    func stop() {
        self.process.stop()
        try? FileManager.default.removeItem(at: self.folder)
    }

    func agent(_ access: SNMPOptions.Access, timeout: Duration = .seconds(5), retries: Int = 1) -> SNMPAgent {
        SNMPAgent(
            SNMPOptions(host: "127.0.0.1", port: self.port, access: access, timeout: timeout, retries: retries))
    }

    /// How often it has begun (RFC 3411, snmpEngineBoots).
    func starts() async throws -> SNMPValue? {
        try await self.agent(.v2c(read: "public", write: "")).get([oid("1.3.6.1.6.3.10.2.1.2.0")]).first
    }

    private static func write(_ text: String, to name: String, in folder: URL) throws {
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }

    private func waitUntilItAnswers() async throws {
        let agent = self.agent(.v2c(read: "public", write: ""), timeout: .milliseconds(200), retries: 0)
        let start = ContinuousClock.now
        while (try? await agent.get([Lab.name])) == nil {
            try #require(self.process.isRunning && ContinuousClock.now - start < .seconds(60), "snmpd does not answer")
            // A port at which nobody listens yet says so at once.
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
