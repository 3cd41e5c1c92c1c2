import NetworkControl
import PowerCore

extension Drivers {
    /// The outlets of a strip with Kasa's local protocol.
    func kasa(_ strip: Configuration.KasaStrip, _ pdu: Configuration.PDU) -> any OutletController {
        KasaOutlets(pdu.rack.id, at: strip.address)
    }

    /// The outlets behind a `powermand`.
    func powerman(_ daemon: Configuration.Powerman, _ pdu: Configuration.PDU) -> any OutletController {
        PowermanOutlets(
            pdu.rack.id, at: daemon.address, nodes: daemon.nodes, limits: OutletLimits(call: daemon.timeout))
    }

    /// The outlets that programs read and switch.
    func commands(_ commands: Configuration.OutletCommands, _ pdu: Configuration.PDU) -> any OutletController {
        CommandOutlets(pdu.rack.id, commands, names: pdu.outletNames)
    }
}
