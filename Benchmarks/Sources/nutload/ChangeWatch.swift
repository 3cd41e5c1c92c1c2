internal import Glibc

/// A client that asks for one variable back to back, and sees how old each change of it is.
///
/// The drivers put the moment into the value, so that nothing but the two processes' common clock is needed.
struct ChangeWatch {
    /// The variable that the drivers change.
    static let variable = "ups.test.date"

    let port: UInt16

    func run(nanoseconds: Int64) throws(Failure) -> Report {
        let descriptor = try Socket.connectBlocking(port: self.port)
        defer { close(descriptor) }
        let request = Array("GET VAR ups0 \(Self.variable)\n".utf8)
        var buffer = [UInt8](repeating: 0, count: 1024)
        var latencies = Latencies()
        var last: Int64?
        let end = Clock.now + nanoseconds
        while Clock.now < end {
            guard send(descriptor, request, request.count, 0) == request.count,
                case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0
            else { throw .system("GET VAR") }
            let value = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\"").dropFirst().first
            guard let moment = value.flatMap({ Int64($0) }), moment != last else { continue }
            // The first may have been there before.
            if last != nil { latencies.add(Clock.now - moment * 1000) }
            last = moment
        }
        var report = Report()
        report.add("changes", latencies.count)
        report.add(&latencies)
        return report
    }
}
