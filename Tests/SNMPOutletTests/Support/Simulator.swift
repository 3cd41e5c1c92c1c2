import Foundation
import SNMPTables
import SNMPTransport
import Testing

/// The simulator snmpsim, which nobody here wrote, with recordings whose outlets can be switched.
///
/// `UPSD_TEST_SNMPSIM` names the folder of a Python environment with snmpsim, pysmi and cryptography.
final class Simulator: Sendable {
    static let environment = ProcessInfo.processInfo.environment["UPSD_TEST_SNMPSIM"] ?? ""
    static var program: String { "\(Self.environment)/bin/snmpsim-command-responder" }

    /// Whether the tests can run.
    static var isPresent: Bool {
        FileManager.default.isExecutableFile(atPath: Self.program)
            && FileManager.default.fileExists(atPath: SimulatedPDU.shared.path)
    }

    let port: Int
    private let folder: URL
    private let process: Process

    /// Starts a simulator of these devices by community, and waits until it answers.
    init(_ devices: [String: String]) async throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: "snmp-outlets-\(UUID().uuidString)")
        let data = self.folder.appending(path: "data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        for (community, text) in devices {
            try text.write(to: data.appending(path: "\(community).snmprec"), atomically: true, encoding: .utf8)
        }
        self.port = try Self.freePort()
        self.process = Process()
        self.process.executableURL = URL(filePath: Self.program)
        self.process.arguments = Self.arguments(folder: self.folder.path, port: self.port)
        self.process.standardOutput = FileHandle.nullDevice
        self.process.standardError = FileHandle.nullDevice
        try self.process.run()
        try await self.waitUntilItAnswers(try #require(devices.keys.first))
    }

    /// The users of SNMPv3, all with the same passwords.
    static let users = [("shaaes", "SHA", "AES"), ("md5des", "MD5", "DES"), ("sha256aes", "SHA256", "AES")]

    private static func arguments(folder: String, port: Int) -> [String] {
        let user = NSUserName()
        let users = self.users.flatMap { name, digest, cipher in
            [
                "--v3-user=\(name)", "--v3-auth-key=authpass123", "--v3-auth-proto=\(digest)",
                "--v3-priv-key=privpass123", "--v3-priv-proto=\(cipher)",
            ]
        }
        let variations = [SimulatedPDU.shared.appending(path: "variation").path]
        return [
            "--data-dir=\(folder)/data", "--cache-dir=\(folder)/cache", "--process-user=\(user)",
            "--process-group=root", "--logging-method=null", "--agent-udpv4-endpoint=127.0.0.1:\(port)",
        ] + variations.map { "--variation-modules-dir=\($0)" } + users
    }

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

    private func waitUntilItAnswers(_ community: String) async throws {
        let agent = self.agent(.v2c(read: community, write: community), timeout: .milliseconds(300), retries: 0)
        let name = try #require(OID("1.3.6.1.2.1.1.1.0"))
        let start = ContinuousClock.now
        while (try? await agent.get([name])) == nil {
            try #require(
                self.process.isRunning && ContinuousClock.now - start < .seconds(120), "snmpsim does not answer")
            // A port at which nobody listens yet says so at once.
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    func agent(_ access: SNMPOptions.Access, timeout: Duration = .seconds(3), retries: Int = 2) -> SNMPAgent {
        SNMPAgent(
            SNMPOptions(host: "127.0.0.1", port: self.port, access: access, timeout: timeout, retries: retries))
    }

    /// Ends it.
    func stop() {
        kill(self.process.processIdentifier, SIGKILL)
        self.process.waitUntilExit()
        try? FileManager.default.removeItem(at: self.folder)
    }
}
