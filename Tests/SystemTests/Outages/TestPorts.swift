import Foundation
import Synchronization

/// Ports for daemons that must find theirs free again when they are started anew.
enum TestPorts {
    /// Below those that the system gives to anybody who asks for none (32768 and up on Linux).
    private static let range = 12_000..<30_000

    private static let last = Mutex(Self.range.lowerBound + Int(getpid()) * 37 % Self.range.count)

    static func next() throws -> Int {
        for _ in 0..<64 {
            let port = Self.last.withLock { last in
                last += 1
                if !Self.range.contains(last) { last = Self.range.lowerBound }
                return last
            }
            if Self.isFree(port) { return port }
        }
        throw TestRack.Problem(what: "no port is free", journal: [])
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
