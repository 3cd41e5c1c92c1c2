internal import CSystem
internal import Glibc

/// Short sessions, so many at a time: connect, ask once, `LOGOUT`, and be gone; then the next.
final class Storm {
    /// What a session waits for.
    private enum Step {
        case connection, answer, farewell
    }

    private struct Visit {
        var descriptor: Int32
        var step = Step.connection
        var startedAt: Int64
        var scanner = ReplyScanner()
    }

    private let port: UInt16
    private let poller: Poller
    private let question: Question
    private let farewell = Question("LOGOUT")
    private var visits: [Visit] = []
    private var started = 0
    private var failed = 0
    private var latencies = Latencies()
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private var isOver = false

    init(port: UInt16, question: String) throws(Failure) {
        self.port = port
        self.poller = try Poller()
        self.question = Question(question)
    }

    /// Visits for a time, or a number of visits, and lets those that have begun end.
    func run(atOnce: Int, nanoseconds: Int64, atMost limit: Int, pid: Int) throws(Failure) -> Report {
        let before = ProcessTimes(pid)
        let start = Clock.now
        for index in 0..<min(atOnce, limit) {
            self.visits.append(try self.makeVisit())
            try self.poller.watch(self.visits[index].descriptor, as: index, writing: true)
        }
        var open = self.visits.count
        while open > 0, Clock.now - start < nanoseconds + Self.patience {
            try self.poller.wait(until: Clock.now + 100_000_000) { index throws(Failure) in
                guard self.visits[index].descriptor >= 0, try self.step(index) else { return }
                close(self.visits[index].descriptor)
                self.visits[index].descriptor = -1
                guard Clock.now - start < nanoseconds, self.started < limit else { return open -= 1 }
                self.visits[index] = try self.makeVisit()
                try self.poller.watch(self.visits[index].descriptor, as: index, writing: true)
            }
        }
        let seconds = Double(Clock.now - start) / 1e9
        for visit in self.visits where visit.descriptor >= 0 {
            self.latencies.add(Clock.now - visit.startedAt)
            close(visit.descriptor)
        }
        var report = Report()
        report.add("sessions", self.latencies.count)
        report.add("failed", self.failed + open)
        report.add("rate", Double(self.latencies.count) / seconds)
        if let before, let after = ProcessTimes(pid) {
            report.add("cpu_us", Double(after.cpu - before.cpu) / 1000 / Double(max(self.latencies.count, 1)))
        }
        report.add(&self.latencies)
        return report
    }

    /// How long sessions that have begun may go on when the time is over: SYNs that were lost come back after seconds.
    private static let patience: Int64 = 8_000_000_000

    private func makeVisit() throws(Failure) -> Visit {
        self.started += 1
        let startedAt = Clock.now
        return Visit(descriptor: try Socket.connect(port: self.port, index: self.started), startedAt: startedAt)
    }

    /// Goes on with a session; true when it is over.
    private func step(_ index: Int) throws(Failure) -> Bool {
        let descriptor = self.visits[index].descriptor
        switch self.visits[index].step {
        case .connection:
            guard Socket.error(of: descriptor) == 0, self.say(self.question, descriptor) else {
                self.failed += 1
                return true
            }
            self.visits[index].step = .answer
            try self.poller.change(descriptor, as: index, writing: false)
        case .answer, .farewell:
            let count = recv(descriptor, &self.buffer, self.buffer.count, 0)
            guard count > 0 else {
                if count < 0, errno == EAGAIN { return false }
                self.failed += 1
                return true
            }
            return self.hear(index, count)
        }
        return false
    }

    private func hear(_ index: Int, _ count: Int) -> Bool {
        let isAnswer = self.visits[index].step == .answer
        let question = isAnswer ? self.question : self.farewell
        let complete = self.buffer.withUnsafeBytes { bytes in
            self.visits[index].scanner.take(UnsafeRawBufferPointer(rebasing: bytes[..<count])) { _ in question.isList }
        }
        guard complete > 0 else { return false }
        if isAnswer {
            self.visits[index].step = .farewell
            return !self.say(self.farewell, self.visits[index].descriptor)
        }
        self.latencies.add(Clock.now - self.visits[index].startedAt)
        return true
    }

    private func say(_ question: Question, _ descriptor: Int32) -> Bool {
        send(descriptor, question.bytes, question.bytes.count, 0) == question.bytes.count
    }
}
