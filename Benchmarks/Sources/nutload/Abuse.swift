internal import Glibc

/// Clients that send what no client sends, and come again when they are thrown out.
final class Abuse {
    private let port: UInt16
    private var descriptors: [Int32] = []
    private var visits = 0
    private var bytes = 0
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    init(port: UInt16) {
        self.port = port
    }

    /// One sort of nonsense each, a client says the same for as long as it is let.
    private static let nonsense: [[UInt8]] = [
        Array(repeating: 0, count: 65_536),
        (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) },
        Array(String(repeating: "x", count: 65_536).utf8),
        Array("\"".utf8) + Array(repeating: 0x0A, count: 4096),
        Array(String(repeating: "GET VAR nobody ups.status\n", count: 1024).utf8),
        Array(String(repeating: "USERNAME x\nPASSWORD y\nLOGIN ups0\nFSD ups0\n", count: 64).utf8),
        Array("STARTTLS\n".utf8) + Array(repeating: 0x16, count: 4096),
        Array(String(repeating: "LIST VAR ups0 \\\" # =\r\n", count: 256).utf8),
    ]

    func run(clients: Int, nanoseconds: Int64) throws(Failure) -> Report {
        self.descriptors = Array(repeating: -1, count: clients)
        let end = Clock.now + nanoseconds
        while Clock.now < end {
            for index in self.descriptors.indices { self.abuse(index) }
            usleep(1000)
        }
        for descriptor in self.descriptors where descriptor >= 0 { close(descriptor) }
        var report = Report()
        report.add("visits", self.visits)
        report.add("bytes", self.bytes)
        return report
    }

    private func abuse(_ index: Int) {
        guard self.descriptors[index] >= 0 else {
            self.descriptors[index] = (try? Socket.connect(port: self.port, index: self.visits)) ?? -1
            self.visits += 1
            return
        }
        let descriptor = self.descriptors[index]
        let words = Self.nonsense[index % Self.nonsense.count]
        let sent = send(descriptor, words, words.count, 0)
        if sent > 0 { self.bytes += sent }
        let isRefused = sent < 0 && errno != EAGAIN && errno != ENOTCONN
        let count = recv(descriptor, &self.buffer, self.buffer.count, 0)
        let isOver = count == 0 || (count < 0 && errno != EAGAIN && errno != ENOTCONN)
        guard isRefused || isOver else { return }
        close(descriptor)
        self.descriptors[index] = -1
    }
}
