import NUTTransport
import PowerCore
import PowerLab
import Synchronization
import USBTransport

/// The drivers of all devices of a configuration.
struct Drivers {
    /// Something is wrong with a device's options that only its transport could find out.
    struct Refusal: Error, CustomStringConvertible {
        var description: String
    }

    /// What each driver does for as long as the daemon runs.
    private(set) var runs: [@Sendable () async -> Void] = []
    /// The UPSes that take variables and commands.
    private(set) var controls: [DeviceID: any UPSControl] = [:]
    /// The PDUs.
    private(set) var controllers: [DeviceID: any OutletController] = [:]

    /// Makes the drivers; none of them has begun.
    init(
        _ configuration: Configuration, usb: USBContext, lab: LabRack?, clock: any Timekeeper,
        report: @escaping @Sendable (DeviceEvent) -> Void
    ) throws {
        for ups in configuration.upses {
            self.add(ups, try Self.connection(to: ups, usb: usb, lab: lab, clock: clock), clock: clock, report: report)
        }
        for pdu in configuration.pdus {
            guard let controller = self.controller(of: pdu, lab: lab, clock: clock) else { continue }
            let driver = PDUDriver(
                id: pdu.rack.id, pollInterval: pdu.pollInterval, controller: controller, timekeeper: clock,
                report: report)
            self.controllers[pdu.rack.id] = controller
            self.runs.append { await driver.run() }
        }
    }

    /// What a UPS is reached through.
    private enum Connection {
        /// Raw reports, which we make sense of.
        case reports(any HIDDeviceSource)
        /// Ready-made variables.
        case variables(any UPSSource, SourcedUPSDriver.Pauses, SourcedUPSDriver.Absence)
    }

    private mutating func add(
        _ ups: Configuration.UPS, _ connection: Connection, clock: any Timekeeper,
        report: @escaping @Sendable (DeviceEvent) -> Void
    ) {
        switch connection {
        case .reports(let source):
            let driver = HIDUPSDriver(
                id: ups.rack.id, source: source,
                pace: HIDUPSDriver.Pace(quick: ups.pollInterval, full: ups.fullPollInterval), timekeeper: clock,
                report: report)
            self.controls[ups.rack.id] = driver
            self.runs.append { await driver.run() }
        case .variables(let source, let pauses, let absence):
            let driver = SourcedUPSDriver(
                id: ups.rack.id, source: source, pauses: pauses, absence: absence, staleAfter: ups.staleAfter,
                timekeeper: clock, report: report)
            self.controls[ups.rack.id] = driver
            self.runs.append { await driver.run() }
        }
    }

    /// What reads and switches a PDU's outlets; nil where the lab has no such PDU.
    private mutating func controller(
        of pdu: Configuration.PDU, lab: LabRack?, clock: any Timekeeper
    ) -> (any OutletController)? {
        switch pdu.driver {
        case .emulated: return lab?.outlets(of: pdu.rack.id)
        case .nutDriver(let driver):
            let source = DriverSocketSource(
                path: driver.path, limits: DriverLinkLimits(staleAfter: pdu.staleAfter), timekeeper: clock)
            let outlets = SourcedOutlets(
                id: pdu.rack.id, source: source, staleAfter: pdu.staleAfter, timekeeper: clock)
            self.runs.append { await outlets.run() }
            return outlets
        }
    }

    private static func connection(
        to ups: Configuration.UPS, usb: USBContext, lab: LabRack?, clock: any Timekeeper
    ) throws -> Connection {
        switch ups.driver {
        case .emulated:
            guard let source = lab?.source(for: ups.rack.id) else {
                throw Refusal(description: "\(ups.rack.id): the lab has no such UPS")
            }
            return .reports(source)
        case .usbHID(let criteria):
            return .reports(
                USBDeviceSource(context: usb, match: try USBMatch(criteria.fields), timekeeper: clock))
        case .nutUpstream(let upstream):
            return .variables(try Self.source(of: upstream, ups, clock: clock), .remote, .bridged)
        case .dummy(let dummy):
            let source = DummySource(
                path: dummy.file, isLooping: dummy.isLooping, poll: ups.pollInterval, timekeeper: clock)
            return .variables(source, .local, .bridged)
        case .nutDriver(let driver):
            let source = DriverSocketSource(
                path: driver.path, limits: DriverLinkLimits(staleAfter: ups.staleAfter), timekeeper: clock)
            return .variables(source, .local, .told)
        }
    }

    private static func source(
        of upstream: Configuration.NUTUpstream, _ ups: Configuration.UPS, clock: any Timekeeper
    ) throws -> UpstreamSource {
        UpstreamSource(
            place: UpstreamSource.Place(
                host: upstream.server.host, port: upstream.server.port, device: upstream.name),
            credentials: try Self.credentials(for: upstream, of: ups.rack.id),
            tls: try Self.encryption(of: upstream, ups.rack.id),
            pace: UpstreamSource.Pace(quick: ups.pollInterval, full: ups.fullPollInterval), timekeeper: clock)
    }

    /// How the connection to another server is encrypted.
    ///
    /// Without authorities, whoever only tries takes any certificate: who could take the server's place could as well
    /// say that it does not encrypt.
    private static func encryption(
        of upstream: Configuration.NUTUpstream, _ id: DeviceID
    ) throws -> ClientTLS {
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
    ) throws -> UpstreamSource.Credentials? {
        guard let user = upstream.user, let path = upstream.passwordFile else { return nil }
        do {
            let file = try SecretFile(path: path, limit: ConfigurationLoader.longestPasswordFile)
            guard let password = file.firstLine else {
                throw Refusal(description: "\(id): password file \(path) has no text in its first line")
            }
            return UpstreamSource.Credentials(user: user, password: password)
        } catch let error as SecretFile.Failure {
            throw Refusal(description: "\(id): password file \(path) \(error.reason)")
        }
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
