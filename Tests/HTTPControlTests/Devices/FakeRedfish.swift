import HTTPControl
import PowerCore

/// A rack PDU with Redfish, as the schemas and the mockups of DMTF describe it; the outlets are called AA1, AA2 ...
struct FakeRedfish: FakeDevice {
    let profile = Configuration.HTTPOutlets.Profile.redfish
    let door = BasicGuard(user: "admin", password: "s3cret&=?\"\\")
    let hasLocks = true
    /// The word for a cycle, which differs.
    var cycleWord = "PowerCycle"
    /// Where orders go; one mockup has no `/Actions` there.
    var action = "Outlet.PowerControl"

    private static let root = "/redfish/v1/PowerEquipment/RackPDUs"

    func answer(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        if let refusal = self.door.refusal(of: request) { return refusal }
        let parts = request.path.dropFirst(Self.root.count).split(separator: "/").map(String.init)
        guard request.path.hasPrefix(Self.root), parts.isEmpty || parts[0] == "1" else { return .answer(404) }
        switch (request.method, parts.count) {
        case ("GET", 0): return .json(["Members": [["@odata.id": "\(Self.root)/1"]]])
        case ("GET", 1): return .json(Self.pdu)
        case ("GET", 2): return self.collection(request, strip)
        case ("GET", 3): return self.outlet(parts[2], strip)
        case ("POST", 4...): return self.order(parts[2], parts.last ?? "", request, strip)
        default: return .answer(405)
        }
    }

    private static var pdu: [String: Any] {
        [
            "@odata.id": "\(self.root)/1", "Id": "1", "Manufacturer": "Contoso", "Model": "ZAP4000",
            "SerialNumber": "29347ZT536", "Outlets": ["@odata.id": "\(self.root)/1/Outlets"],
        ]
    }

    /// Two members a page.
    private func collection(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        let skip = Int(request.query["$skip"] ?? "0") ?? 0
        let numbers = Array(1...strip.count).dropFirst(skip)
        var page: [String: Any] = [
            "Members": numbers.prefix(2).map { ["@odata.id": "\(Self.root)/1/Outlets/AA\($0)"] },
            "Members@odata.count": strip.count,
        ]
        if numbers.count > 2 { page["Members@odata.nextLink"] = "\(Self.root)/1/Outlets?$skip=\(skip + 2)" }
        return .json(page)
    }

    private func outlet(_ id: String, _ strip: FakeStrip) -> LoopbackServer.Reply {
        guard let number = Int(id.dropFirst(2)), (1...strip.count).contains(number) else { return .answer(404) }
        let outlet = strip.outlets[number - 1]
        return .json([
            "@odata.id": "\(Self.root)/1/Outlets/\(id)", "Id": id, "Name": "Outlet \(id)", "UserLabel": outlet.name,
            "PowerState": outlet.isOn ? "On" : "Off", "PowerControlLocked": strip.isLocked(number),
            "Voltage": ["Reading": 117.5], "CurrentAmps": ["Reading": 1.68],
            "PowerWatts": ["Reading": 197.4, "ApparentVA": 197.5], "EnergykWh": ["Reading": 36166],
            "Actions": [
                "#Outlet.PowerControl": [
                    "target": "\(Self.root)/1/Outlets/\(id)/\(self.action)",
                    "PowerState@Redfish.AllowableValues": ["On", "Off", self.cycleWord],
                ] as [String: Any]
            ],
        ])
    }

    private func order(
        _ id: String, _ action: String, _ request: LoopbackServer.Request, _ strip: FakeStrip
    ) -> LoopbackServer.Reply {
        guard action == "Outlet.PowerControl", let number = Int(id.dropFirst(2)), let word = request.json["PowerState"]
        else { return .answer(400) }
        let taken =
            (word as? String) == self.cycleWord
            ? strip.cycle(number, seconds: 3) : strip.turn(number, (word as? String) == "On")
        switch taken {
        case .taken: return .answer(204)
        case .locked: return .answer(423)
        case .refused:
            let info = [["MessageId": "Base.1.18.InsufficientPrivilege", "Message": "Insufficient privilege."]]
            return .json(["error": ["code": "Base.1.18.GeneralError", "@Message.ExtendedInfo": info]], status: 403)
        }
    }
}
