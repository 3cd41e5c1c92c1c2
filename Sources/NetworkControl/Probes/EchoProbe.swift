internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import PowerCore

/// Asks an address for an echo through the kernel's unprivileged echo socket.
struct EchoProbe: Sendable {
    let group: any EventLoopGroup
    let limit: Duration

    /// What came back; nil where the kernel lends this process no such socket (`net.ipv4.ping_group_range`).
    func sighting(at address: SocketAddress) async -> HostSighting? {
        let loop = self.group.next()
        let isVersion6 = address.protocol == .inet6
        let subtype = NIOBSDSocket.ProtocolSubtype(rawValue: Int32(isVersion6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP))
        let answer = loop.makePromise(of: HostSighting.self)
        let limit = TimeAmount(self.limit)
        do {
            let channel = try await loop.flatSubmit {
                DatagramBootstrap(group: loop).protocolSubtype(subtype).channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = EchoHandler(
                            to: address, family: isVersion6 ? .version6 : .version4, limit: limit, answer: answer)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }.connect(to: address)
            }.get()
            let sighting = try await answer.futureResult.get()
            channel.close(promise: nil)
            return sighting
        } catch {
            let sighting = Self.sighting(at: address, after: error)
            answer.succeed(sighting ?? .silent)
            return sighting
        }
    }

    private static func sighting(at address: SocketAddress, after error: any Error) -> HostSighting? {
        let notLent = [EACCES, EPERM, EPROTONOSUPPORT]
        if let error = error as? IOError, notLent.contains(error.errnoCode) { return nil }
        return .unclear("\(address.place): \(FailureReason(error).text)")
    }
}
