import Foundation

/// The helper as a process of its own, as a rule on a disk that nobody else sees.
final class HelperProcess {
    private let process = Process()
    private let orders = Pipe()
    private let answers = Pipe()
    private var buffer = Data()

    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "EventStoreHelper").path

    /// Whether this user may mount, which the tests with real disks need.
    static let canMount: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/unshare")
        process.arguments = ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Starts the helper, after `preparation` in a shell that has mounts of its own.
    init(_ mode: String, _ path: String, preparation: String? = nil) throws {
        if let preparation {
            self.process.executableURL = URL(filePath: "/usr/bin/unshare")
            let script = "{ \(preparation); } >&2 && exec \"$0\" \(mode) '\(path)'"
            self.process.arguments = ["-m", "sh", "-c", script, Self.program]
        } else {
            self.process.executableURL = URL(filePath: Self.program)
            self.process.arguments = [mode, path]
        }
        self.process.standardInput = self.orders
        self.process.standardOutput = self.answers
        self.process.standardError = FileHandle.nullDevice
        try self.process.run()
    }

    deinit {
        if self.process.isRunning { self.kill() }
    }

    var processID: Int32 { self.process.processIdentifier }

    /// Gives an order and returns the line it is answered with; nil when the helper is gone.
    func order(_ line: String) throws -> String? {
        try self.orders.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
        return self.line()
    }

    func send(_ line: String) throws {
        try self.orders.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
    }

    /// The next line; nil when the helper is gone.
    func line() -> String? {
        while true {
            if let end = self.buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { self.buffer = Data(self.buffer[(end + 1)...]) }
                return String(decoding: self.buffer[..<end], as: UTF8.self)
            }
            let part = self.answers.fileHandleForReading.availableData
            guard !part.isEmpty else { return nil }
            self.buffer.append(part)
        }
    }

    /// Ends it as a power cut would, without a chance to tidy up.
    func kill() {
        Foundation.kill(self.process.processIdentifier, SIGKILL)
        self.process.waitUntilExit()
    }

    /// Runs a command where the helper's mounts are seen; true when it succeeded.
    func beside(_ command: String) throws -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/nsenter")
        process.arguments = ["-t", "\(self.processID)", "-m", "sh", "-c", command]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
