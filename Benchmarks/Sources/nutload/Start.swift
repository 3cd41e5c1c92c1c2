internal import Glibc

/// Starts a server and looks how long it takes until it answers, what it uses while nothing happens, and how long it
/// takes to end.
struct Start {
    let port: UInt16
    let devices: Int
    let command: [String]
    /// Where the server's own words go.
    let log: String

    /// How long a server may take to show all its devices.
    private static let patience: Int64 = 30_000_000_000
    /// Devices that are asked for.
    private static let sample = 20
    /// How long to wait before asking again: a hundredth of what is measured.
    private static let pause: UInt32 = 100

    func run(settling: Int64, watching: Int64) throws(Failure) -> Report {
        let start = Clock.now
        let pid = try self.spawn()
        defer { kill(pid, SIGKILL) }
        let first = try self.awaitData(of: 0, until: start + Self.patience)
        let firstAt = Clock.now
        // Servers begin with the first device. Asking for each would take longer than what is measured.
        for device in stride(from: self.devices - 1, to: 0, by: -max(1, self.devices / Self.sample)) {
            try self.awaitData(of: device, on: first, until: start + Self.patience)
        }
        let lastAt = Clock.now
        close(first)
        usleep(UInt32(settling / 1000))
        let before = ProcessTimes(Int(pid))
        usleep(UInt32(watching / 1000))
        let after = ProcessTimes(Int(pid))
        var report = Report()
        report.add("first_ms", Double(firstAt - start) / 1e6)
        report.add("all_ms", Double(lastAt - start) / 1e6)
        if let before, let after, after.at > before.at {
            report.add("idle_us_s", Double(after.cpu - before.cpu) / Double(after.at - before.at) * 1e6)
        }
        report.add("rss_kb", ProcessMemory.resident(Int(pid)))
        report.add("private_kb", ProcessMemory.ownDirty(Int(pid)))
        report.add("stop_ms", Self.stop(pid))
        return report
    }

    /// Connects until there is somebody, and asks until it has data.
    private func awaitData(of device: Int, until deadline: Int64) throws(Failure) -> Int32 {
        while Clock.now < deadline {
            if let connection = try? Socket.connectBlocking(port: self.port) {
                try self.awaitData(of: device, on: connection, until: deadline)
                return connection
            }
            usleep(Self.pause)
        }
        throw Failure("the server does not answer; see \(self.log)")
    }

    private func awaitData(of device: Int, on connection: Int32, until deadline: Int64) throws(Failure) {
        let request = Array("GET VAR ups\(device) ups.status\n".utf8)
        var buffer = [UInt8](repeating: 0, count: 1024)
        while Clock.now < deadline {
            guard send(connection, request, request.count, 0) == request.count,
                case let count = recv(connection, &buffer, buffer.count, 0), count > 0
            else { throw .system("GET VAR") }
            if buffer.starts(with: Array("VAR ".utf8)) { return }
            usleep(Self.pause)
        }
        throw Failure("ups\(device) has no data; see \(self.log)")
    }

    private func spawn() throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, self.log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var words = self.command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        guard let program = self.command.first,
            posix_spawn(&pid, program, &actions, nil, &words, environ) == 0
        else { throw Failure("cannot start \(self.command)") }
        return pid
    }

    /// Ends the server as an init system does; the milliseconds it took, nil where it had to be killed.
    private static func stop(_ pid: pid_t) -> Double? {
        let start = Clock.now
        kill(pid, SIGTERM)
        while Clock.now - start < 5_000_000_000 {
            if waitpid(pid, nil, WNOHANG) == pid { return Double(Clock.now - start) / 1e6 }
            usleep(Self.pause)
        }
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
        return nil
    }
}
