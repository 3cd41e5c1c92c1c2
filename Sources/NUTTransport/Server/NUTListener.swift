internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// One open place to listen at.
final class NUTListener: Sendable {
    /// What was asked for.
    let asked: ListenAddress
    /// The same, with the port that the system chose.
    let bound: ListenAddress
    private let channel: any Channel
    private let rules: Rules

    /// What holds for connections that come here.
    private final class Rules: Sendable {
        let requiresTLS: Mutex<Bool>

        init(requiresTLS: Bool) {
            self.requiresTLS = Mutex(requiresTLS)
        }
    }

    /// Begins to listen.
    init(on address: ListenAddress, hub: ServerHub, group: MultiThreadedEventLoopGroup) async throws {
        let socketAddress = try SocketAddress.makeAddressResolvingHost(address.host, port: address.port)
        let rules = Rules(requiresTLS: address.requiresTLS)
        var bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Int32(clamping: hub.limits.backlog))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // The connections inherit these, which costs them nothing.
            .serverChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .serverChannelOption(.socketOption(.so_sndbuf), value: hub.limits.kernelSendBytes)
            .serverChannelOption(.socketOption(.so_rcvbuf), value: hub.limits.kernelReceiveBytes)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: hub.limits.smallestRead, initial: hub.limits.smallestRead, maximum: hub.limits.readBytes)
            )
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: hub.limits.unsentBytes / 2, high: hub.limits.unsentBytes)
            )
            .childChannelInitializer { hub.prepare($0, requiresTLS: rules.requiresTLS.withLock { $0 }) }
        if case .v6 = socketAddress {
            // Else `[::]` would take IPv4 as well, and `0.0.0.0` beside it would find its port in use.
            bootstrap = bootstrap.serverChannelOption(
                ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: 1)
        }
        self.channel = try await bootstrap.bind(to: socketAddress).get()
        self.rules = rules
        self.asked = address
        self.bound = ListenAddress(host: address.host, port: self.channel.localAddress?.port ?? address.port)
    }

    /// Whether this is where `address` says, whatever is to hold there.
    func isAt(_ address: ListenAddress) -> Bool {
        self.asked.host == address.host && self.asked.port == address.port
    }

    /// Lets something else hold for connections that come from now on.
    func require(tls: Bool) {
        self.rules.requiresTLS.withLock { $0 = tls }
    }

    /// Ends listening; connections that came here stay.
    func close() async {
        // An error could only say that it was closed before.
        try? await self.channel.close()
    }
}
