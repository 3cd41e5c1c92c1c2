import Logging
import NUTTransport
import UnixSignals

/// Reads the configuration again while the daemon runs, and applies what has changed; one that cannot be used changes
/// nothing.
actor Reload {
    /// Reads the configuration, wherever it stands.
    private let load: @Sendable () throws(LoadedConfiguration.Refusal) -> LoadedConfiguration
    private let server: NUTServer
    private let logger: Logger

    init(
        server: NUTServer, logger: Logger,
        load: @escaping @Sendable () throws(LoadedConfiguration.Refusal) -> LoadedConfiguration
    ) {
        self.load = load
        self.server = server
        self.logger = logger
    }

    /// Reads again at every SIGHUP, until it is cancelled.
    func followSignals() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup) { try? self.reload() }
    }

    /// Puts in place what stands in the files now, or keeps what was and says why.
    func reload() throws(LoadedConfiguration.Refusal) {
        do throws(LoadedConfiguration.Refusal) {
            let loaded = try self.load()
            self.server.replaceUsers(loaded.users)
            self.server.replaceTLS(loaded.tls)
            self.logger.notice("the configuration was read again", source: "reload")
        } catch {
            for line in error.lines { self.logger.error("\(line)", source: "reload") }
            self.logger.error("nothing was changed: the configuration cannot be used", source: "reload")
            throw error
        }
    }
}
