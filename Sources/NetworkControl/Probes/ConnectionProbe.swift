internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import PowerCore

/// Looks whether a port takes a connection, and hangs up at once.
struct ConnectionProbe: Sendable {
    let group: any EventLoopGroup
    let limit: Duration

    func sighting(at address: SocketAddress) async -> HostSighting {
        let loop = self.group.next()
        let limit = TimeAmount(self.limit)
        do {
            let channel = try await loop.flatSubmit {
                ClientBootstrap(group: loop).connectTimeout(limit).connect(to: address)
            }.get()
            channel.close(promise: nil)
            return .answers
        } catch {
            return Self.sighting(at: address, after: error)
        }
    }

    /// A refusal proves that something is awake at that address, perhaps only a router in front of it, and not that the
    /// host is up: it comes while a host boots and while it stops.
    static func sighting(at address: SocketAddress, after error: any Error) -> HostSighting {
        switch error {
        case ChannelError.connectTimeout: .silent
        // What the kernel says of a neighbour that does not answer, and a router of one of its own.
        case let error as IOError where [EHOSTUNREACH, EHOSTDOWN, ETIMEDOUT].contains(error.errnoCode): .silent
        // Also where there is no way to its network from here: then nobody has looked.
        default: .unclear("\(address.place): \(FailureReason(error).text)")
        }
    }
}

extension SocketAddress {
    /// The address for a person, with its port where it has one.
    var place: String {
        let host = self.ipAddress ?? "\(self)"
        guard let port = self.port, port > 0 else { return host }
        return Configuration.Endpoint(host: host, port: port).description
    }
}
