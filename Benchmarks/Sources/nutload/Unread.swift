internal import Glibc

/// Clients that ask without end and never read an answer, beside one that behaves.
final class Unread {
    private let port: UInt16
    private var descriptors: [Int32] = []
    private let flood: [UInt8]

    init(port: UInt16) {
        self.port = port
        self.flood = Array(String(repeating: "LIST VAR ups0\n", count: 256).utf8)
    }

    deinit {
        for descriptor in self.descriptors { close(descriptor) }
    }

    func run(blockers: Int, nanoseconds: Int64, pid: Int) throws(Failure) -> Report {
        let memory = ProcessMemory.resident(pid)
        let descriptor = try Socket.connectBlocking(port: self.port)
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        for index in 0..<blockers {
            let blocker = try Socket.connectBlocking(port: self.port, index: index)
            _ = fcntl(blocker, F_SETFL, O_NONBLOCK)
            self.descriptors.append(blocker)
        }
        let (latencies, peak) = try self.ask(on: descriptor, nanoseconds, pid)
        var (sorted, report) = (latencies, Report())
        report.add("requests", sorted.count)
        report.add(&sorted)
        report.add("kb_per_blocker", Double(peak - memory) / Double(max(blockers, 1)))
        return report
    }

    /// Asks back to back, and lets the others ask between two answers.
    private func ask(on descriptor: Int32, _ nanoseconds: Int64, _ pid: Int) throws(Failure) -> (Latencies, Int) {
        let request = Question("GET VAR ups0 ups.status").bytes
        var buffer = [UInt8](repeating: 0, count: 4096)
        var (latencies, peak, nextLook) = (Latencies(), 0, Clock.now)
        let end = Clock.now + nanoseconds
        while Clock.now < end {
            self.push()
            let sentAt = Clock.now
            guard send(descriptor, request, request.count, 0) == request.count else { throw .system("send") }
            while recv(descriptor, &buffer, buffer.count, 0) < 0 {
                guard errno == EAGAIN else { throw .system("recv") }
                var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                Glibc.poll(&poll, 1, 20)
                self.push()
                guard Clock.now < end else { break }
            }
            latencies.add(Clock.now - sentAt)
            if Clock.now > nextLook {
                peak = max(peak, ProcessMemory.resident(pid))
                nextLook = Clock.now + 20_000_000
            }
        }
        return (latencies, max(peak, ProcessMemory.resident(pid)))
    }

    /// Lets each of the others say as much as the kernel takes.
    private func push() {
        for descriptor in self.descriptors { _ = send(descriptor, self.flood, self.flood.count, 0) }
    }
}
