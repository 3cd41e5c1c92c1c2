internal import PowerCore

/// Tasmota's web requests: `GET /cm?cmnd=...`.
///
/// From the firmware's documentation (tasmota.github.io: Commands, JSON Status Responses); seen on no device here. With a
/// password set, user and password stand in the query. `Power0` means all relays: only numbers from 1 are ever sent.
struct TasmotaProfile: OutletProfile {
    let login = HTTPLogin.query(user: "user", password: "password")

    /// What `Delay` of a backlog takes, in tenths of a second.
    private static let delays = 2...3600

    func read(by device: any HTTPExchange) async throws(HTTPProblem) -> PDUReading {
        let answer = try await Self.command("Status 0", isOrder: false, by: device)
        guard let state = answer["StatusSTS"]?.members else { throw .lacks("StatusSTS", in: "Status 0") }
        let names = answer["Status"]?["FriendlyName"]?.items ?? []
        let energy = answer["StatusSNS"]?["ENERGY"]
        let relays = state.compactMap { Self.relay($0) }
        guard !relays.isEmpty else { throw .lacks("POWER", in: "Status 0") }
        let outlets = relays.map { Self.outlet($0, of: relays.count, names, energy) }
        let variables = PDUReading.variables([
            "device.mfr": "Tasmota", "device.description": answer["Status"]?["DeviceName"]?.text,
            "device.serial": answer["StatusNET"]?["Mac"]?.text,
        ])
        return PDUReading(variables: variables, outlets: outlets)
    }

    func turn(_ outlet: Int, _ position: OutletPosition, by device: any HTTPExchange) async throws(HTTPProblem) {
        let word = position == .on ? "On" : "Off"
        let answer = try await Self.command("Power\(outlet) \(word)", isOrder: true, by: device)
        guard answer["POWER\(outlet)"] != nil || (outlet == 1 && answer["POWER"] != nil) else {
            throw .lacks("POWER\(outlet)", in: "Power\(outlet)")
        }
    }

    func cycle(_ outlet: Int, offTime: Duration, by device: any HTTPExchange) async throws(HTTPProblem) {
        let delay = (offTime * 10).seconds(in: Self.delays)
        let steps = "Backlog Power\(outlet) Off; Delay \(delay); Power\(outlet) On"
        _ = try await Self.command(steps, isOrder: true, by: device)
    }

    /// A relay's number and what is said of it: `POWER` where there is one, `POWER2` where there are more.
    private static func relay(_ member: JSONValue.Member) -> (number: Int, isOn: Bool?)? {
        guard member.key.hasPrefix("POWER") else { return nil }
        let digits = member.key.dropFirst(5)
        guard let number = digits.isEmpty ? 1 : Int(digits), (1...HTTPLimits.outlets).contains(number) else {
            return nil
        }
        // Anybody may have given the states other words (`StateText`): then they say nothing here.
        return (number, ["ON": true, "OFF": false][member.value.text ?? ""])
    }

    private static func outlet(
        _ relay: (number: Int, isOn: Bool?), of count: Int, _ names: [JSONValue], _ energy: JSONValue?
    ) -> OutletReading {
        func measured(_ key: String) -> Double? {
            guard let value = energy?[key] else { return nil }
            guard let items = value.items else { return count == 1 ? value.number : nil }
            return items.count == count ? items[relay.number - 1].number : nil
        }
        let name = names.indices.contains(relay.number - 1) ? names[relay.number - 1].text : nil
        return OutletReading(
            number: relay.number, name: name?.outletName, position: relay.isOn.map { OutletPosition($0) },
            power: measured("Power").map { Watts($0) }, current: measured("Current"),
            // One voltage is that of all outlets.
            voltage: measured("Voltage") ?? energy?["Voltage"]?.number, apparentPower: measured("ApparentPower"),
            energy: measured("Total").map { WattHours($0 * 1000) })
    }

    private static func command(
        _ command: String, isOrder: Bool, by device: any HTTPExchange
    ) async throws(HTTPProblem) -> JSONValue {
        var call = HTTPCall.get("/cm", [HTTPCall.Field(name: "cmnd", value: command)])
        call.isOrder = isOrder
        let answer = try await device.document(call)
        if answer["WARNING"] != nil { throw LoginState.refusal }
        guard let refused = answer["Command"]?.text else { return answer }
        throw HTTPProblem(.notSupported, "it answers \(command) with \(HTTPAnswer.plain(refused))")
    }
}
