import PowerCore

extension Drivers {
    /// The outlets of a device that is reached by HTTP.
    func http(_ device: Configuration.HTTPOutlets, _ pdu: Configuration.PDU) throws(Refusal) -> any OutletController {
        throw Refusal(description: "\(pdu.rack.id): not yet")
    }
}
