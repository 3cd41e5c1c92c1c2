internal import PowerCore

/// A PDU with DMTF's Redfish: `/redfish/v1/PowerEquipment/RackPDUs/ID/Outlets`.
///
/// From the schemas Outlet v1.4 and PowerDistribution (DSP8010); seen on no device here. An order goes to the target that
/// the outlet advertises, with a value that it lists: implementations differ in both.
struct RedfishProfile: OutletProfile {
    let login = HTTPLogin.token(header: "X-Auth-Token")

    /// The Id of the PDU that is meant; nil for the only one.
    let device: String?

    private static let collection = "/redfish/v1/PowerEquipment/RackPDUs"

    func read(by device: any HTTPExchange) async throws(HTTPProblem) -> PDUReading {
        let pdu = try await device.document(.get(try await self.path(by: device)))
        let outlets = try await Self.outlets(of: pdu, by: device)
        let readings = zip(Self.numbers(outlets.map { $0["Id"]?.text ?? "" }), outlets).map(Self.outlet)
        let variables = PDUReading.variables([
            "device.mfr": pdu["Manufacturer"]?.text, "device.model": pdu["Model"]?.text,
            "device.serial": pdu["SerialNumber"]?.text, "device.description": pdu["UserLabel"]?.text,
        ])
        return PDUReading(variables: variables, outlets: readings)
    }

    func turn(_ outlet: Int, _ position: OutletPosition, by device: any HTTPExchange) async throws(HTTPProblem) {
        try await self.order(outlet, position == .on ? ["On"] : ["Off"], by: device)
    }

    /// The off time is the device's own (`PowerCycleDelaySeconds`). The schema says `PowerCycle`, some say `Cycle`.
    func cycle(_ outlet: Int, offTime: Duration, by device: any HTTPExchange) async throws(HTTPProblem) {
        try await self.order(outlet, ["PowerCycle", "Cycle"], by: device)
    }

    /// Sends the first of `words` that the outlet lists, the first of all where it lists none.
    private func order(_ number: Int, _ words: [String], by device: any HTTPExchange) async throws(HTTPProblem) {
        let pdu = try await device.document(.get(try await self.path(by: device)))
        let outlets = try await Self.outlets(of: pdu, by: device)
        let numbers = Self.numbers(outlets.map { $0["Id"]?.text ?? "" })
        guard let index = numbers.firstIndex(of: number) else { throw .noOutlet(number) }
        let outlet = outlets[index]
        if outlet["PowerControlLocked"]?.boolean == true {
            throw HTTPProblem(.locked, "outlet \(number) is locked there", remedy: "unlock it at the device")
        }
        guard let action = outlet["Actions"]?["#Outlet.PowerControl"], let target = action["target"]?.text else {
            throw .fixed(number)
        }
        let listed = action["PowerState@Redfish.AllowableValues"]?.items?.compactMap(\.text)
        guard let word = words.first(where: { listed?.contains($0) ?? true }) else {
            throw HTTPProblem(.notSupported, "outlet \(number) does not take \(words[0])")
        }
        let path = try Self.path(target, "a target")
        try await device.order(.send(.post, path, ["PowerState": .string(word)]))
    }

    /// Where the PDU stands: by its Id, or as the only one of the collection.
    private func path(by device: any HTTPExchange) async throws(HTTPProblem) -> String {
        if let id = self.device { return "\(Self.collection)/\(id)" }
        let members = try await Self.members(of: Self.collection, by: device)
        guard members.count == 1, let only = members[0]["@odata.id"]?.text else {
            throw HTTPProblem(
                .notSupported, "it has \(members.count) PDUs",
                remedy: "write the Id of the one that is meant as device:")
        }
        return try Self.path(only, "a PDU")
    }

