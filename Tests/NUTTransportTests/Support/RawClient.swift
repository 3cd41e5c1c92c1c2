import Foundation
import Glibc

/// A TCP connection to the loopback that sends and hears bytes as they are.
///
/// Its calls block, each on a thread of its own, never for longer than ten seconds.
final class RawClient: Sendable {
    /// What was heard, and whether the other side has closed.
    struct Heard: Hashable, Sendable {
        var text = ""
        var isClosed = false
    }

    private let descriptor: Int32

    init(port: Int) async throws {
        self.descriptor = try await Self.offLoop {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
            address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard result == 0 else {
                close(descriptor)
                throw POSIXError(.ECONNREFUSED)
            }
            var limit = timeval(tv_sec: 10, tv_usec: 0)
            let length = socklen_t(MemoryLayout<timeval>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, length)
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, length)
            return descriptor
        }
    }

    deinit {
        close(self.descriptor)
    }

    /// Sends all of `text`; false when the other side has closed or takes nothing any more.
    @discardableResult
    func send(_ text: String) async -> Bool {
        await self.send(bytes: Array(text.utf8))
    }

    @discardableResult
    func send(bytes: [UInt8]) async -> Bool {
        let descriptor = self.descriptor
        return await Self.offLoop {
            var rest = bytes[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { return false }
                rest = rest.dropFirst(sent)
            }
            return true
        }
    }

    /// Hears until so many lines have come, or the other side closes.
    func hear(lines: Int) async -> Heard {
        await self.hear { $0.filter { $0 == 0x0A }.count >= lines }
    }

    /// Hears one whole answer: a line, or a list up to its end.
    func hearAnswer() async -> Heard {
        await self.hear { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            return text.hasSuffix("\n") && (!text.hasPrefix("BEGIN LIST") || text.contains("\nEND LIST"))
        }
    }

    /// Hears until the other side closes.
    func hearOut() async -> Heard {
        await self.hear { _ in false }
    }

    /// Says that nothing more will be said, and hears what is left.
    func finish() async -> Heard {
        shutdown(self.descriptor, Int32(SHUT_WR))
        return await self.hearOut()
    }

    /// Sends one line and hears one.
    func ask(_ line: String) async -> String {
        await self.send(line + "\n")
        let heard = await self.hear(lines: 1).text
        return heard.hasSuffix("\n") ? String(heard.dropLast()) : heard
    }

    /// Gives the user's name and password, and says whether both were taken.
    func authenticate(_ user: String, _ password: String) async -> Bool {
        let name = await self.ask("USERNAME \(user)")
        let secret = await self.ask("PASSWORD \(password)")
        return name == "OK" && secret == "OK"
    }

    private func hear(until isEnough: @escaping @Sendable ([UInt8]) -> Bool) async -> Heard {
        let descriptor = self.descriptor
        return await Self.offLoop {
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while !isEnough(bytes) {
                let count = recv(descriptor, &chunk, chunk.count, 0)
                let isTimeout = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)
                guard count > 0 else {
                    return Heard(text: String(decoding: bytes, as: UTF8.self), isClosed: !isTimeout)
                }
                bytes += chunk.prefix(count)
            }
            return Heard(text: String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func offLoop<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws
        -> Result
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Swift.Result(catching: body)) }.start()
        }
    }

    private static func offLoop<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: body()) }.start()
        }
    }
}
