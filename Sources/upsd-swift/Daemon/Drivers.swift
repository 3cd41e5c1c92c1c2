import NUTTransport
import PowerCore
import PowerLab
import Synchronization
import USBTransport

/// Makes the drivers of devices; none of them has begun.
struct Drivers: Sendable {
    /// Something is wrong with a device's options that only its transport could find out.
    struct Refusal: Error, CustomStringConvertible {
        var description: String
    }

    /// Drivers, ready to run.
    struct Made: Sendable {
        /// What each driver does for as long as it is wanted.
        var runs: [DeviceID: [@Sendable () async -> Void]] = [:]
        /// The UPSes that take variables and commands.
        var controls: [DeviceID: any UPSControl] = [:]
        /// The PDUs.
        var controllers: [DeviceID: any OutletController] = [:]
    }

    /// What a UPS is reached through.
    private enum Connection {
        /// Raw reports, which we make sense of.
        case reports(any HIDDeviceSource)
        /// Ready-made variables.
        case variables(any UPSSource, SourcedUPSDriver.Pauses, SourcedUPSDriver.Absence)
    }

    let usb: USBContext
    let lab: LabRack?
    let clock: any Timekeeper
    let report: @Sendable (DeviceEvent) -> Void

    /// Makes the drivers of the devices of a configuration for which `isWanted` says yes.
    func make(_ configuration: Configuration, where isWanted: (DeviceID) -> Bool = { _ in true }) throws(Refusal)
        -> Made
    {
        var made = Made()
        for ups in configuration.upses where isWanted(ups.rack.id) {
            self.add(ups, try self.connection(to: ups), &made)
        }
        for pdu in configuration.pdus where isWanted(pdu.rack.id) { try self.add(pdu, &made) }
        return made
    }

    private func add(_ ups: Configuration.UPS, _ connection: Connection, _ made: inout Made) {
        switch connection {
        case .reports(let source):
            let driver = HIDUPSDriver(
                id: ups.rack.id, source: source,
                pace: HIDUPSDriver.Pace(quick: ups.pollInterval, full: ups.fullPollInterval), timekeeper: self.clock,
                report: self.report)
            made.controls[ups.rack.id] = driver
            made.runs[ups.rack.id] = [{ await driver.run() }]
        case .variables(let source, let pauses, let absence):
            let driver = SourcedUPSDriver(
                id: ups.rack.id, source: source, pauses: pauses, absence: absence, staleAfter: ups.staleAfter,
                timekeeper: self.clock, report: self.report)
            made.controls[ups.rack.id] = driver
            made.runs[ups.rack.id] = [{ await driver.run() }]
        }
    }

    /// Adds what reads and switches a PDU's outlets; nothing where the lab has no such PDU.
    private func add(_ pdu: Configuration.PDU, _ made: inout Made) throws(Refusal) {
        let controller: any OutletController
        var runs: [@Sendable () async -> Void] = []
        switch pdu.driver {
        case .emulated:
            guard let outlets = self.lab?.outlets(of: pdu.rack.id) else { return }
            controller = outlets
        case .nutDriver(let driver):
            let source = DriverSocketSource(
                path: driver.path, limits: DriverLinkLimits(staleAfter: pdu.staleAfter), timekeeper: self.clock)
            controller = self.outlets(of: pdu, source, .local, &runs)
        case .nutUpstream(let upstream):
            // A PDU has no status that would tell when there is more to ask for.
            let pace = UpstreamSource.Pace(quick: pdu.pollInterval, full: pdu.pollInterval)
            controller = self.outlets(of: pdu, try self.source(of: upstream, pdu.rack.id, pace), .remote, &runs)
        case .snmp(let agent): controller = try self.snmp(agent, pdu)
        case .usbRelay(let device): controller = try self.relayBoard(device, pdu)
        case .usbSispm(let device): controller = try self.powerStrip(device, pdu)
        case .http(let device): controller = try self.http(device, pdu)
        case .kasa(let strip): controller = self.kasa(strip, pdu)
        case .powerman(let daemon): controller = self.powerman(daemon, pdu)
        case .command(let commands): controller = self.commands(commands, pdu)
        }
        let serial = SerialOutlets(pdu.rack.id, controller)
        let driver = PDUDriver(
            id: pdu.rack.id, pollInterval: pdu.pollInterval, controller: serial, timekeeper: self.clock,
            report: self.report)
        made.controllers[pdu.rack.id] = serial
        made.runs[pdu.rack.id] = runs + [{ await driver.run() }]
    }

    /// The outlets of a PDU whose variables come ready-made, and in `runs` what follows them.
    private func outlets(
        of pdu: Configuration.PDU, _ source: any UPSSource, _ pauses: SourcedUPSDriver.Pauses,
        _ runs: inout [@Sendable () async -> Void]
    ) -> SourcedOutlets {
        let outlets = SourcedOutlets(
            id: pdu.rack.id, source: source, pauses: pauses, staleAfter: pdu.staleAfter, timekeeper: self.clock)
        runs.append { await outlets.run() }
        return outlets
    }

