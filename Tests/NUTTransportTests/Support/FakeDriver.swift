import Foundation
import Glibc

/// The driver's end of a Unix socket, played by a test: what it hears is noted, what it says is up to the test.
final class FakeDriver: Sendable {
    struct State: Sendable {
        var heard = ""
        var connection: Int32?
        var connections = 0
    }

    /// What the driver says to a line, with line ends; nothing is said where it is empty.
    typealias Answer = @Sendable (_ line: Substring) -> String

    let path: String
    let state = Watched(State())
    private let folder: TemporaryFolder
    private let listener: Int32

    /// Listens; whoever connects is told `greeting` at once, and `answer` to each line.
    init(
        greeting: String = "", name: String = "dummy-ups-old", in folder: TemporaryFolder? = nil,
        answer: @escaping Answer = { _ in "" }
    ) throws {
        self.folder = try folder ?? TemporaryFolder()
        self.path = "\(self.folder.path)/\(name)"
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(self.path.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, Glibc.listen(listener, 4) == 0 else { throw POSIXError(.EADDRINUSE) }
        Thread.detachNewThread { [state] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                state.change {
                    $0.connection = connection
                    $0.connections += 1
                }
                Self.send(greeting, to: connection)
                Self.listen(to: connection, state, answer)
            }
        }
    }

    deinit {
        shutdown(self.listener, Int32(SHUT_RDWR))
        close(self.listener)
    }

    /// Notes and answers what comes until the other side closes.
    private static func listen(to connection: Int32, _ state: Watched<State>, _ answer: Answer) {
        var part = [UInt8](repeating: 0, count: 4096)
        var rest: Substring = ""
        while case let count = read(connection, &part, part.count), count > 0 {
            let text = String(decoding: part.prefix(count), as: UTF8.self)
            state.change { $0.heard += text }
            rest += text
            while let end = rest.firstIndex(of: "\n") {
                Self.send(answer(rest[..<end]), to: connection)
                rest = rest[rest.index(after: end)...]
            }
        }
        state.change { if $0.connection == connection { $0.connection = nil } }
        close(connection)
    }

    @discardableResult
    private static func send(_ text: String, to connection: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// Sends `text` to whoever is connected; false when nobody takes it.
    @discardableResult
    func say(_ text: String) -> Bool {
        guard let connection = self.state.value.connection else { return false }
        return Self.send(text, to: connection)
    }

    /// Ends the connection as a driver does that is killed.
    func hangUp() {
        if let connection = self.state.value.connection { shutdown(connection, Int32(SHUT_RDWR)) }
    }

    /// Goes as a driver does that is stopped, its socket with it.
    func goAway() {
        unlink(self.path)
        self.hangUp()
    }

    /// Waits until it has heard `text`.
    func hears(_ text: String) async -> Bool {
        await self.state.wait { $0.heard.contains(text) }
    }
}
