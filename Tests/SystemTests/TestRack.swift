import Foundation

/// A running daemon on an emulated rack whose times are short, in a folder of its own.
final class TestRack: Sendable {
    let folder: URL
    let journal = Tool.Journal()
    let port: Int
    private let daemon: Tool

    /// Starts the daemon with `yaml` as its configuration and waits until it listens; it may have so many files open.
    init(_ yaml: String, openFiles: Int? = nil) async throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: "upsd-swift-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        let file = self.folder.appending(path: "rack.yaml")
        try Data(yaml.utf8).write(to: file)
        let words = [Tool.products.appending(path: "upsd-swift").path, "--config", file.path]
        let limited = openFiles.map { ["-c", "ulimit -n \($0) && exec \"$@\"", "sh"] + words }
        self.daemon = try Tool(
            "daemon", limited == nil ? words[0] : "/bin/sh", limited ?? Array(words.dropFirst()), into: self.journal)
        guard let index = await self.journal.line("listening on 127.0.0.1:") else {
            throw Problem(what: "the daemon did not begin to listen", journal: self.journal.lines)
        }
        let digits = self.journal.lines[index].split(separator: "127.0.0.1:").last?.prefix(while: \.isNumber)
        self.port = digits.flatMap { Int($0) } ?? 0
    }

    struct Problem: Error, CustomStringConvertible {
        var what: String
        var journal: [String]

        var description: String { "\(self.what)\n\(self.journal.joined(separator: "\n"))" }
    }

    /// Runs our own command against this rack.
    @discardableResult
    func pductl(_ words: String...) throws -> (output: String, code: Int32) {
        try self.pductl(words)
    }

    /// The same with words from a table.
    @discardableResult
    func pductl(_ words: [String]) throws -> (output: String, code: Int32) {
        try Tool.run(
            Tool.products.appending(path: "pductl").path, words,
            environment: [
                "PDUCTL_SERVER": "127.0.0.1:\(self.port)", "PDUCTL_USER": "admin", "PDUCTL_PASSWORD": "secret",
                "NO_COLOR": "1",
            ])
    }

    /// Runs a stock client; `%` in a word becomes `127.0.0.1:PORT`.
    func stock(_ program: String, _ words: String...) throws -> (output: String, code: Int32) {
        try Tool.run(
            "/usr/bin/\(program)", words.map { $0.replacing("%", with: "127.0.0.1:\(self.port)") },
            environment: ["NUT_QUIET_INIT_SSL": "true"])
    }

    /// Runs the daemon's own program with other flags.
    func tool(_ words: String...) throws -> (output: String, code: Int32) {
        try Tool.run(Tool.products.appending(path: "upsd-swift").path, words)
    }

    /// Puts another text into the configuration file; the daemon is not told.
    func write(_ yaml: String) throws {
        try Data(yaml.utf8).write(to: self.folder.appending(path: "rack.yaml"))
    }

    /// Sends the daemon SIGHUP.
    func hangUp() {
        kill(self.daemon.pid, SIGHUP)
    }

    /// The daemon's process.
    var pid: Int32 { self.daemon.pid }

    /// How many files the daemon has open.
    var openFiles: Int {
        get throws { try FileManager.default.contentsOfDirectory(atPath: "/proc/\(self.daemon.pid)/fd").count }
    }

    /// How much memory the daemon holds.
    var residentKilobytes: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(self.daemon.pid)/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
        }
    }

    /// Waits for a line of the journal, or fails with the whole of it.
    @discardableResult
    func wait(for text: String, from start: Int = 0, limit: Int = 60) async throws -> Int {
        guard let index = await self.journal.line(text, from: start, limit: limit) else {
            throw Problem(what: "within \(limit) s nothing said \"\(text)\"", journal: self.journal.lines)
        }
        return index
    }

    /// Stops the daemon; returns its exit code.
    @discardableResult
    func stop() -> Int32 {
        let code = self.daemon.stop()
        try? FileManager.default.removeItem(at: self.folder)
        return code
    }
}
