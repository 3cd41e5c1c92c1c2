import Foundation

/// NUT's directories in a folder of their own, with our server under the name of NUT's and Debian's drivers beside it.
final class NUTHome: Sendable {
    static let dummyUPS = "/lib/nut/dummy-ups"

    static var isPossible: Bool {
        ["/usr/bin/upsc", "/usr/bin/upsrw", Self.dummyUPS].allSatisfy(FileManager.default.isExecutableFile)
    }

    let folder: URL
    let port: Int
    let journal = Tool.Journal()

    /// Makes the folders; `ups` is ups.conf, and `server` is what upsd.conf has besides where to listen.
    init(ups: String, server: String = "", users: String = "") throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: "nut-\(UUID().uuidString.prefix(8))")
        self.port = try Self.freePort()
        for name in ["etc", "run", "bin"] {
            try FileManager.default.createDirectory(
                at: self.folder.appending(path: name), withIntermediateDirectories: true)
        }
        try FileManager.default.createSymbolicLink(
            at: self.folder.appending(path: "bin/upsd"), withDestinationURL: Tool.products.appending(path: "upsd-swift")
        )
        try self.write("ups.conf", ups)
        try self.write("upsd.conf", "LISTEN 127.0.0.1 \(self.port)\n\(server)")
        try self.write("upsd.users", users)
    }

    /// A port that nobody had a moment ago: NUT's files name theirs.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(descriptor, address, length) == 0, getsockname(descriptor, address, &length) == 0 else {
                    throw TestRack.Problem(what: "no port is free", journal: [])
                }
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
    }

    var environment: [String: String] {
        [
            "NUT_CONFPATH": self.folder.appending(path: "etc").path, "NUT_STATEPATH": self.state.path,
            "NUT_ALTPIDPATH": self.state.path, "NUT_QUIET_INIT_SSL": "true",
        ]
    }

    var state: URL { self.folder.appending(path: "run") }

    private var server: String { self.folder.appending(path: "bin/upsd").path }

    func write(_ name: String, _ text: String) throws {
        let file = self.folder.appending(path: "etc/\(name)")
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    }

    /// Runs the server to its end, or until it has gone to the back.
    func upsd(_ words: String...) throws -> (output: String, code: Int32) {
        try Tool.run(self.server, words, environment: self.environment)
    }

    /// Starts the server in front and waits until it listens.
    func start() async throws -> Tool {
        let server = try Tool(
            "upsd", self.server, ["-F", "-u", "root"], environment: self.environment, into: self.journal)
        guard await self.journal.line("listening on 127.0.0.1 port \(self.port)") != nil else {
            server.kill()
            throw TestRack.Problem(what: "the server did not begin to listen", journal: self.journal.lines)
        }
        return server
    }

    /// Starts a driver for the section `name`.
    func driver(_ name: String) throws -> Tool {
        try Tool(
            "driver", Self.dummyUPS, ["-a", name, "-u", "root", "-F"], environment: self.environment, into: self.journal
        )
    }

    /// Runs a stock client; `%` in a word becomes `127.0.0.1:PORT`.
    func stock(_ program: String, _ words: String...) throws -> (output: String, code: Int32) {
        try Tool.run(
            "/usr/bin/\(program)", words.map { $0.replacing("%", with: "127.0.0.1:\(self.port)") },
            environment: self.environment)
    }

    /// Waits until stock `upsc` says `text` of what `words` name.
    func shows(_ text: String, _ words: String...) async throws {
        var last = ""
        for _ in 0..<300 {
            last = try Tool.run(
                "/usr/bin/upsc", words.map { $0.replacing("%", with: "127.0.0.1:\(self.port)") },
                environment: self.environment
            ).output
            if last.contains(text) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw TestRack.Problem(
            what: "\(words.joined(separator: " ")) never said \(text), but \(last)", journal: self.journal.lines)
    }

    func remove() {
        try? FileManager.default.removeItem(at: self.folder)
    }
}
