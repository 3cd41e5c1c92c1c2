internal import HIDReport

/// The outlets of a power strip "SiS-PM" on USB.
public struct PowerStripOutlets: OutletController {
    /// What a strip said when it was opened.
    private struct Strip: Sendable {
        var serial: String
        var model: PowerStripModel
    }

    /// Says whether there is mains at the strip, in NUT's words for an input's voltage: `good` or `critical-low`.
    public static let mainsVariable = "input.voltage.status"

    private let link: HIDLink<Strip>
    private let repeats: TransferRepeats

    /// Makes a controller that has opened nothing yet.
    public init(id: DeviceID, source: any HIDDeviceSource, timekeeper: any Timekeeper) {
        let repeats = TransferRepeats(timekeeper: timekeeper)
        self.repeats = repeats
        self.link = HIDLink(id: id, source: source) { (device) async throws(DeviceFailure) in
            guard let model = PowerStripModel(of: device.identity) else {
                throw DeviceFailure(
                    .notSupported, device: device.identity.inWords, detail: "it is no power strip that is known",
                    remedy: "match another device, or leave out match")
            }
            return Strip(serial: try await Self.serial(of: device, repeats), model: model)
        }
    }

    /// Returns when the task is cancelled and the strip has been given back.
    public func run() async {
        await self.link.hold()
    }

    /// The number by which a strip can be told from others of its kind, as `sispmctl -s` shows it.
    public static func id(of device: any HIDDevice, timekeeper: any Timekeeper) async throws(DeviceFailure) -> String {
        try await Self.serial(of: device, TransferRepeats(timekeeper: timekeeper))
    }

    /// Reads all outlets, one after the other.
    public func read() async throws(DeviceFailure) -> PDUReading {
        let repeats = self.repeats
        return try await self.link.use { (device, strip) async throws(DeviceFailure) in
            var outlets: [PowerStripOutlet] = []
            for report in strip.model.reports { outlets.append(try await Self.outlet(report, of: device, repeats)) }
            return Self.reading(outlets, strip, device.identity)
        }
    }

    /// Sends the order for one outlet.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        let repeats = self.repeats
        try await self.link.use { (device, strip) async throws(DeviceFailure) in
            guard let report = strip.model.report(of: outlet) else {
                throw DeviceFailure(
                    .notSupported, device: device.identity.inWords,
                    detail: "it has no outlet \(outlet), only 1 to \(strip.model.reports.count)")
            }
            try await repeats { () async throws(DeviceFailure) in
                try await device.setReport(.feature, id: report, bytes: PowerStripModel.order(report, position))
            }
        }
    }

    private static func outlet(
        _ report: UInt8, of device: any HIDDevice, _ repeats: TransferRepeats
    ) async throws(DeviceFailure) -> PowerStripOutlet {
        try await repeats { () async throws(DeviceFailure) in
            let bytes = try await Self.answer(report, of: device)
            guard let outlet = PowerStripOutlet(bytes) else { throw Self.nonsense(report, bytes, device) }
            return outlet
        }
    }

    private static func serial(
        of device: any HIDDevice, _ repeats: TransferRepeats
    ) async throws(DeviceFailure) -> String {
        try await repeats { () async throws(DeviceFailure) in
            let bytes = try await Self.answer(PowerStripModel.serialReport, of: device)
            guard bytes.count == PowerStripModel.length else {
                throw Self.nonsense(PowerStripModel.serialReport, bytes, device)
            }
            return PowerStripModel.serial(bytes)
        }
    }

    private static func answer(_ report: UInt8, of device: any HIDDevice) async throws(DeviceFailure) -> [UInt8] {
        let bytes = try await device.getReport(.feature, id: report, length: PowerStripModel.length)
        guard bytes.first == report else { throw Self.nonsense(report, bytes, device) }
        return bytes
    }

    private static func nonsense(_ report: UInt8, _ bytes: [UInt8], _ device: any HIDDevice) -> DeviceFailure {
        DeviceFailure(
            .stalled, device: device.identity.inWords,
            detail: "asked for report \(report), it answered \(bytes.count) bytes that are not that report",
            remedy: "check cable and hub")
    }

    private static func reading(
        _ outlets: [PowerStripOutlet], _ strip: Strip, _ identity: HIDIdentity
    ) -> PDUReading {
        let model = identity.product.isEmpty ? strip.model.name : identity.product
        let mains = outlets.contains(where: \.hasMains) ? "good" : "critical-low"
        return PDUReading(
            variables: identity.pduVariables(model: model, serial: strip.serial)
                + [Variable(Self.mainsVariable, mains)],
            outlets: outlets.enumerated().map { OutletReading(number: $0 + 1, position: $1.position) })
    }
}
