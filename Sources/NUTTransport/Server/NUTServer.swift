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
        case running(MultiThreadedEventLoopGroup, [NUTListener])
        case stopped
    }

    private let hub: ServerHub
    private let state = Mutex(State.new)

    /// Makes a server of what `daemon` shows and takes.
    ///
    /// `daemon.snapshot` is asked for at each read of each client: it should hand out one and the same value until
    /// something changes. `hashing` checks passwords of which only a hash is known; without it they are all wrong.
    /// Connections are taken from `allowed`, or from everywhere where that is nil. `complain` is told what strangers
    /// do, each kind at most once in ``ClientComplaint/interval``, with the number of others like it since.
    public init(
        daemon: any ClientPort, users: UserTable, version: ServerVersion, tls: ServerTLS? = nil,
        hashing: (any PasswordHashing)? = nil, allowed: [NetworkRange]? = nil,
        limits: NUTServerLimits = NUTServerLimits(),
        complain: @escaping @Sendable (ClientComplaint, _ address: String, _ others: Int) -> Void = { _, _, _ in }
    ) {
        self.hub = ServerHub(
            daemon: daemon, users: users, version: version, tls: tls, hashing: hashing,
            access: AccessList(allowed), limits: limits, complaints: ComplaintLog(complain))
    }

    /// Listens on all `addresses` or on none, and returns them with the ports that the system chose.
    public func start(on addresses: [ListenAddress]) async throws(NUTServerError) -> [ListenAddress] {
        // One thread: it serves some hundred thousand requests a second.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let isNew = self.state.withLock { state in
            guard case .new = state else { return false }
            state = .running(group, [])
            return true
        }
        guard isNew else {
            try? await group.shutdownGracefully()
            throw .alreadyStarted
        }
        do throws(NUTServerError) {
            return try await self.listen(on: addresses)
        } catch {
            await self.stop()
            throw error
        }
    }

    /// Listens on `addresses` from now on and nowhere else, or on those it did before where one cannot be had.
    ///
    /// Connections stay, wherever they came. Returns the addresses with the ports that the system chose. One call at a
    /// time; the server has been started.
    public func listen(on addresses: [ListenAddress]) async throws(NUTServerError) -> [ListenAddress] {
        guard let (group, before) = self.running else { return [] }
        var change = ListenerChange(hub: self.hub, group: group, before: before)
        do throws(NUTServerError) {
            let listeners = try await change.listen(on: addresses)
            await self.keep(listeners)
            return listeners.map(\.bound)
        } catch {
            await self.keep(await change.undo())
            throw error
        }
    }

    private var running: (MultiThreadedEventLoopGroup, [NUTListener])? {
        self.state.withLock { state in
            guard case .running(let group, let listeners) = state else { return nil }
            return (group, listeners)
        }
    }

    private func keep(_ listeners: [NUTListener]) async {
        let isRunning = self.state.withLock { state in
            guard case .running(let group, _) = state else { return false }
            state = .running(group, listeners)
            return true
        }
        // Stopped meanwhile.
        if !isRunning { for listener in listeners { await listener.close() } }
    }

    /// Stops listening and closes all connections; harmless when repeated.
    public func stop() async {
        let group = self.state.withLock { state -> MultiThreadedEventLoopGroup? in
            defer { state = .stopped }
            guard case .running(let group, _) = state else { return nil }
            return group
        }
        // It closes every channel that is still open. An error could only say that it was done before.
        try? await group?.shutdownGracefully()
    }

    /// Puts other users in place; connections keep what they have logged in to, and are asked again at each order.
    public func replaceUsers(_ users: UserTable) {
        self.hub.replaceUsers(users)
    }

    /// Lets clients ask for devices under other names; whoever is logged in under one that is gone stays counted.
    public func replaceAliases(_ aliases: [Configuration.Alias]) {
        self.hub.replaceAliases(aliases)
    }

    /// Shows another certificate from the next `STARTTLS` on, or none; connections that are encrypted stay so.
    public func replaceTLS(_ tls: ServerTLS?) {
        self.hub.replaceTLS(tls)
    }

    /// Takes connections from elsewhere from now on, or from everywhere; those that stand stay.
    public func replaceAllowed(_ allowed: [NetworkRange]?) {
        self.hub.access.replace(allowed)
    }

    /// Bears another number of connections from now on, and another silence; no connection ends for the number.
    public func replaceLimits(connections: Int, idle: Duration) {
        self.hub.replaceLimits(connections: connections, idle: idle)
    }

    /// Ends the connections that are logged in to `devices`, as NUT does when it no longer has a device.
    public func disconnect(from devices: Set<DeviceID>) {
        self.hub.logins.disconnect(from: devices)
    }
}
