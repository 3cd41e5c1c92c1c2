public import NIOCore
internal import NIOPosix
public import PowerCore
internal import Synchronization

/// Real hosts: programs, ssh and magic packets to stop and start them, connections and echo requests to look for them.
///
/// This module knows how a host is reached, and refuses to know when or why: it keeps no state of a host and decides
/// nothing. Every call ends within a time that ``NetworkLimits`` bounds, and none blocks a thread of Swift's own.
public final class NetworkHostControl: HostControl {
    private let access: Mutex<[HostID: Configuration.HostAccess]>
    private let programs: ProgramRunner
    private let prober: HostProber
    private let waker: WakeSender
    private let limits: NetworkLimits

    /// Makes the ways to these hosts.
    ///
    /// `searchPath` is where programs are looked for and the `PATH` they get, as a rule that of this process.
    public init(
        _ access: [HostID: Configuration.HostAccess], searchPath: String? = nil,
        limits: NetworkLimits = NetworkLimits(), group: (any EventLoopGroup)? = nil
    ) {
        self.access = Mutex(access)
        self.limits = limits
        let group = group ?? MultiThreadedEventLoopGroup.singleton
        self.programs = ProgramRunner(searchPath: searchPath ?? ProgramRunner.searchPath, limits: limits)
        let names = NameResolver(limit: limits.lookUp)
        self.prober = HostProber(names: names, programs: self.programs, limits: limits, group: group)
        self.waker = WakeSender(names: names, gap: limits.wakeGap, group: group)
    }

    /// Reaches the hosts in this way from now on; what has begun goes on as it began.
    public func follow(_ access: [HostID: Configuration.HostAccess]) {
        self.access.withLock { $0 = access }
    }

    /// Runs the host's program, or tells it through ssh.
    @discardableResult
    public func stop(_ host: HostID, by way: StopPlan.Way) async throws(HostFailure) -> String {
        let access = try self.access(to: host)
        switch way {
        case .command:
            return try await self.run(access.stopCommand, for: host)
        case .ssh:
            guard let ssh = access.ssh else { throw HostFailure("no ssh is configured for \(host)") }
            let words = SSHCommand.words(for: ssh, connect: self.limits.connect)
            return try SSHCommand.note(of: await self.programs.run(words, for: host), host: ssh.host)
        case .nut:
            throw HostFailure("\(host) is told by its virtual UPS, not from here")
        }
    }

    /// Runs the host's program, or sends magic packets to its network card.
    @discardableResult
    public func start(_ host: HostID, by method: StartPlan.Method) async throws(HostFailure) -> String {
        let access = try self.access(to: host)
        switch method {
        case .command:
            return try await self.run(access.startCommand, for: host)
        case .wakeOnLAN:
            guard let wake = access.wake else { throw HostFailure("no network card is configured for \(host)") }
            try await self.waker.send(to: wake)
            return ""
        case .outlet:
            throw HostFailure("\(host) is started by its outlets, not from here")
        }
    }

    /// Looks for the host by all its probes at once.
    public func look(for host: HostID) async -> HostSighting {
        let probes = self.access.withLock { $0[host]?.probes ?? [] }
        return await self.prober.look(for: host, by: probes)
    }

    private func access(to host: HostID) throws(HostFailure) -> Configuration.HostAccess {
        guard let access = self.access.withLock({ $0[host] }) else {
            throw HostFailure("no way to reach \(host) is configured")
        }
        return access
    }

    private func run(_ words: [String], for host: HostID) async throws(HostFailure) -> String {
        let end = await self.programs.run(words, for: host)
        guard end.how == .exited(0) else { throw HostFailure(end.sentence(about: words.first ?? "")) }
        return end.output.note
    }
}
