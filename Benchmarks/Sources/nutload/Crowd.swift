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
    private var waiting = 0
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private let request = Question("VER")

    init(port: UInt16) throws(Failure) {
        self.port = port
        self.poller = try Poller()
    }

    deinit {
        for descriptor in self.descriptors { close(descriptor) }
    }

    /// How long clients wait for their answer: longer than anybody waits for a page.
    private static let patience: Int64 = 10_000_000_000
    /// How long those that had none go on trying, before the first that had one are silent for too long.
    private static let secondPatience: Int64 = 45_000_000_000
    /// As many at a time as a server takes whose backlog is short.
    private static let gentleCrowd = 8

    func run(clients: Int, watching: Int64, pid: Int) throws(Failure) -> Report {
        let memory = ProcessMemory.resident(pid)
        let start = Clock.now
        for index in 0..<clients {
            self.descriptors.append(-1)
            self.steps.append(.failed)
            try self.begin(index)
            // Answers are taken while others connect, as clients do that are not one process.
            if index % 64 == 63 { try self.poll(until: Clock.now) }
        }
        try self.await(until: start + Self.patience)
        let (seconds, answered) = (Double(Clock.now - start) / 1e9, self.answered)
        try self.comeAgain(until: Clock.now + Self.secondPatience)
        var report = Report()
        report.add("seconds", seconds)
        report.add("answered", answered)
        report.add("unanswered", clients - answered)
        report.add("present", self.answered)
        try self.watch(watching, pid, &report)
        report.add("kb_per_client", Double(ProcessMemory.resident(pid) - memory) / Double(max(self.answered, 1)))
        return report
    }

    private var answered: Int { self.steps.count { $0 == .answered } }

    private func begin(_ index: Int) throws(Failure) {
        self.descriptors[index] = try Socket.connect(port: self.port, index: index + 1)
        self.steps[index] = .connecting
        self.waiting += 1
        try self.poller.watch(self.descriptors[index], as: index, writing: true)
    }

    private func await(until deadline: Int64) throws(Failure) {
        while self.waiting > 0, Clock.now < deadline { try self.poll(until: Clock.now + 1_000_000) }
    }

    /// Lets those that had no answer come again, a few at a time, so that what follows has its crowd.
    private func comeAgain(until deadline: Int64) throws(Failure) {
        let missing = self.steps.indices.filter { self.steps[$0] != .answered }
        for index in missing { close(self.descriptors[index]) }
        self.waiting = 0
        for first in stride(from: 0, to: missing.count, by: Self.gentleCrowd) where Clock.now < deadline {
            let few = missing[first..<min(first + Self.gentleCrowd, missing.count)]
            for index in few { try self.begin(index) }
            try self.await(until: deadline)
        }
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
                if count > 0, self.buffer.starts(with: Array("Network".utf8)) {
                    self.steps[index] = .answered
                    self.waiting -= 1
                } else if count > 0 {
                    self.fail(index)
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
        self.waiting -= 1
        self.poller.forget(self.descriptors[index])
    }
}