    /// Every outlet of a PDU, asked one by one where the collection only names them.
    private static func outlets(
        of pdu: JSONValue, by device: any HTTPExchange
    ) async throws(HTTPProblem) -> [JSONValue] {
        guard let link = pdu["Outlets"]?["@odata.id"]?.text else { throw .lacks("Outlets", in: "the PDU") }
        var outlets: [JSONValue] = []
        for member in try await self.members(of: try self.path(link, "Outlets"), by: device) {
            if member["Id"] != nil, member["PowerState"] != nil {
                outlets.append(member)
                continue
            }
            guard let link = member["@odata.id"]?.text else {
                throw .lacks("@odata.id", in: "the collection of outlets")
            }
            outlets.append(try await device.document(.get(try self.path(link, "an outlet"))))
        }
        return outlets
    }

    /// The members of a collection, whose pages are followed.
    private static func members(
        of path: String, by device: any HTTPExchange
    ) async throws(HTTPProblem) -> [JSONValue] {
        var members: [JSONValue] = []
        var next: String? = path
        var seen: Set<String> = []
        while let page = next {
            guard seen.insert(page).inserted, members.count <= HTTPLimits.outlets else {
                throw HTTPProblem(
                    .stalled, "its collection \(path) has no end, or more than \(HTTPLimits.outlets) members")
            }
            let collection = try await device.document(.get(page))
            guard let items = collection["Members"]?.items else { throw .lacks("Members", in: path) }
            members += items
            next = try collection["Members@odata.nextLink"]?.text.map { link throws(HTTPProblem) in
                try self.path(link, "the next page")
            }
        }
        guard members.count <= HTTPLimits.outlets else {
            throw HTTPProblem(.stalled, "its collection \(path) has more than \(HTTPLimits.outlets) members")
        }
        return members
    }

    /// A link of the device's own as a path here: it must not lead to another host, nor end the request's first line.
    private static func path(_ link: String, _ what: String) throws(HTTPProblem) -> String {
        let isPath = link.hasPrefix("/") && !link.hasPrefix("//")
        guard isPath, link.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), link.utf8.count <= 1024 else {
            throw HTTPProblem(.stalled, "\(what) is at \(HTTPAnswer.plain(link)), which is no path on this device")
        }
        return link
    }

    /// The numbers of outlets by their Ids: what stands behind the letters that all have in common (`AA1`, `AA2` ...),
    /// or else their places in the collection.
    static func numbers(_ ids: [String]) -> [Int] {
        let digits = ids.map { id in String(id.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()) }
        let letters = Set(zip(ids, digits).map { id, digits in id.dropLast(digits.count) })
        let numbers = digits.compactMap { Int($0) }.filter { (1...HTTPLimits.outlets).contains($0) }
        let isPlain = letters.count == 1 && Set(numbers).count == ids.count
        return isPlain ? numbers : Array(1..<(ids.count + 1))
    }

    private static func outlet(_ number: Int, _ outlet: JSONValue) -> OutletReading {
        let words: [String: (OutletPosition?, OutletPosition?)] = [
            "On": (.on, nil), "Off": (.off, nil), "PoweringOn": (nil, .on), "PoweringOff": (nil, .off),
        ]
        let (position, pending) = words[outlet["PowerState"]?.text ?? ""] ?? (nil, nil)
        func reading(_ key: String) -> Double? { outlet[key]?["Reading"]?.number }
        return OutletReading(
            number: number, name: (outlet["UserLabel"] ?? outlet["Name"])?.text?.outletName, position: position,
            pending: pending, power: reading("PowerWatts").map { Watts($0) },
            isSwitchable: outlet["Actions"]?["#Outlet.PowerControl"]?["target"] != nil,
            isLocked: outlet["PowerControlLocked"]?.boolean == true, current: reading("CurrentAmps"),
            voltage: reading("Voltage"), apparentPower: outlet["PowerWatts"]?["ApparentVA"]?.number,
            energy: reading("EnergykWh").map { WattHours($0 * 1000) })
    }
}
