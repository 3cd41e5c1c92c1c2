internal import CSystem
internal import Glibc

/// Sockets on this machine's loopback; nothing else is ever connected to.
enum Socket {
    /// Begins to connect to a port of 127.0.0.1 from an address that `index` chooses among many, so that thousands of
    /// short connections do not use up the ports of one.
    static func connect(port: UInt16, index: Int = 0) throws(Failure) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { throw .system("socket") }
        Self.set(descriptor, IPPROTO_TCP, TCP_NODELAY)
        if index > 0 {
            // The port is chosen by connect(), which knows which pairs are free.
            Self.set(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT)
            try Self.withAddress(0x7F00_0001 + UInt32(index % 64), 0) { address, length throws(Failure) in
                guard bind(descriptor, address, length) == 0 else { throw .system("bind") }
            }
        }
        try Self.withAddress(0x7F00_0001, port) { address, length throws(Failure) in
            let result = Glibc.connect(descriptor, address, length)
            guard result == 0 || errno == EINPROGRESS else {
                let failure = Failure.system("connect to port \(port)")
                close(descriptor)
                throw failure
            }
        }
        return descriptor
    }

    static func set(_ descriptor: Int32, _ level: Int, _ option: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, Int32(level), option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Waits until a connection stands and makes it a blocking one.
    static func connectBlocking(port: UInt16, index: Int = 0) throws(Failure) -> Int32 {
        let descriptor = try Self.connect(port: port, index: index)
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard Glibc.poll(&poll, 1, 10_000) == 1, Self.error(of: descriptor) == 0 else {
            close(descriptor)
            throw Failure("port \(port) does not answer")
        }
        _ = fcntl(descriptor, F_SETFL, 0)
        return descriptor
    }

    /// Asks for one line on a blocking connection and waits for it.
    static func ask(_ descriptor: Int32, _ request: String) throws(Failure) {
        let bytes = Array((request + "\n").utf8)
        var buffer = [UInt8](repeating: 0, count: 1024)
        guard send(descriptor, bytes, bytes.count, 0) == bytes.count, recv(descriptor, &buffer, buffer.count, 0) > 0
        else { throw .system(request) }
    }

    /// What has become of a connection that was begun.
    static func error(of descriptor: Int32) -> Int32 {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &value, &length)
        return value
    }

    private static func withAddress(
        _ host: UInt32, _ port: UInt16,
        _ body: (UnsafePointer<sockaddr>, socklen_t) throws(Failure) -> Void
    ) throws(Failure) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = host.bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Result { () throws(Failure) in try body(address, length) }
            }
        }
        try result.get()
    }
}
