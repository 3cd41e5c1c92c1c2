import Foundation
import Synchronization

/// A program that a test runs, and what it says, line by line.
final class Tool: Sendable {
    /// What happened in a test, from all its programs, in the order in which it became known.
    final class Journal: Sendable {
        private struct State {
            var lines: [String] = []
            var waiting: [(wanted: String, from: Int, resume: @Sendable (Int?) -> Void)] = []
        }

        private let state = Mutex(State())

        var lines: [String] { self.state.withLock { $0.lines } }

        func note(_ line: String) {
            let (index, ready) = self.state.withLock { state in
                state.lines.append(line)
                let ready = state.waiting.filter { line.contains($0.wanted) }
                state.waiting.removeAll { line.contains($0.wanted) }
                return (state.lines.count - 1, ready)
            }
            for waiter in ready { waiter.resume(index) }
        }

        /// The index of the first line from `start` on that contains `wanted`, waiting for it; nil after `limit` seconds.
        func line(_ wanted: String, from start: Int = 0, limit: Int = 60) async -> Int? {
            let once = Mutex<CheckedContinuation<Int?, Never>?>(nil)
            let resume: @Sendable (Int?) -> Void = { index in
                once.withLock { waiting in
                    defer { waiting = nil }
                    return waiting
                }?.resume(returning: index)
            }
            let giveUp = Task {
                try await Task.sleep(for: .seconds(limit))
                resume(nil)
            }
            defer { giveUp.cancel() }
            return await withCheckedContinuation { continuation in
                once.withLock { $0 = continuation }
                let found = self.state.withLock { state -> Int? in
                    let index = state.lines.indices.first { $0 >= start && state.lines[$0].contains(wanted) }
                    if index == nil { state.waiting.append((wanted, start, resume)) }
                    return index
                }
                if let found { resume(found) }
            }
        }

        /// Where a line that contains `wanted` stands, without waiting.
        func index(of wanted: String) -> Int? {
            self.lines.firstIndex { $0.contains(wanted) }
        }
    }

    /// The folder of the products under test, that of the running test.
    static let products: URL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    private let process = Process()

    /// Starts `path` and notes what it says on either output, each line with `name` in front; `ended` is told when it
    /// has ended, be it by itself.
    init(
        _ name: String, _ path: String, _ arguments: [String], environment: [String: String] = [:],
        into journal: Journal, ended: (@Sendable () -> Void)? = nil
    )
        throws
    {
        let pipe = Pipe()
        self.process.executableURL = URL(fileURLWithPath: path)
        self.process.arguments = arguments
        self.process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        self.process.standardOutput = pipe
        self.process.standardError = pipe
        self.process.standardInput = FileHandle.nullDevice
        Self.follow(pipe.fileHandleForReading, name, journal)
        if let ended { self.process.terminationHandler = { _ in ended() } }
        try self.process.run()
    }

    /// Notes what comes through `handle` until its end, on a thread of its own: a line at a time, in order. `heard` is
    /// told each line after it was noted.
    static func follow(
        _ handle: FileHandle, _ name: String, _ journal: Journal, heard: (@Sendable (String) -> Void)? = nil
    ) {
        Thread.detachNewThread {
            var rest: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(handle.fileDescriptor, &part, part.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                rest += part.prefix(count)
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: rest[..<end], as: UTF8.self)
                    journal.note("\(name): \(line)")
                    heard?(line)
                    rest.removeSubrange(...end)
                }
            }
        }
    }

    var isRunning: Bool { self.process.isRunning }

    var pid: Int32 { self.process.processIdentifier }

    /// Asks the program to end, and waits for it.
    @discardableResult
    func stop() -> Int32 {
        if self.process.isRunning { self.process.terminate() }
        self.process.waitUntilExit()
        return self.process.terminationStatus
    }

    /// Ends the program without asking: started from a test's thread, it may have every other signal blocked.
    func kill() {
        if self.process.isRunning { Foundation.kill(self.process.processIdentifier, SIGKILL) }
        self.process.waitUntilExit()
    }

    /// Runs a program to its end and returns its output (both channels) and exit code.
    static func run(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws -> (
        output: String, code: Int32
    ) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), process.terminationStatus)
    }
}
