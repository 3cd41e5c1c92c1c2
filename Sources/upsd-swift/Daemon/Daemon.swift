import Logging
import NUTProtocol
import NUTTransport
import PowerCore
import PowerLab
import ServiceLifecycle
import USBTransport

/// Everything that runs, put together from a configuration: drivers, manager, server, and the lab where it is emulated.
struct Daemon: Service {
    let configuration: Configuration
    let passwords: [String: String]
    let tls: ServedTLS?
    let logger: Logger

    /// Runs until a graceful shutdown is asked for, then gives every device back.
    func run() async throws {
        let clock = SystemClock()
        let usb = USBContext()
        let lab = try LabPlan(self.configuration).map { try LabRack($0, timekeeper: clock) }
        let (shown, show) = AsyncStream.makeStream(of: [HostView].self, bufferingPolicy: .bufferingNewest(1))
        let mailbox = Mailbox()
        let drivers = try Drivers(self.configuration, usb: usb, lab: lab, clock: clock, report: mailbox.report)
        let manager = PowerManager(
            configuration: self.configuration,
            wiring: PowerManager.Wiring(
                timekeeper: clock, upses: drivers.controls, pdus: drivers.controllers,
                extras: lab.map { [LabDevice.id: LabDevice(rack: $0)] } ?? [:], log: self.logger.write,
                hostsChanged: { views, _ in show.yield(views) }))
        mailbox.deliver(to: manager.report)
        let bridge = lab.map { LabBridge(rack: $0, manager: manager, shown: shown) }
        let server = NUTServer(
            daemon: bridge ?? manager, users: self.users,
            version: ServerVersion(product: "upsd-swift \(productVersion)"),
            tls: self.tls?.identity, hashing: PasswordHasher(), allowed: self.configuration.server.allow,
            limits: self.limits, complain: self.logger.complain)
        try await self.serve(server, manager, drivers, bridge)
        await usb.shutDown()
    }

    private func serve(
        _ server: NUTServer, _ manager: PowerManager, _ drivers: Drivers, _ bridge: LabBridge?
    ) async throws {
        let bound = try await server.start(
            on: self.configuration.server.listen.map { ListenAddress(host: $0.host, port: $0.port) })
        let places = bound.map(\.description).joined(separator: ", ")
        self.logger.notice("listening on \(places); \(self.encryption)", source: "server")
        let certificates = CertificateReload(files: self.tls?.files, server: server, logger: self.logger)
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await manager.run() }
                group.addTask { await certificates.run() }
                if let bridge { group.addTask { await bridge.run() } }
                for run in drivers.runs { group.addTask { await run() } }
                await group.waitForAll()
            }
        }
        await server.stop()
        self.logger.notice("stopped; no outlet was touched and no host was told anything by that", source: "server")
    }

    private var encryption: String {
        guard let tls = self.tls else { return "connections are not encrypted" }
        return tls.files.isRequired ? "clients must say STARTTLS" : "clients may say STARTTLS"
    }

    private var users: UserTable {
        UserTable(
            self.configuration.server.users.compactMap { user in
                self.password(of: user).map { NUTUser(user, password: $0) }
            })
    }

    private func password(of user: Configuration.User) -> Password? {
        if case .hash(let hash) = user.password { return Password(hash: hash) }
        return self.passwords[user.name].flatMap { Password(plain: $0) }
    }

    private var limits: NUTServerLimits {
        var limits = NUTServerLimits()
        let wanted = self.configuration.server.maximumClients
        let descriptors = DescriptorLimit.raised(
            for: wanted, devices: self.configuration.upses.count + self.configuration.pdus.count)
        if descriptors.clients < wanted {
            self.logger.warning(
                "the system allows \(descriptors.total) open files, so that \(descriptors.clients) of \(wanted) clients may connect; see LimitNOFILE of systemd, or ulimit -n",
                source: "server")
        }
        limits.connections = descriptors.clients
        limits.idle = self.configuration.server.idleTimeout
        return limits
    }
}

extension NUTUser {
    /// The user as the configuration says it, with the password read from where it stands.
    init(_ user: Configuration.User, password: Password) {
        let role: NUTUser.Role? =
            switch user.role {
            case .secondary: .secondary
            case .primary: .primary
            case nil: nil
            }
        self.init(
            name: user.name, password: password, role: role, settable: Grant(user.set),
            commands: Grant(user.commands), devices: Grant(user.devices))
    }
}

extension Grant {
    init(_ scope: Configuration.User.Scope) {
        switch scope {
        case .all: self = .all
        case .only(let names): self = .only(names)
        }
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
