import Logging
import NUTTransport
import NetworkControl
import PowerCore
import PowerLab
import UnixSignals

/// Reads the configuration again while the daemon runs, and applies what has changed.
///
/// All of it or nothing: a configuration that cannot be used, or must not be at this moment, leaves everything as it is.
/// One reload at a time; who comes meanwhile waits for its turn.
actor Reload {
    /// Why nothing was changed: lines with file and place, or one sentence.
    typealias Refusal = LoadedConfiguration.Refusal

    /// What is to be changed.
    struct Parts: Sendable {
        var server: NUTServer
        var manager: PowerManager
        var drivers: Drivers
        var fleet: DriverFleet
        var network: NetworkHostControl
    }

    private let parts: Parts
    private let logger: Logger
    /// Reads the configuration, wherever it stands.
    private let load: @Sendable () throws(Refusal) -> LoadedConfiguration
    private var current: LoadedConfiguration
    /// What stood in the files that devices name, so that a new password or authority there is noticed.
    private var files: [DeviceID: [SecretFile]]
    private var last: Task<Result<String, Refusal>, Never>?

    init(
        of current: LoadedConfiguration, _ parts: Parts, logger: Logger,
        load: @escaping @Sendable () throws(Refusal) -> LoadedConfiguration
    ) {
        self.current = current
        self.parts = parts
        self.logger = logger
        self.load = load
        self.files = current.configuration.filesOfDevices
    }

    /// Reads again at every SIGHUP, until it is cancelled.
    func followSignals() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup) { _ = try? await self.reload() }
    }

    /// Puts in place what stands in the files now, and says what has changed.
    @discardableResult
    func reload() async throws(Refusal) -> String {
        let before = self.last
        let task = Task<Result<String, Refusal>, Never> {
            _ = await before?.value
            return await self.attempt()
        }
        self.last = task
        return try await task.value.get()
    }

    private func attempt() async -> Result<String, Refusal> {
        do throws(Refusal) {
            let sentences = try await self.apply(try self.load())
            let text = sentences.isEmpty ? "nothing has changed" : sentences.joined(separator: "; ")
            self.logger.notice("the configuration was read again: \(text)", source: "reload")
            return .success(text)
        } catch {
            for line in error.lines { self.logger.error("\(line)", source: "reload") }
            self.logger.error("the configuration was read again and not taken: all stays as it was", source: "reload")
            return .failure(error)
        }
    }

    private func apply(_ loaded: LoadedConfiguration) async throws(Refusal) -> [String] {
        let new = loaded.configuration
        let files = new.filesOfDevices
        let touched = Set(files.keys.filter { files[$0] != self.files[$0] })
        let change = ConfigurationChange(from: self.current.configuration, to: new, touched: touched)
        guard LabPlan(self.current.configuration) == LabPlan(new) else {
            throw Refusal("what is emulated cannot be changed while the daemon runs; restart it")
        }
        if let reason = change.needsRestart { throw Refusal(reason) }
        try await self.put(loaded, change)
        self.parts.server.disconnect(from: change.vanished)
        let secrets = self.sentencesOfFiles(loaded)
        (self.current, self.files) = (loaded, files)
        return change.sentences + secrets
    }

    /// What has changed in the files that the configuration names for its users and its certificate.
    private func sentencesOfFiles(_ loaded: LoadedConfiguration) -> [String] {
        var sentences: [String] = []
        let isSameUsers = loaded.configuration.server.users == self.current.configuration.server.users
        if isSameUsers, loaded.users != self.current.users { sentences.append("changed passwords") }
        if let new = loaded.tls, let old = self.current.tls, !new.showsTheSame(as: old) {
            sentences.append("changed certificate")
        }
        return sentences
    }

    /// Does all that may fail, and takes back what it had done when something fails.
    private func put(_ loaded: LoadedConfiguration, _ change: ConfigurationChange) async throws(Refusal) {
        let new = loaded.configuration
        let begun = change.added.union(change.restarted)
        let made: Drivers.Made
        do throws(Drivers.Refusal) {
            made = try self.parts.drivers.make(new, where: begun.contains)
        } catch {
            throw Refusal(error.description)
        }
        do throws(OrderRefusal) {
            // Asked before anything is closed; between the two nothing may have begun, or it is taken back.
            try await self.parts.manager.mayAdopt(new, restarted: change.restarted)
            try await self.serve(loaded)
            try await self.parts.manager.adopt(
                new, restarted: change.restarted, controls: made.controls, controllers: made.controllers)
        } catch {
            try? await self.serve(self.current)
            throw Refusal(error.reason)
        }
        self.parts.network.follow(new.access)
        await self.parts.fleet.replace(begun.union(change.removed), with: made.runs)
    }

    /// Lets the server do as `loaded` says. Who may do what and how comes first: nobody who comes through a new listener,
    /// or for a new device, is to find the old rules.
    private func serve(_ loaded: LoadedConfiguration) async throws(OrderRefusal) {
        let (server, words) = (self.parts.server, loaded.configuration.server)
        server.replaceUsers(loaded.users)
        server.replaceTLS(loaded.tls)
        server.replaceAllowed(words.allow)
        server.replaceAliases(words.aliases)
        do throws(OpenFileLimit.TooFew) {
            let limits = try NUTServerLimits(for: loaded.configuration, logger: self.logger)
            server.replaceLimits(connections: limits.connections, idle: limits.idle)
        } catch {
            throw OrderRefusal(error.description)
        }
        do throws(NUTServerError) {
            _ = try await server.listen(on: words.listen.map(ListenAddress.init))
        } catch {
            throw OrderRefusal(error.description)
        }
    }
}

extension LoadedConfiguration.Refusal {
    /// A refusal that is one sentence.
    init(_ sentence: String) {
        self.init(lines: [sentence])
    }
}

extension ListenAddress {
    init(_ endpoint: Configuration.Endpoint) {
        self.init(host: endpoint.host, port: endpoint.port, requiresTLS: endpoint.requiresTLS)
    }
}

extension Configuration {
    /// What stands in the files that drivers name; one that cannot be read is missing.
    fileprivate var filesOfDevices: [DeviceID: [SecretFile]] {
        let upses = self.upses.map { ($0.rack.id, $0.driver.files) }
        let pdus = self.pdus.map { ($0.rack.id, $0.driver.files) }
        var files: [DeviceID: [SecretFile]] = [:]
        for (id, named) in upses + pdus where !named.isEmpty {
            files[id] = named.compactMap {
                try? SecretFile(path: $0.path, limit: ConfigurationLoader.longestAuthorities)
            }
        }
        return files
    }
}
