// NUTTransport knows event loops, sockets and time limits. It refuses to know what a command means: that is
// NUTProtocol's, and what becomes of an order is the daemon's.

internal import NIOCore
internal import NIOPosix
public import NUTProtocol
public import PowerCore
internal import Synchronization

/// Serves NUT's protocol to clients.
///
/// Started once and stopped once. Every connection owns its session on its event loop; none can delay another.
public final class NUTServer: Sendable {
    private enum State: Sendable {
        case new
        case running(MultiThreadedEventLoopGroup)
        case stopped
    }

    private let hub: ServerHub
    private let state = Mutex(State.new)

    /// Makes a server of what `daemon` shows and takes.
    ///
    /// `daemon.snapshot` is asked for at each read of each client: it should hand out one and the same value until
    /// something changes. `hashing` checks passwords of which only a hash is known; without it they are all wrong.
    /// Connections are taken from `allowed`, or from everywhere where that is nil; `refused` is told of those that
    /// are not, at most every ten seconds, with the number of others since.
    public init(
        daemon: any ClientPort, users: UserTable, version: ServerVersion, tls: ServerTLS? = nil,
        hashing: (any PasswordHashing)? = nil, allowed: [NetworkRange]? = nil,
        limits: NUTServerLimits = NUTServerLimits(),
        refused: @escaping @Sendable (_ address: String, _ others: Int) -> Void = { _, _ in }
    ) {
        self.hub = ServerHub(
            daemon: daemon, users: users, version: version, tls: tls, hashing: hashing,
            access: AccessList(allowed, report: refused), limits: limits)
    }

    /// Listens on all `addresses` or on none, and returns them with the ports that the system chose.
    ///
    /// With `skipped` an address that cannot be listened on is told to it and left out; whether the rest is enough is
    /// the caller's business.
    public func start(
        on addresses: [ListenAddress], skipped: ((ListenAddress, _ reason: String) -> Void)? = nil
    ) async throws(NUTServerError) -> [ListenAddress] {
        // One thread: it serves some hundred thousand requests a second.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let isNew = self.state.withLock { state in
            guard case .new = state else { return false }
            state = .running(group)
            return true
        }
        guard isNew else {
            try? await group.shutdownGracefully()
            throw .alreadyStarted
        }
        var bound: [ListenAddress] = []
        for address in addresses {
            do {
                bound.append(try await self.listen(on: address, group: group))
            } catch {
                let reason = FailureReason(error).text
                guard let skipped else {
                    await self.stop()
                    throw .cannotListen(address, reason: reason)
                }
                skipped(address, reason)
            }
        }
        return bound
    }

    /// Stops listening and closes all connections; harmless when repeated.
    public func stop() async {
        let group = self.state.withLock { state -> MultiThreadedEventLoopGroup? in
            defer { state = .stopped }
            guard case .running(let group) = state else { return nil }
            return group
        }
        // It closes every channel that is still open. An error could only say that it was done before.
        try? await group?.shutdownGracefully()
    }

    /// Puts other users in place; connections keep what they have logged in to, and are asked again at each order.
    public func replaceUsers(_ users: UserTable) {
        self.hub.replaceUsers(users)
    }

    /// Shows another certificate from the next `STARTTLS` on, or none; connections that are encrypted stay so.
    public func replaceTLS(_ tls: ServerTLS?) {
        self.hub.replaceTLS(tls)
    }

    private func listen(on address: ListenAddress, group: MultiThreadedEventLoopGroup) async throws -> ListenAddress {
        let socketAddress = try SocketAddress.makeAddressResolvingHost(address.host, port: address.port)
        var bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Int32(clamping: self.hub.limits.backlog))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: self.hub.limits.readBytes)
            )
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: self.hub.limits.unsentBytes / 2, high: self.hub.limits.unsentBytes)
            )
            .childChannelInitializer(self.hub.prepare)
        if case .v6 = socketAddress {
            // Else `[::]` would take IPv4 as well, and `0.0.0.0` beside it would find its port in use.
            bootstrap = bootstrap.serverChannelOption(
                ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: 1)
        }
        let channel = try await bootstrap.bind(to: socketAddress).get()
        return ListenAddress(host: address.host, port: channel.localAddress?.port ?? address.port)
    }
}

extension ServerHub {
    /// Gives a new connection its handler.
    fileprivate func prepare(_ channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            guard self.access.admits(channel.remoteAddress?.ipAddress) else { throw NotAllowed() }
            switch self.admit() {
            case .served: try channel.pipeline.syncOperations.addHandler(ConnectionHandler(hub: self))
            case .refused: try channel.pipeline.syncOperations.addHandler(RefusalHandler(hub: self))
            case .dropped: throw TooManyConnections()
            }
        }
    }
}

/// Makes the event loop close a connection that comes from where none is taken.
private struct NotAllowed: Error {}

/// Makes the event loop close a connection that has not begun.
private struct TooManyConnections: Error {}
