internal import Glibc

/// Thousands of clients that come at once, ask once and stay silent; then one active client among them.
final class Crowd {
    private enum Step {
        case connecting, asking, answered, failed
    }

    private let port: UInt16
    private let poller: Poller
    private var descriptors: [Int32] = []
    private var steps: [Step] = []
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private let request = Question("VER")

    init(port: UInt16) throws(Failure) {
        self.port = port
        self.poller = try Poller()
    }

    deinit {
        for descriptor in self.descriptors { close(descriptor) }
    }

    /// How long clients wait for their answer.
    private static let patience: Int64 = 20_000_000_000

    func run(clients: Int, watching: Int64, pid: Int) throws(Failure) -> Report {
        let memory = ProcessMemory.resident(pid)
        let start = Clock.now
        for index in 0..<clients {
            self.descriptors.append(try Socket.connect(port: self.port, index: index + 1))
            self.steps.append(.connecting)
            try self.poller.watch(self.descriptors[index], as: index, writing: true)
            // Answers are taken while others connect, as clients do that are not one process.
            if index % 64 == 63 { try self.poll(until: Clock.now) }
        }
        var lastAnswer = start
        while self.steps.contains(where: { $0 == .connecting || $0 == .asking }), Clock.now < start + Self.patience {
            try self.poll(until: Clock.now + 50_000_000)
            lastAnswer = Clock.now
        }
        let answered = self.steps.count { $0 == .answered }
        var report = Report()
        report.add("seconds", Double(lastAnswer - start) / 1e9)
        report.add("answered", answered)
        report.add("unanswered", clients - answered)
        try self.watch(watching, pid, &report)
        report.add("kb_per_client", Double(ProcessMemory.resident(pid) - memory) / Double(max(answered, 1)))
        return report
    }

    /// What the crowd costs while it is silent, and what it costs the one that is not.
    private func watch(_ nanoseconds: Int64, _ pid: Int, _ report: inout Report) throws(Failure) {
        guard nanoseconds > 0 else { return }
        let before = ProcessTimes(pid)
        usleep(UInt32(nanoseconds / 1000))
        if let before, let after = ProcessTimes(pid) {
            report.add("idle_us_s", Double(after.cpu - before.cpu) / Double(after.at - before.at) * 1e6)
        }
        var latencies = Latencies()
        let descriptor = try Socket.connectBlocking(port: self.port)
        defer { close(descriptor) }
        let request = Question("GET VAR ups0 ups.status").bytes
        let end = Clock.now + nanoseconds
        while Clock.now < end {
            let sentAt = Clock.now
            guard send(descriptor, request, request.count, 0) == request.count,
                recv(descriptor, &self.buffer, self.buffer.count, 0) > 0
            else { throw .system("GET VAR") }
            latencies.add(Clock.now - sentAt)
        }
        report.add(&latencies)
    }

    private func poll(until deadline: Int64) throws(Failure) {
        try self.poller.wait(until: deadline) { index throws(Failure) in
            let descriptor = self.descriptors[index]
            switch self.steps[index] {
            case .connecting:
                let isConnected = Socket.error(of: descriptor) == 0
                guard isConnected,
                    send(descriptor, self.request.bytes, self.request.bytes.count, 0) == self.request.bytes.count
                else { return self.fail(index) }
                self.steps[index] = .asking
                try self.poller.change(descriptor, as: index, writing: false)
            case .asking:
                let count = recv(descriptor, &self.buffer, self.buffer.count, 0)
                if count > 0 {
                    self.steps[index] = self.buffer.starts(with: Array("Network".utf8)) ? .answered : .failed
                } else if count == 0 || errno != EAGAIN {
                    self.fail(index)
                }
            // It is closed by the server while it waits, or told something it did not ask for.
            case .answered, .failed: self.poller.forget(descriptor)
            }
        }
    }

    private func fail(_ index: Int) {
        self.steps[index] = .failed
        self.poller.forget(self.descriptors[index])
    }
}
