import PowerCore

extension Drivers {
    /// The outlets of a strip with Kasa's local protocol.
    func kasa(_ strip: Configuration.KasaStrip, _ pdu: Configuration.PDU) throws(Refusal) -> any OutletController {
        throw Refusal(description: "\(pdu.rack.id): not yet")
    }

    /// The outlets behind a `powermand`.
    func powerman(_ daemon: Configuration.Powerman, _ pdu: Configuration.PDU) throws(Refusal) -> any OutletController {
        throw Refusal(description: "\(pdu.rack.id): not yet")
    }

    /// The outlets that programs read and switch.
    func commands(_ commands: Configuration.OutletCommands, _ pdu: Configuration.PDU) throws(Refusal) -> any OutletController {
        throw Refusal(description: "\(pdu.rack.id): not yet")
    }
}
