internal import CSystem
internal import Glibc

/// As many drivers as wanted in one process: each offers a device on a socket of its own, as NUT's drivers do.
final class FakeDrivers {
    private struct Server {
        let descriptor: Int32
        let device: Int
        var input: [UInt8] = []
    }

    private let poller: Poller
    private let dump: Dump
    private var listeners: [Int32] = []
    /// Attached servers by their descriptor.
    private var servers: [Int: Server] = [:]
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    /// Listens on `DIRECTORY/dummy-ups-upsN` for each device N.
    init(directory: String, dump: Dump, count: Int) throws(Failure) {
        self.poller = try Poller()
        self.dump = dump
        for index in 0..<count {
            let descriptor = try Self.listen("\(directory)/dummy-ups-ups\(index)")
            try self.poller.watch(descriptor, as: Int(descriptor), writing: false)
            self.listeners.append(descriptor)
        }
    }

    /// Serves until killed; every `tick` one variable of the first device changes to the moment that it was sent at.
    func run(tick: Int64) throws(Failure) {
        let first = Int(self.listeners.first ?? 0)
        let last = Int(self.listeners.last ?? -1)
        var next = tick > 0 ? Clock.now + tick : .max
        while true {
            let deadline = min(next, Clock.now + 1_000_000_000)
            try self.poller.wait(until: deadline) { token throws(Failure) in
                // Listeners were opened one after the other, before anything else.
                if (first...last).contains(token) { try self.accept(Int32(token)) } else { self.serve(token) }
            }
            if Clock.now >= next {
                next += tick
                self.tick()
            }
        }
    }

    private func tick() {
        let line = Array("SETINFO \(ChangeWatch.variable) \"\(Clock.now / 1000)\"\n".utf8)
        for server in self.servers.values where server.device == 0 { self.send(line, to: server.descriptor) }
    }

    private func accept(_ listener: Int32) throws(Failure) {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        self.servers[Int(descriptor)] = Server(
            descriptor: descriptor, device: Int(listener) - Int(self.listeners.first ?? 0))
        try self.poller.watch(descriptor, as: Int(descriptor), writing: false)
    }

    private func serve(_ token: Int) {
        guard let descriptor = self.servers[token]?.descriptor else { return }
        let count = recv(descriptor, &self.buffer, self.buffer.count, 0)
        guard count > 0 else {
            if count < 0, errno == EAGAIN { return }
            return self.leave(token)
        }
        self.servers[token]?.input += self.buffer[..<count]
        while let end = self.servers[token]?.input.firstIndex(of: 0x0A) {
            let line = String(decoding: self.servers[token]?.input[..<end] ?? [], as: UTF8.self)
            self.servers[token]?.input.removeSubrange(...end)
            self.answer(line.split(separator: " "), token, descriptor)
        }
    }

    private func answer(_ words: [Substring], _ token: Int, _ descriptor: Int32) {
        switch words.first {
        case "DUMPALL": self.send(self.dump.bytes + Array("DATAOK\nDUMPDONE\n".utf8), to: descriptor)
        case "PING": self.send(Array("PONG\n".utf8), to: descriptor)
        case "SET", "INSTCMD":
            // The last two words are `TRACKING` and its identifier, where the outcome is wanted.
            guard words.count > 2, words[words.count - 2] == "TRACKING" else { return }
            self.send(Array("TRACKING \(words[words.count - 1]) 0\n".utf8), to: descriptor)
        case "LOGOUT": self.leave(token)
        default: break
        }
    }

    private func send(_ bytes: [UInt8], to descriptor: Int32) {
        _ = Glibc.send(descriptor, bytes, bytes.count, 0)
    }

    private func leave(_ token: Int) {
        guard let server = self.servers.removeValue(forKey: token) else { return }
        self.poller.forget(server.descriptor)
        close(server.descriptor)
    }

    private static func listen(_ path: String) throws(Failure) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw .system("socket") }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { throw Failure("\(path): too long for a socket") }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
        unlink(path)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, Glibc.listen(descriptor, 16) == 0 else { throw .system(path) }
        return descriptor
    }
}
