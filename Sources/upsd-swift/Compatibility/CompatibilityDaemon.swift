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
        let loaded = try self.files.load()
        self.log(loaded.configuration)
        Self.raiseFileLimit()
        let board = DriverBoard(logger: self.logger)
        board.show(loaded.configuration.upses)
        let server = NUTServer(
            daemon: board, users: loaded.configuration.users,
            version: ServerVersion(product: "upsd-swift \(productVersion)"), tls: loaded.tls,
            limits: self.limits(loaded.configuration))
        try await self.listen(server, loaded.configuration)
        try self.becomeAccount()
        var followers = DriverFollowers(board: board, clock: SystemClock())
        followers.follow(loaded.configuration)
        let pidFile = self.writePID()
        self.background.sayReady()
        for await signal in signals {
            guard signal == .sighup else {
                self.logger.notice("signal \(signal.rawValue): exiting", source: "upsd")
                break
            }
            self.reload(server, &followers)
        }
        pidFile?.remove()
        await server.stop()
        await followers.stop()
    }

    /// Reads the files again, and applies what has changed but for where to listen; what cannot be used changes nothing.
    private func reload(_ server: NUTServer, _ followers: inout DriverFollowers) {
        do throws(CompatibilityConfiguration.Refusal) {
            let loaded = try self.files.load()
            self.log(loaded.configuration)
            server.replaceUsers(loaded.configuration.users)
            server.replaceTLS(loaded.tls)
            followers.follow(loaded.configuration)
            self.logger.notice("the configuration was read again", source: "reload")
        } catch {
            self.logger.error("nothing was changed: \(error)", source: "reload")
        }
    }

    private func log(_ configuration: CompatibilityConfiguration) {
        for note in configuration.notes { self.logger.warning("\(note)", source: "upsd") }
    }

    // MARK: The start

    private func listen(
        _ server: NUTServer, _ configuration: CompatibilityConfiguration
    ) async throws(CompatibilityConfiguration.Refusal) {
        let plan = ListenPlan(configuration.listen, family: self.options.family)
        let bound: [ListenAddress]
        do {
            bound = try await server.start(on: plan.addresses) { address, reason in
                self.logger.warning("not listening on \(address.host) port \(address.port): \(reason)", source: "upsd")
            }
        } catch {
            throw .init(description: error.description)
        }
        let missing = plan.missing(bound)
        for address in bound {
            self.logger.notice("listening on \(address.host) port \(address.port)", source: "upsd")
        }
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

    private func becomeAccount() throws(CompatibilityConfiguration.Refusal) {
        guard let account else { return }
        guard account.become() else { throw .init(description: "cannot become user \(account.name)") }
    }

    private func writePID() -> PIDFile? {
        guard self.options.writesPID else { return nil }
        let file = PIDFile(path: self.files.places.pidFile)
        if !file.write() {
            self.logger.warning("cannot write \(file.path): -c will not find this server", source: "upsd")
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
