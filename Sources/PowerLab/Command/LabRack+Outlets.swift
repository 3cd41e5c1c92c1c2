import PowerCore

extension LabRack {
    /// Carries out one of the commands that make an outlet, or a PDU with an order, misbehave.
    func spoilOutlets(_ command: LabCommand) throws(LabRefusal) -> String {
        switch command {
        case .stick(let outlet): return try self.trouble(outlet, .stuck, "stays where it is")
        case .lag(let outlet, let delay): return try self.trouble(outlet, .late(delay), "moves later by \(delay)")
        case .deny(let outlet): return try self.trouble(outlet, .denied, "takes no orders")
        case .lock(let outlet): return try self.trouble(outlet, .locked, "is locked at its PDU")
        case .call(let outlet, let name):
            try self.pdu(of: outlet).putName(name, at: outlet.number)
            return "outlet \(outlet) is called \(name) at its PDU"
        case .restart(let id):
            try self.pdu(id).restartAfterOrder()
            return "\(id) starts anew after its next order"
        default: throw LabRefusal("\(command.name) is not about outlets")
        }
    }

    private func trouble(
        _ outlet: OutletID, _ trouble: OutletTrouble, _ what: String
    ) throws(LabRefusal) -> String {
        try self.pdu(of: outlet).setTrouble(trouble, at: outlet.number)
        return "outlet \(outlet) \(what)"
    }

    private func pdu(_ id: DeviceID) throws(LabRefusal) -> EmulatedPDU {
        guard let pdu = self.pdus[id] else {
            throw LabRefusal("no PDU is called \(id); there are \(Self.list(self.plan.pdus.map(\.id)))")
        }
        return pdu
    }

    private func pdu(of outlet: OutletID) throws(LabRefusal) -> EmulatedPDU {
        let pdu = try self.pdu(outlet.pdu)
        guard (1...pdu.outletCount).contains(outlet.number) else {
            throw LabRefusal("\(outlet.pdu) has outlets 1 to \(pdu.outletCount)")
        }
        return pdu
    }
}
