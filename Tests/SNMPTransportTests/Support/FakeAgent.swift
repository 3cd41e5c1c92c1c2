import Foundation
import Glibc
import Synchronization

/// An agent of the test's own: a UDP socket on loopback, and what to answer.
///
/// `@unchecked Sendable`: the socket is closed once, by its thread, and everything else is constant or locked.
final class FakeAgent: @unchecked Sendable {
    /// A datagram that has come, and the way back.
    struct Call: Sendable {
        let bytes: [UInt8]
        fileprivate let socket: Int32
        fileprivate let peer: sockaddr_in

        var message: Message? { Message(self.bytes) }

        func answer(_ bytes: [UInt8]) { self.send(bytes, from: self.socket) }

        /// Answers from another port.
        func answerFromElsewhere(_ bytes: [UInt8]) {
            let other = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
            self.send(bytes, from: other)
            close(other)
        }

        private func send(_ bytes: [UInt8], from socket: Int32) {
            var peer = self.peer
            withUnsafePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = sendto(socket, bytes, bytes.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
    }

    let port: Int
    private let socket: Int32
    private let isEnding = Atomic(false)
    private let calls = Mutex<[Call]>([])

    /// Starts an agent; `answer` is called for one datagram after the other.
    init(_ answer: @escaping @Sendable (Call) -> Void) throws {
        self.socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var size: Int32 = 8 << 20
        setsockopt(self.socket, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        self.port = try Self.bind(self.socket)
        let thread = Thread { [self] in self.run(answer) }
        thread.start()
    }

    /// An agent that understands what it is asked.
    static func speaking(_ answer: @escaping @Sendable (Message) -> Message?) throws -> FakeAgent {
        try FakeAgent { call in
            guard let message = call.message, let reply = answer(message) else { return }
            call.answer(reply.bytes)
        }
    }

    /// What has come so far.
    var heard: [Call] { self.calls.withLock { $0 } }
    var messages: [Message] { self.heard.compactMap(\.message) }

    /// Ends the agent: its port is free before this returns.
    func stop() {
        self.isEnding.store(true, ordering: .releasing)
        shutdown(self.socket, Int32(SHUT_RDWR))
    }

    private func run(_ answer: (Call) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while !self.isEnding.load(ordering: .acquiring) {
            var peer = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let count = withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(self.socket, &buffer, buffer.count, 0, $0, &length)
                }
            }
            guard count > 0 else { continue }
            let call = Call(bytes: Array(buffer.prefix(count)), socket: self.socket, peer: peer)
            self.calls.withLock { $0.append(call) }
            answer(call)
        }
        close(self.socket)
    }

    private static func bind(_ socket: Int32, to port: Int = 0) throws -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = UInt16(port).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard code else { throw POSIXError(.EADDRINUSE) }
        return Int(address.sin_port.bigEndian)
    }

    /// Ports below those that the system gives to whoever asks for none.
    private static let ports = Atomic(20_000 + Int(getpid()) % 8000)

    /// A port at which nobody listens, and nobody will by chance.
    static func freePort() throws -> Int {
        for _ in 0..<1000 {
            let socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
            defer { close(socket) }
            let port = Self.ports.wrappingAdd(1, ordering: .relaxed).newValue
            if let port = try? Self.bind(socket, to: port) { return port }
        }
        throw POSIXError(.EADDRINUSE)
    }
}
