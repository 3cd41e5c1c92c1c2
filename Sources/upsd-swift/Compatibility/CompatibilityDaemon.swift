import EventStore
import Glibc
import Logging
import NUTProtocol
import NUTTransport
import PowerCore
import UnixSignals

/// A server in the place of NUT's: NUT's files, NUT's drivers, and nothing in between.
///
/// There is no rack here, and so no policy: what a driver says is what clients are shown.
struct CompatibilityDaemon {
    /// What moves while the server runs.
    private struct Parts {
        var server: NUTServer
        var followers: DriverFollowers
        var configuration: CompatibilityConfiguration
        var logger: Logger
    }

    let options: CompatibilityOptions
    let files: CompatibilityFiles
    let background: BackgroundStart
    /// Whose rights the server has once it listens; nil to stay who it is.
    let account: Account?
    let logger: Logger

    /// Runs until a signal ends it.
    func run() async throws(CompatibilityConfiguration.Refusal) {
        // Taken before anybody can know that this process is there: unless taken, a signal would end it.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        var parts = try await self.start()
        let pidFile = self.writePID(parts.logger)
        self.background.sayReady()
        let manager = ServiceManager()
        manager.tell(.ready)
        let watchdog = manager.feedWatchdog()
        for await signal in signals {
            guard signal == .sighup else {
                parts.logger.notice("signal \(signal.rawValue): exiting", source: "upsd")
                break
            }
            manager.tell(.reloading)
            self.reload(&parts)
            manager.tell(.ready)
        }
        manager.tell(.stopping)
        watchdog?.cancel()
        pidFile?.remove()
        await parts.server.stop()
        await parts.followers.stop()
    }

    /// Reads everything, listens, gives up root's rights, and begins to follow the drivers.
    private func start() async throws(CompatibilityConfiguration.Refusal) -> Parts {
        let loaded = try self.files.load()
        if let problem = loaded.certificateProblem { throw .init(description: problem) }
        var logger = self.logger
        logger.logLevel = min(
            logger.logLevel, CompatibilityOptions.level(debug: loaded.configuration.debugMinimum, quiet: 0))
        for note in loaded.configuration.notes { logger.warning("\(note)", source: "upsd") }
        Self.raiseFileLimit()
        let board = DriverBoard(logger: logger)
        board.show(loaded.configuration.upses)
        let server = NUTServer(
            daemon: board, users: loaded.configuration.users,
            version: ServerVersion(product: "upsd-swift \(productVersion)"), tls: loaded.tls,
            limits: self.limits(loaded.configuration), complain: logger.complain)
        try await self.listen(server, loaded.configuration, logger)
        try self.becomeAccount()
        var followers = DriverFollowers(board: board, clock: TimeLineClock())
        followers.follow(loaded.configuration)
        return Parts(server: server, followers: followers, configuration: loaded.configuration, logger: logger)
    }

    /// Reads the files again, and applies what has changed but for where to listen; what cannot be used changes nothing.
    private func reload(_ parts: inout Parts) {
        do throws(CompatibilityConfiguration.Refusal) {
            let loaded = try self.files.load()
            for note in loaded.configuration.notes { parts.logger.warning("\(note)", source: "reload") }
            parts.server.replaceUsers(loaded.configuration.users)
            if let problem = loaded.certificateProblem {
                parts.logger.error("\(problem); the certificate stays as it was", source: "reload")
            } else {
                parts.server.replaceTLS(loaded.tls)
            }
            let limits = self.limits(loaded.configuration)
            parts.server.replaceLimits(connections: limits.connections, idle: limits.idle)
            parts.followers.follow(loaded.configuration)
            let former = Set(parts.configuration.upses.map(\.id))
            parts.server.disconnect(from: former.subtracting(loaded.configuration.upses.map(\.id)))
            parts.configuration = loaded.configuration
            parts.logger.notice("the configuration was read again", source: "reload")
        } catch {
            parts.logger.error("the configuration was read again and not taken: \(error)", source: "reload")
        }
    }

    // MARK: The start

    private func listen(
        _ server: NUTServer, _ configuration: CompatibilityConfiguration, _ logger: Logger
    ) async throws(CompatibilityConfiguration.Refusal) {
        let plan = ListenPlan(configuration.listen, family: self.options.family)
        let bound = await self.listen(server, at: plan.addresses, logger)
        let missing = plan.missing(bound)
        guard !bound.isEmpty else {
            await server.stop()
            throw .init(description: "no place to listen at is to be had; is another server, such as upsd, running?")
        }
        guard missing.isEmpty || configuration.allowsNotAllListeners else {
            await server.stop()
            throw .init(
                description: "cannot listen on \(missing.joined(separator: ", ")); with ALLOW_NOT_ALL_LISTENERS true "
                    + "the server starts all the same")
        }
    }

    /// Listens wherever that is possible, one place after the other; returns those.
    private func listen(
        _ server: NUTServer, at addresses: [ListenAddress], _ logger: Logger
    ) async -> [ListenAddress] {
        var bound: [ListenAddress] = []
        _ = try? await server.start(on: [])
        for address in addresses {
            do throws(NUTServerError) {
                bound = try await server.listen(on: bound + [address])
                logger.notice("listening on \(address.host) port \(address.port)", source: "upsd")
            } catch {
                let reason = if case .cannotListen(_, let reason) = error { reason } else { "\(error)" }
                logger.warning("not listening on \(address.host) port \(address.port): \(reason)", source: "upsd")
            }
        }
        return bound
    }

    private func becomeAccount() throws(CompatibilityConfiguration.Refusal) {
        guard let account else { return }
        guard account.become() else { throw .init(description: "cannot become user \(account.name)") }
    }

    private func writePID(_ logger: Logger) -> PIDFile? {
        guard self.options.writesPID else { return nil }
        let file = PIDFile(path: self.files.places.pidFile)
        if !file.write() {
            logger.warning("cannot write \(file.path): -c will not find this server", source: "upsd")
        }
        return file
    }

    // MARK: Limits

    /// Descriptors for files, logs and the system, besides those that are counted.
    private static let spareDescriptors = 64

    /// As many descriptors as the system lets this process have.
    private static func raiseFileLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private static var descriptors: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        return Int(clamping: limit.rlim_cur)
    }

    /// The most clients there may be, however many descriptors the system gives.
    private static let mostClients = 65_536

    private func limits(_ configuration: CompatibilityConfiguration) -> NUTServerLimits {
        var limits = NUTServerLimits()
        let others = configuration.upses.count + configuration.listen.count
        // NUT counts drivers and listeners in.
        let asked = (configuration.maximumConnections ?? Self.mostClients) - others
        let possible = Self.descriptors - others - limits.refusals - Self.spareDescriptors
        limits.connections = max(1, min(asked, possible, Self.mostClients))
        limits.tracking = configuration.trackingDelay ?? limits.tracking
        return limits
    }
}
