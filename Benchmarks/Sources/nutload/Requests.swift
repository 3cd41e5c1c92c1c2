internal import CSystem
internal import Glibc

/// Clients on kept connections, each of which asks again as soon as it has been answered.
final class Requests {
    /// One connection, with as many questions under way as wanted.
    private struct Client {
        let descriptor: Int32
        let questions: [Question]
        /// The question asked next.
        var next = 0
        var scanner = ReplyScanner()
        /// What has been asked and not been answered, in a ring: whether the answer is a list, and when it was asked.
        var areLists: [Bool]
        var askedAt: [Int64]
        var oldest = 0
        var open = 0
    }

    private let poller: Poller
    private var clients: [Client] = []
    private let acknowledgesAtOnce: Bool
    private let depth: Int
    private var asked: [UInt8] = []
    private var latencies = Latencies()
    private var replies = 0
    private var received = 0
    private var buffer = [UInt8](repeating: 0, count: 262_144)

    init(port: UInt16, count: Int, depth: Int, script: Script, acknowledgesAtOnce: Bool) throws(Failure) {
        self.poller = try Poller()
        self.acknowledgesAtOnce = acknowledgesAtOnce
        self.depth = depth
        for index in 0..<count {
            let descriptor = try Socket.connectBlocking(port: port, index: index)
            // One after the other: how a server takes a crowd is another question.
            try Socket.ask(descriptor, "VER")
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            self.clients.append(
                Client(
                    descriptor: descriptor, questions: script.questions(index),
                    areLists: Array(repeating: false, count: depth), askedAt: Array(repeating: 0, count: depth)))
            try self.poller.watch(descriptor, as: index, writing: false)
        }
    }

    deinit {
        for client in self.clients { close(client.descriptor) }
    }

    /// Asks for a time, after a warm-up that does not count.
    func run(warmUp: Int64, nanoseconds: Int64, pid: Int) throws(Failure) -> Report {
        for index in self.clients.indices { try self.ask(index, self.depth) }
        try self.poll(until: Clock.now + warmUp, atMost: .max)
        self.latencies = Latencies()
        (self.replies, self.received) = (0, 0)
        let before = ProcessTimes(pid)
        let start = Clock.now
        try self.poll(until: start + nanoseconds, atMost: .max)
        return self.report(since: start, before, ProcessTimes(pid))
    }

    /// Asks for a number of replies.
    func run(count: Int, pid: Int) throws(Failure) -> Report {
        let before = ProcessTimes(pid)
        let start = Clock.now
        for index in self.clients.indices { try self.ask(index, self.depth) }
        try self.poll(until: start + Int64(Options.longestSeconds * 1e9), atMost: count)
        return self.report(since: start, before, ProcessTimes(pid))
    }

    private func report(since start: Int64, _ before: ProcessTimes?, _ after: ProcessTimes?) -> Report {
        let seconds = Double(Clock.now - start) / 1e9
        // Who still waits has waited at least as long: else the slowest would not be counted.
        let waiting = self.clients.filter { $0.open > 0 }.map { Clock.now - $0.askedAt[$0.oldest] }.max() ?? 0
        var report = Report()
        report.add("replies", self.replies)
        report.add("errors", self.clients.reduce(0) { $0 + $1.scanner.errors })
        report.add("seconds", seconds)
        report.add("rate", Double(self.replies) / seconds)
        report.add("bytes", self.received)
        report.add(&self.latencies)
        report.add("waiting_us", Double(waiting) / 1000)
        if let before, let after, self.replies > 0 {
            report.add("cpu_us", Double(after.cpu - before.cpu) / 1000 / Double(self.replies))
        }
        return report
    }

    private func poll(until deadline: Int64, atMost limit: Int) throws(Failure) {
        while self.replies < limit, Clock.now < deadline {
            try self.poller.wait(until: deadline) { index throws(Failure) in try self.receive(index) }
        }
    }

    private func ask(_ index: Int, _ count: Int) throws(Failure) {
        self.asked.removeAll(keepingCapacity: true)
        let now = Clock.now
        for _ in 0..<count {
            let question = self.clients[index].questions[self.clients[index].next]
            self.asked += question.bytes
            self.clients[index].next = (self.clients[index].next + 1) % self.clients[index].questions.count
            let place = (self.clients[index].oldest + self.clients[index].open) % self.depth
            self.clients[index].areLists[place] = question.isList
            self.clients[index].askedAt[place] = now
            self.clients[index].open += 1
        }
        // As much has been answered, so there is room for all of it.
        guard send(self.clients[index].descriptor, self.asked, self.asked.count, 0) == self.asked.count else {
            throw .system("send")
        }
    }

    private func receive(_ index: Int) throws(Failure) {
        let descriptor = self.clients[index].descriptor
        let count = recv(descriptor, &self.buffer, self.buffer.count, 0)
        if self.acknowledgesAtOnce { Socket.set(descriptor, Int(IPPROTO_TCP), TCP_QUICKACK) }
        guard count > 0 else {
            if count < 0, errno == EAGAIN { return }
            throw Failure("the server closed a connection")
        }
        self.received += count
        let (depth, oldest) = (self.depth, self.clients[index].oldest)
        let answered = self.buffer.withUnsafeBytes { bytes in
            let areLists = self.clients[index].areLists
            return self.clients[index].scanner.take(UnsafeRawBufferPointer(rebasing: bytes[..<count])) {
                areLists[(oldest + $0) % depth]
            }
        }
        let now = Clock.now
        for place in 0..<answered { self.latencies.add(now - self.clients[index].askedAt[(oldest + place) % depth]) }
        self.replies += answered
        self.clients[index].oldest = (oldest + answered) % depth
        self.clients[index].open -= answered
        guard answered > 0 else { return }
        try self.ask(index, answered)
    }
}
