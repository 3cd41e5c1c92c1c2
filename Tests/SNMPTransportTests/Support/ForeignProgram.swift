import Foundation
import Glibc
import Synchronization

/// A program that nobody here wrote, run until it is stopped.
///
/// Not Foundation's `Process`: both programs close what they have inherited, which it takes for their end, and then no
/// other test of the process hears of an end of its own.
final class ForeignProgram: Sendable {
    /// The process; nil when it has ended.
    private let process: Mutex<pid_t?>

    init(_ path: String, _ arguments: [String], _ environment: [String: String] = [:]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let merged = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var variables = merged.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawn(&process, path, &actions, nil, &words, &variables)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        self.process = Mutex(process)
    }

    deinit {
        self.stop()
    }

    var isRunning: Bool {
        self.process.withLock { process in
            guard let running = process else { return false }
            if waitpid(running, nil, WNOHANG) != 0 { process = nil }
            return process != nil
        }
    }

    /// Ends it at once, so that its port is free.
    func stop() {
        self.process.withLock { process in
            guard let running = process else { return }
            kill(running, SIGKILL)
            waitpid(running, nil, 0)
            process = nil
        }
    }
}
