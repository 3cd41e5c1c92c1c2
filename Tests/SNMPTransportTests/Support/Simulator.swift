import Foundation
import Glibc
import PowerCore
import SNMPTables
import SNMPTransport
import Testing

/// The simulator snmpsim, which nobody here wrote, with devices that the tests make up.
///
/// `UPSD_TEST_SNMPSIM` names the folder of a Python environment with snmpsim, pysmi and cryptography.
final class Simulator: Sendable {
    static let environment = ProcessInfo.processInfo.environment["UPSD_TEST_SNMPSIM"] ?? ""
    static var program: String { "\(Self.environment)/bin/snmpsim-command-responder" }

    /// Why the tests cannot run; nil where they can.
    static var obstacle: String? {
        FileManager.default.isExecutableFile(atPath: Self.program)
            ? nil : "UPSD_TEST_SNMPSIM names no Python environment with snmpsim"
    }

    /// A user of SNMPv3, in snmpsim's words and ours.
    struct User: Sendable {
        var name: String
        var digest: (String, SNMPUser.Digest)
        var cipher: (String, SNMPUser.Cipher)?
        var passwords = ("authpass123", "privpass123")

        /// Who we are.
        var ours: SNMPUser {
            SNMPUser(
                name: self.name, authentication: .init(digest: self.digest.1, password: self.passwords.0),
                privacy: self.cipher.map { .init(cipher: $0.1, password: self.passwords.1) }, context: "lab")
        }

        var arguments: [String] {
            let proof = [
                "--v3-user=\(self.name)", "--v3-auth-key=\(self.passwords.0)", "--v3-auth-proto=\(self.digest.0)",
            ]
            guard let cipher = self.cipher else { return proof }
            return proof + ["--v3-priv-key=\(self.passwords.1)", "--v3-priv-proto=\(cipher.0)"]
        }
    }

    let port: Int
    private let folder: URL
    private let program: ForeignProgram

    /// Starts a simulator and waits until it answers.
    init(users: [User] = [], engine: String? = nil, port: Int? = nil) async throws {
        self.port = try port ?? FakeAgent.freePort()
        self.folder = FileManager.default.temporaryDirectory.appending(path: "snmp-test-\(UUID().uuidString)")
        try Self.writeDevices(to: self.folder)
        let user = String(cString: getpwuid(geteuid()).pointee.pw_name)
        let group = String(cString: getgrgid(getegid()).pointee.gr_name)
        self.program = try ForeignProgram(
            Self.program,
            [
                "--cache-dir=\(self.folder.path)/cache", "--process-user=\(user)", "--process-group=\(group)",
                "--logging-method=null",
            ] + (engine.map { ["--v3-engine-id=\($0)"] } ?? []) + ["--data-dir=\(self.folder.path)/data"]
                + users.flatMap(\.arguments) + ["--agent-udpv4-endpoint=127.0.0.1:\(self.port)"])
        try await self.waitUntilItAnswers()
    }

    /// Ends it.
    func stop() {
        self.program.stop()
        try? FileManager.default.removeItem(at: self.folder)
    }

    func agent(_ access: SNMPOptions.Access, timeout: Duration = .seconds(5), retries: Int = 2) -> SNMPAgent {
        SNMPAgent(
            SNMPOptions(host: "127.0.0.1", port: self.port, access: access, timeout: timeout, retries: retries))
    }

