import PowerCore
import USBTransport

extension Drivers {
    /// The relays of a board on USB, and in `runs` what gives the board back in the end.
    func relayBoard(
        _ device: Configuration.USBOutlets, _ pdu: Configuration.PDU, _ runs: inout [@Sendable () async -> Void]
    ) throws(Refusal) -> any OutletController {
        let clock = self.clock
        var fields = device.match.fields
        // The numbers are shared by all gadgets of their kind.
        fields[.product] = fields[.product] ?? USBDeviceDescription.relayBoardProduct
        let source = try self.source(fields, USBDeviceID.relayBoards, pdu, device.id) {
            (device) async throws(DeviceFailure) in try await RelayBoardOutlets.id(of: device, timekeeper: clock)
        }
        let board = RelayBoardOutlets(id: pdu.rack.id, source: source, contact: device.contact, timekeeper: clock)
        runs.append { await board.run() }
        return board
    }

    /// The outlets of a power strip on USB, and in `runs` what gives the strip back in the end.
    func powerStrip(
        _ device: Configuration.USBOutlets, _ pdu: Configuration.PDU, _ runs: inout [@Sendable () async -> Void]
    ) throws(Refusal) -> any OutletController {
        let clock = self.clock
        let source = try self.source(device.match.fields, USBDeviceID.powerStrips, pdu, device.id) {
            (device) async throws(DeviceFailure) in try await PowerStripOutlets.id(of: device, timekeeper: clock)
        }
        let strip = PowerStripOutlets(id: pdu.rack.id, source: source, timekeeper: clock)
        runs.append { await strip.run() }
        return strip
    }

    /// Where the device is found; where an `id` is given, every device that matches is asked for its own by `ask`.
    private func source(
        _ fields: [USBMatch.Field: String], _ known: [USBDeviceID], _ pdu: Configuration.PDU, _ id: String?,
        ask: @escaping @Sendable (any HIDDevice) async throws(DeviceFailure) -> String
    ) throws(Refusal) -> USBDeviceSource {
        let match: USBMatch
        do {
            match = try USBMatch(fields, known: known)
        } catch {
            throw Refusal(description: "\(pdu.rack.id): \(error)")
        }
        let question = id.map { id in
            USBQuestion("the id \(id)") { (device) async throws(DeviceFailure) in try await ask(device) == id }
        }
        return USBDeviceSource(
            context: self.usb, match: match, timekeeper: self.clock, options: .knownReports, asking: question)
    }
}
