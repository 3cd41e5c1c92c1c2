import Foundation
import Glibc

/// A program that nobody here wrote, run until it is stopped.
///
/// Behind a shell: `snmpd` closes the descriptor by which Foundation notices that a child has ended, and Foundation would wait
/// for it until all other children are forgotten.
final class ForeignProgram: Sendable {
    private static let shell = "trap 'kill -9 $child' TERM; \"$0\" \"$@\" & child=$!; wait $child"

    private let process: Process
    private let ended: AsyncStream<Void>

    init(_ path: String, _ arguments: [String], _ environment: [String: String] = [:]) throws {
        let (ended, end) = AsyncStream<Void>.makeStream()
        self.ended = ended
        self.process = Process()
        self.process.executableURL = URL(filePath: "/bin/sh")
        self.process.arguments = ["-c", Self.shell, path] + arguments
        self.process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        self.process.standardInput = FileHandle.nullDevice
        self.process.standardOutput = FileHandle.nullDevice
        self.process.standardError = FileHandle.nullDevice
        self.process.terminationHandler = { _ in end.finish() }
        try self.process.run()
    }

    deinit {
        if self.isRunning { kill(self.process.processIdentifier, SIGTERM) }
    }

    var isRunning: Bool { self.process.isRunning }

    /// Ends it, so that its port is free.
    func stop() async {
        if self.isRunning { kill(self.process.processIdentifier, SIGTERM) }
        for await _ in self.ended {}
    }
}
