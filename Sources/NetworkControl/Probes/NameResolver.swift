internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import PowerCore
internal import Synchronization

/// Turns names into addresses, away from the threads of Swift and of the event loops: the system's call blocks.
final class NameResolver: Sendable {
    private typealias LookUp = Task<Result<[SocketAddress], HostFailure>, Never>

    /// Threads of their own, made at the first name and kept: a name server that is silent blocks a thread for half a
    /// minute, and no other work may wait behind that.
    private static let threads: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: NetworkLimits.lookUpThreads)
        threads.start()
        return threads
    }()

    private let limit: Duration
    /// One look-up per name: who asks again while it lasts waits for the same, and no queue grows.
    private let running = Mutex<[String: LookUp]>([:])

    init(limit: Duration) {
        self.limit = limit
    }

    /// The addresses of an endpoint, in the system's order of preference.
    func addresses(of endpoint: Configuration.Endpoint) async throws(HostFailure) -> [SocketAddress] {
        guard let port = UInt16(exactly: endpoint.port) else {
            throw HostFailure("\(endpoint.port) is not a port")
        }
        if let address = try? SocketAddress(ipAddress: endpoint.host, port: Int(port)) { return [address] }
        var addresses = try await self.addresses(of: endpoint.host)
        for index in addresses.indices { addresses[index].port = Int(port) }
        return addresses
    }

    private func addresses(of name: String) async throws(HostFailure) -> [SocketAddress] {
        let lookUp = self.running.withLock { running in
            if let lookUp = running[name] { return lookUp }
            let lookUp = LookUp { await self.lookUp(name) }
            running[name] = lookUp
            return lookUp
        }
        let late = HostFailure("the name \(name) was not found out in time")
        return try await decided(within: self.limit, otherwise: .failure(late)) { await lookUp.value }.get()
    }

    private func lookUp(_ name: String) async -> Result<[SocketAddress], HostFailure> {
        defer { self.running.withLock { _ = $0.removeValue(forKey: name) } }
        do {
            return .success(try await Self.threads.runIfActive { try Self.askSystem(name) })
        } catch {
            return .failure(error as? HostFailure ?? HostFailure("the name \(name) cannot be looked up: \(error)"))
        }
    }

    private static func askSystem(_ name: String) throws -> [SocketAddress] {
        var hints = addrinfo()
        // One entry per address instead of one per kind of socket.
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, nil, &hints, &list)
        guard code == 0 else {
            throw HostFailure("the name \(name) is not known: \(String(cString: gai_strerror(code)))")
        }
        defer { freeaddrinfo(list) }
        return sequence(first: list, next: { $0?.pointee.ai_next }).prefix { $0 != nil }
            .compactMap { $0.flatMap { Self.address(in: $0.pointee) } }
            .prefix(NetworkLimits.addresses).map(\.self)
    }

    private static func address(in entry: addrinfo) -> SocketAddress? {
        guard let place = UnsafeRawPointer(entry.ai_addr) else { return nil }
        return switch entry.ai_family {
        case AF_INET: SocketAddress(place.loadUnaligned(as: sockaddr_in.self))
        case AF_INET6: SocketAddress(place.loadUnaligned(as: sockaddr_in6.self))
        default: nil
        }
    }
}
