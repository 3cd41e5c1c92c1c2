internal import COpenSSL
internal import Glibc

/// Sessions of TLS 1.3, one at a time: connect, `STARTTLS`, the handshake, `VER`, `LOGOUT`, and be gone.
final class Handshakes {
    private let port: UInt16
    private let context: OpaquePointer

    init(port: UInt16) throws(Failure) {
        self.port = port
        guard let context = SSL_CTX_new(TLS_client_method()) else { throw Failure("OpenSSL has no context") }
        // Who the server is matters to nobody here: its certificate has been made for this run.
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
        nutload_pin_tls13(context)
        self.context = context
    }

    deinit {
        SSL_CTX_free(self.context)
    }

    func run(nanoseconds: Int64, pid: Int) throws(Failure) -> Report {
        var (sessions, handshakes) = (Latencies(), Latencies())
        let before = ProcessTimes(pid)
        let start = Clock.now
        while Clock.now < start + nanoseconds {
            let startedAt = Clock.now
            handshakes.add(try self.session(sessions.count))
            sessions.add(Clock.now - startedAt)
        }
        let seconds = Double(Clock.now - start) / 1e9
        var report = Report()
        report.add("sessions", sessions.count)
        report.add("rate", Double(sessions.count) / seconds)
        if let before, let after = ProcessTimes(pid) {
            report.add("cpu_us", Double(after.cpu - before.cpu) / 1000 / Double(max(sessions.count, 1)))
        }
        report.add(&sessions)
        handshakes.sort()
        report.add("handshake_us", handshakes.microseconds(at: 0.5))
        return report
    }

    /// Nanoseconds that its handshake took.
    private func session(_ index: Int) throws(Failure) -> Int64 {
        let descriptor = try Socket.connectBlocking(port: self.port, index: index)
        defer { close(descriptor) }
        let hello = Array("STARTTLS\n".utf8)
        var buffer = [UInt8](repeating: 0, count: 1024)
        guard send(descriptor, hello, hello.count, 0) == hello.count,
            case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0,
            buffer.starts(with: Array("OK".utf8))
        else { throw Failure("the server does not encrypt") }
        guard let connection = SSL_new(self.context) else { throw Failure("OpenSSL has no connection") }
        defer { SSL_free(connection) }
        let start = Clock.now
        guard SSL_set_fd(connection, descriptor) == 1, SSL_connect(connection) == 1 else {
            throw Failure("the handshake failed")
        }
        let took = Clock.now - start
        for request in ["VER\n", "LOGOUT\n"] {
            let bytes = Array(request.utf8)
            guard SSL_write(connection, bytes, Int32(bytes.count)) == Int32(bytes.count),
                SSL_read(connection, &buffer, Int32(buffer.count)) > 0
            else { throw Failure("no answer to \(request)") }
        }
        return took
    }
}