    private func waitUntilItAnswers() async throws {
        let agent = self.agent(.v2c(read: "lab", write: "lab"), timeout: .milliseconds(200), retries: 0)
        let start = ContinuousClock.now
        while (try? await agent.get([Lab.name])) == nil {
            try #require(
                self.program.isRunning && ContinuousClock.now - start < .seconds(60), "snmpsim does not answer")
            // A port at which nobody listens yet says so at once.
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// One device, opened with the community or context `lab`.
    private static func writeDevices(to folder: URL) throws {
        let data = folder.appending(path: "data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        let column = (1...45).map { "\(Lab.column).\($0)|2|\($0)" }
        let lines =
            ["\(Lab.name)|4|lab pdu", "\(Lab.time)|67|123456", "\(Lab.kind)|6|1.3.6.1.4.1.318.1.3.4.5"] + column
            + ["\(Lab.switch)|2:writecache|value=1", "\(Lab.counter)|70|18446744073709551615"]
        let text = lines.joined(separator: "\n") + "\n"
        try text.write(to: data.appending(path: "lab.snmprec"), atomically: true, encoding: .utf8)
    }
}

/// The device that the simulator shows.
enum Lab {
    static let name = oid("1.3.6.1.2.1.1.1.0")
    static let kind = oid("1.3.6.1.2.1.1.2.0")
    static let time = oid("1.3.6.1.2.1.1.3.0")
    /// 45 rows, the value of each its number.
    static let column = oid("1.3.6.1.4.1.99999.1.1")
    /// An integer that can be set.
    static let `switch` = oid("1.3.6.1.4.1.99999.2.1.0")
    static let counter = oid("1.3.6.1.4.1.99999.3.1.0")
    static let missing = oid("1.3.6.1.4.1.99999.9.1.0")

    static func row(_ number: Int) -> OID { oid("\(Self.column).\(number)") }
}

/// A name that is one.
func oid(_ text: String) -> OID {
    guard let oid = OID(text) else { fatalError("\(text) is no name") }
    return oid
}

/// Simulators for all tests of a suite, started once.
struct Simulators: SuiteTrait, TestScoping {
    struct All: Sendable {
        /// With the users of every kind.
        var main: Simulator
        /// Two with the same engine and the same user, but other passwords.
        var twins: [Simulator]
    }

    @TaskLocal static var current: All?

    static let users = [
        Simulator.User(name: "shaaes", digest: ("SHA", .sha), cipher: ("AES", .aes128)),
        Simulator.User(name: "md5des", digest: ("MD5", .md5), cipher: ("DES", .des)),
        Simulator.User(name: "sha256aes", digest: ("SHA256", .sha256), cipher: ("AES", .aes128)),
        Simulator.User(name: "sha224", digest: ("SHA224", .sha224), cipher: nil),
        Simulator.User(name: "sha384aes192c", digest: ("SHA384", .sha384), cipher: ("AES192", .aes192c)),
        Simulator.User(name: "sha512aes256", digest: ("SHA512", .sha512), cipher: ("AES256BLMT", .aes256)),
        Simulator.User(name: "shaaes192", digest: ("SHA", .sha), cipher: ("AES192BLMT", .aes192)),
        Simulator.User(name: "md5aes256c", digest: ("MD5", .md5), cipher: ("AES256", .aes256c)),
    ]

    static let twins = [("twinpass1", "twinpriv1"), ("twinpass2", "twinpriv2")].map {
        Simulator.User(name: "twin", digest: ("SHA", .sha), cipher: ("AES", .aes128), passwords: $0)
    }

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard Simulator.obstacle == nil else { return }
        async let main = Simulator(users: Self.users)
        async let first = Simulator(users: [Self.twins[0]], engine: "8000000001020304")
        async let second = Simulator(users: [Self.twins[1]], engine: "8000000001020304")
        let all = try await All(main: main, twins: [first, second])
        let outcome = await Self.$current.withValue(all) { await Self.outcome(function) }
        for simulator in [all.main] + all.twins { simulator.stop() }
        try outcome.get()
    }
}

extension Simulators {
    private static func outcome(
        _ function: @concurrent @Sendable () async throws -> Void
    ) async -> Result<Void, any Error> {
        do {
            return .success(try await function())
        } catch {
            return .failure(error)
        }
    }
}

extension Trait where Self == Simulators {
    static var simulators: Simulators { Simulators() }
}
