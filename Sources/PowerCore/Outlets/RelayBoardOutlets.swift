internal import HIDReport

/// The relays of a board "USBRelayN" on USB, as outlets.
///
/// All relays of such a board drop out when it loses the bus: when the cable is pulled, and when the host sleeps or restarts.
/// What is read afterwards says so: off, or on where the loads are wired to the contact that is closed at rest.
public struct RelayBoardOutlets: OutletController {
    /// What a board said when it was opened.
    private struct Board: Sendable {
        var id: String
        var relays: Int
    }

    private let id: DeviceID
    private let link: HIDLink<Board>
    private let repeats: TransferRepeats
    private let contact: RelayContact

    /// Makes a controller that has opened nothing yet.
    public init(
        id: DeviceID, source: any HIDDeviceSource, contact: RelayContact = .normallyOpen, timekeeper: any Timekeeper
    ) {
        self.contact = contact
        let repeats = TransferRepeats(timekeeper: timekeeper)
        self.id = id
        self.repeats = repeats
        self.link = HIDLink(id: id, source: source) { (device) async throws(DeviceFailure) in
            guard let relays = RelayReport.relays(ofProduct: device.identity.product) else {
                throw DeviceFailure(
                    .notSupported, device: device.identity.inWords,
                    detail: "it is no board called USBRelay1 to USBRelay8",
                    remedy: "match another device, or leave out match")
            }
            return Board(id: try await Self.report(of: device, repeats).id, relays: relays)
        }
    }

    /// Returns when the task is cancelled and the board has been given back.
    public func run() async {
        await self.link.hold()
    }

    /// The five characters by which a board can be told from others of its kind; non-printable ones as `\xNN`.
    public static func id(of device: any HIDDevice, timekeeper: any Timekeeper) async throws(DeviceFailure) -> String {
        try await Self.report(of: device, TransferRepeats(timekeeper: timekeeper)).id
    }

    /// Reads all relays, which one report holds.
    public func read() async throws(DeviceFailure) -> PDUReading {
        let (repeats, contact) = (self.repeats, self.contact)
        return try await self.link.use { (device, board) async throws(DeviceFailure) in
            let report = try await Self.report(of: device, repeats)
            try Self.check(report, board, device.identity)
            return PDUReading(
                variables: device.identity.pduVariables(model: device.identity.product, serial: board.id),
                outlets: (1...board.relays).map {
                    OutletReading(number: $0, position: contact.turned(report.position(of: $0)))
                })
        }
    }

    /// Sends the order for one relay.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        let repeats = self.repeats
        let order = RelayReport.order(outlet, self.contact.turned(position))
        try await self.link.use { (device, board) async throws(DeviceFailure) in
            guard (1...board.relays).contains(outlet) else {
                throw DeviceFailure(
                    .notSupported, device: device.identity.inWords,
                    detail: "it has no relay \(outlet), only 1 to \(board.relays)")
            }
            try await repeats { () async throws(DeviceFailure) in
                try await device.setReport(.feature, id: RelayReport.number, bytes: order)
            }
        }
    }

    private static func report(
        of device: any HIDDevice, _ repeats: TransferRepeats
    ) async throws(DeviceFailure) -> RelayReport {
        try await repeats { () async throws(DeviceFailure) in
            let bytes = try await device.getReport(
                .feature, id: RelayReport.number, length: RelayReport.longestAnswer)
            guard let report = RelayReport(bytes) else {
                throw DeviceFailure(
                    .stalled, device: device.identity.inWords,
                    detail: "asked for its relays, it answered \(bytes.count) bytes that are not its report")
            }
            return report
        }
    }

    /// A report has no checksum; its id, and relays that are not there, are all that shows a broken one.
    private static func check(
        _ report: RelayReport, _ board: Board, _ identity: HIDIdentity
    ) throws(DeviceFailure) {
        // Shifted out of the byte where there are eight relays.
        let beyond = UInt8.max << UInt8(clamping: board.relays)
        guard report.id == board.id, report.bits & beyond == 0 else {
            // As if it had gone: whoever answers now is asked anew who it is.
            throw DeviceFailure(
                .gone, device: identity.inWords,
                detail: "it answered as board \(report.id) with relays \(report.bits), and is board \(board.id)",
                remedy: "check cable and hub")
        }
    }
}

extension HIDIdentity {
    /// What NUT calls who made a PDU, its model and its serial number; without those that are not known.
    func pduVariables(model: String, serial: String) -> [Variable] {
        [("device.mfr", self.manufacturer), ("device.model", model), ("device.serial", serial)]
            .filter { !$0.1.isEmpty }.map { Variable($0.0, $0.1) }
    }
}
