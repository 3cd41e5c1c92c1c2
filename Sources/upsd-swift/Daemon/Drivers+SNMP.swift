import PowerCore

extension Drivers {
    /// The outlets of a PDU that is asked by SNMP.
    func snmp(_ agent: Configuration.SNMPAgent, _ pdu: Configuration.PDU) throws(Refusal) -> any OutletController {
        throw Refusal(description: "\(pdu.rack.id): not yet")
    }

    /// The variables of a UPS that is asked by SNMP.
    func snmp(_ agent: Configuration.SNMPAgent, _ ups: Configuration.UPS) throws(Refusal) -> any UPSSource {
        throw Refusal(description: "\(ups.rack.id): not yet")
    }
}