    private func connection(to ups: Configuration.UPS) throws(Refusal) -> Connection {
        switch ups.driver {
        case .emulated:
            guard let source = self.lab?.source(for: ups.rack.id) else {
                throw Refusal(description: "\(ups.rack.id): the lab has no such UPS")
            }
            return .reports(source)
        case .usbHID(let criteria):
            return .reports(
                USBDeviceSource(context: self.usb, match: try Self.match(criteria, ups), timekeeper: self.clock))
        case .nutUpstream(let upstream):
            let pace = UpstreamSource.Pace(quick: ups.pollInterval, full: ups.fullPollInterval)
            return .variables(try self.source(of: upstream, ups.rack.id, pace), .remote, .bridged)
        case .snmp(let agent):
            return .variables(try self.snmp(agent, ups), .remote, .bridged)
        case .dummy(let dummy):
            let source = DummySource(
                path: dummy.file, isLooping: dummy.isLooping, poll: ups.pollInterval, timekeeper: self.clock)
            return .variables(source, .local, .bridged)
        case .nutDriver(let driver):
            let source = DriverSocketSource(
                path: driver.path, limits: DriverLinkLimits(staleAfter: ups.staleAfter), timekeeper: self.clock)
            return .variables(source, .local, .told)
        }
    }

    private static func match(
        _ criteria: Configuration.USBCriteria, _ ups: Configuration.UPS
    ) throws(Refusal) -> USBMatch {
        do {
            return try USBMatch(criteria.fields)
        } catch {
            throw Refusal(description: "\(ups.rack.id): \(error)")
        }
    }

    private func source(
        of upstream: Configuration.NUTUpstream, _ id: DeviceID, _ pace: UpstreamSource.Pace
    ) throws(Refusal) -> UpstreamSource {
        UpstreamSource(
            place: UpstreamSource.Place(
                host: upstream.server.host, port: upstream.server.port, device: upstream.name),
            credentials: try Self.credentials(for: upstream, of: id),
            tls: try Self.encryption(of: upstream, id), pace: pace, timekeeper: self.clock)
    }

    /// How the connection to another server is encrypted.
    ///
    /// Without authorities, whoever only tries takes any certificate: who could take the server's place could as well
    /// say that it does not encrypt.
    private static func encryption(
        of upstream: Configuration.NUTUpstream, _ id: DeviceID
    ) throws(Refusal) -> ClientTLS {
        var given: ClientTLSTrust?
        if let path = upstream.authoritiesFile {
            do throws(SecretFile.Failure) {
                let file = try SecretFile(path: path, limit: ConfigurationLoader.longestAuthorities)
                given = .authorities(file.bytes)
            } catch {
                throw Refusal(description: "\(id): ca \(path) \(error.reason)")
            }
        }
        return switch upstream.encryption {
        case .off: .off
        case .try: .attempted(given ?? .anyone)
        case .require: .required(given ?? .system)
        }
    }

    /// Who we are for another server; nil where we only read.
    private static func credentials(
        for upstream: Configuration.NUTUpstream, of id: DeviceID
    ) throws(Refusal) -> UpstreamSource.Credentials? {
        guard let user = upstream.user, let path = upstream.passwordFile else { return nil }
        let file: SecretFile
        do {
            file = try SecretFile(path: path, limit: ConfigurationLoader.longestPasswordFile)
        } catch {
            throw Refusal(description: "\(id): password file \(path) \(error.reason)")
        }
        guard let password = file.firstLine else {
            throw Refusal(description: "\(id): password file \(path) has no text in its first line")
        }
        return UpstreamSource.Credentials(user: user, password: password)
    }
}

extension Configuration.USBCriteria {
    /// The criteria in the transport's words.
    var fields: [USBMatch.Field: String] {
        let all: [USBMatch.Field: String?] = [
            .vendorID: self.vendorID, .productID: self.productID, .vendor: self.manufacturer, .product: self.product,
            .serial: self.serial, .bus: self.bus, .port: self.port,
        ]
        return all.compactMapValues(\.self)
    }
}

/// Where drivers put what they have to say until there is a manager: each needs the other to be made.
final class Mailbox: Sendable {
    private let receiver = Mutex<(@Sendable (DeviceEvent) -> Void)?>(nil)

    func deliver(to receiver: @escaping @Sendable (DeviceEvent) -> Void) {
        self.receiver.withLock { $0 = receiver }
    }

    /// Hands an event on; no driver runs before the manager is there.
    @Sendable
    func report(_ event: DeviceEvent) {
        self.receiver.withLock { $0 }?(event)
    }
}
