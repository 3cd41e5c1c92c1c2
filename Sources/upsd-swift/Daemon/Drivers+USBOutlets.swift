import PowerCore

extension Drivers {
    /// The relays of a board on USB.
    func relayBoard(_ device: Configuration.USBOutlets, _ pdu: Configuration.PDU) throws(Refusal) -> any OutletController {
        throw Refusal(description: "\(pdu.rack.id): not yet")
    }

    /// The outlets of a power strip on USB.
    func powerStrip(_ device: Configuration.USBOutlets, _ pdu: Configuration.PDU) throws(Refusal) -> any OutletController {
        throw Refusal(description: "\(pdu.rack.id): not yet")
    }
}
