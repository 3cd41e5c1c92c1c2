import EventStore
import HTTPControl
import Logging
import NUTProtocol
import NUTTransport
import NetworkControl
import PowerCore
import PowerLab
import ServiceLifecycle
import USBTransport

/// Everything that runs, put together from a configuration: drivers, manager, server, and the lab where it is emulated.
struct Daemon: Service {
    /// What it begins with.
    let loaded: LoadedConfiguration
    let logger: Logger
    /// Reads the configuration again, wherever it stands.
    let load: @Sendable () throws(LoadedConfiguration.Refusal) -> LoadedConfiguration

    private var configuration: Configuration { self.loaded.configuration }

    /// Runs until a graceful shutdown is asked for, then gives every device back.
    func run() async throws {
        let store = self.openStore()
        let clock = store.clock
        let usb = USBContext()
        let lab = try LabPlan(self.configuration).map { try LabRack($0, timekeeper: clock) }
        let (shown, show) = AsyncStream.makeStream(of: [HostView].self, bufferingPolicy: .bufferingNewest(1))
        let mailbox = Mailbox()
        let httpClients = HTTPClients()
        let drivers = Drivers(
            usb: usb, lab: lab, httpClients: httpClients, clock: clock, report: mailbox.report)
        let made = try drivers.make(self.configuration)
        let commands = ServerDevice()
        var extras: [DeviceID: any CommandDevice] = [ServerCommand.device: commands]
        if let lab { extras[LabDevice.id] = LabDevice(rack: lab) }
        let network = NetworkHostControl(self.configuration.access)
        let manager = PowerManager(
            configuration: self.configuration,
            wiring: PowerManager.Wiring(
                timekeeper: clock, upses: made.controls, pdus: made.controllers, extras: extras,
                hosts: lab.map { LabHosts(rack: $0, network: network) } ?? network, journal: store.journal,
                memory: store.memory, log: self.logger.write,
                hostsChanged: { views, _ in show.yield(views) }))
        mailbox.deliver(to: manager.report)
        let bridge = lab.map { LabBridge(rack: $0, manager: manager, shown: shown) }
        let server = NUTServer(
            daemon: bridge ?? manager, users: self.loaded.users,
            version: ServerVersion(product: "upsd-swift \(productVersion)"),
            tls: self.loaded.tls, hashing: PasswordHasher(), allowed: self.configuration.server.allow,
            limits: try NUTServerLimits(for: self.configuration, logger: self.logger), complain: self.logger.complain)
        server.replaceAliases(self.configuration.server.aliases)
        let parts = Reload.Parts(
            server: server, manager: manager, drivers: drivers, fleet: DriverFleet(), network: network)
        let reload = Reload(of: self.loaded, parts, logger: self.logger, load: self.load)
        commands.attach(reload)
        await manager.begin()
        try await self.serve(parts, made, reload, bridge)
        await httpClients.shutDown()
        await usb.shutDown()
        store.close()
    }

    /// What the manager keeps its journal in, the clock that goes with it, and what it held.
    private struct Store {
        var journal: (any PolicyJournal)?
        var clock = TimeLineClock()
        var memory = PolicyMemory()
        var close: @Sendable () -> Void = {}
    }

    /// Opens the store, where the configuration names one. Without it the rack is protected all the same.
    private func openStore() -> Store {
        guard let place = self.configuration.store else {
            self.logger.notice("no store is configured: what is begun is forgotten at a restart", source: "store")
            return Store()
        }
        do throws(JournalFailure) {
            let store = try EventStore.open(place.path, keep: place.keep)
            for note in store.notes { self.logger.warning("\(note)", source: "store") }
            return Store(
                journal: store, clock: TimeLineClock(line: store.timeLine), memory: store.memory, close: store.close)
        } catch {
            self.logger.critical(
                "\(error.reason); the rack is protected all the same, but not over a restart", source: "store")
            let late = LateEventStore(place.path, keep: place.keep, failure: error)
            return Store(
                journal: late, clock: TimeLineClock(line: late.timeLine), memory: late.memory, close: late.close)
        }
    }

    private func serve(
        _ parts: Reload.Parts, _ made: Drivers.Made, _ reload: Reload, _ bridge: LabBridge?
    ) async throws {
        let bound = try await parts.server.start(
            on: self.configuration.server.listen.map(ListenAddress.init))
        let places = bound.map(\.description).joined(separator: ", ")
        self.logger.notice("listening on \(places); \(self.encryption)", source: "server")
        await parts.fleet.replace(Set(made.runs.keys), with: made.runs)
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await parts.manager.run() }
                group.addTask { await reload.followSignals() }
                if let bridge { group.addTask { await bridge.run() } }
                group.addTask { await parts.fleet.run() }
                await group.waitForAll()
            }
        }
        await parts.server.stop()
        self.logger.notice("stopped; no outlet was touched and no host was told anything by that", source: "server")
    }

    private var encryption: String {
        guard let tls = self.loaded.tls else { return "connections are not encrypted" }
        return tls.isRequired ? "clients must say STARTTLS" : "clients may say STARTTLS"
    }
}

extension Logger {
    /// Says what a stranger did.
    @Sendable
    func complain(_ complaint: ClientComplaint, of address: String, others: Int) {
        let more = others > 0 ? " and \(others) others since the last word about it" : ""
        let sentence =
            switch complaint {
            case .notAllowed: "refused \(address)\(more): not in server.allow"
            case .noRoom: "refused \(address)\(more): server.max-clients are connected"
            case .tooManyOfOneAddress: "refused \(address)\(more): it has most of server.max-clients already"
            case .deaf: "closed \(address)\(more): it does not read what it asks for"
            case .endlessLine: "closed \(address)\(more): its line has no end"
            case .wrongPassword: "wrong password from \(address)\(more)"
            case .handshake: "closed \(address)\(more): no TLS handshake came of STARTTLS"
            case .noCertificate: "closed \(address)\(more): it showed no certificate"
            case .strangeCertificate: "closed \(address)\(more): nobody in client-ca vouches for its certificate"
            }
        self.notice("\(sentence)", source: "server")
    }

    /// Writes what the manager has to say.
    @Sendable
    func write(_ line: PowerManager.LogLine) {
        let level: Logger.Level =
            switch line.level {
            case .notice: .notice
            case .warning: .warning
            case .alarm: .critical
            }
        self.log(level: level, "\(line.text)", source: line.subject)
    }
}
