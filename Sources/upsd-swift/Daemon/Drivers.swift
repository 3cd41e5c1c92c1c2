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
            let source = try Self.source(of: ups, usb: usb, lab: lab, clock: clock)
            let driver = HIDUPSDriver(
                id: ups.rack.id, source: source,
                pace: HIDUPSDriver.Pace(quick: ups.pollInterval, full: ups.fullPollInterval), timekeeper: clock,
                report: report)
            self.controls[ups.rack.id] = driver
            self.runs.append { await driver.run() }
        }
        for pdu in configuration.pdus {
            guard let controller = lab?.outlets(of: pdu.rack.id) else { continue }
            let driver = PDUDriver(
                id: pdu.rack.id, pollInterval: pdu.pollInterval, controller: controller, timekeeper: clock,
                report: report)
            self.controllers[pdu.rack.id] = controller
            self.runs.append { await driver.run() }
        }
    }

    private static func source(
        of ups: Configuration.UPS, usb: USBContext, lab: LabRack?, clock: any Timekeeper
    ) throws -> any HIDDeviceSource {
        switch ups.driver {
        case .emulated:
            guard let source = lab?.source(for: ups.rack.id) else {
                throw Refusal(description: "\(ups.rack.id): the lab has no such UPS")
            }
            return source
        case .usbHID(let criteria):
            return USBDeviceSource(context: usb, match: try USBMatch(criteria.fields), timekeeper: clock)
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
