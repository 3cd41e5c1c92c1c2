internal import PowerCore

/// Shelly of the first generation (Shelly1, 1PM, 2.5, 4Pro, Plug): `GET /relay/N`.
///
/// From the vendor's documentation (shelly-api-docs.shelly.cloud, Gen1: `/status`, `/settings`, `/relay`); seen on no device
/// here. Relays are counted from 0, outlets from 1.
struct ShellyGen1Profile: OutletProfile {
    let login = HTTPLogin.basic

    /// Longer than anybody keeps a host off; what the device itself takes at most is not documented.
    private static let offTimes = 1...3600

    func read(by device: any HTTPExchange) async throws(HTTPProblem) -> PDUReading {
        let status = try await device.document(.get("/status"))
        let settings = try await device.document(.get("/settings"))
        guard let relays = status["relays"]?.items, !relays.isEmpty else { throw .lacks("relays", in: "/status") }
        let names = settings["relays"]?.items ?? []
        let meters = status["meters"]?.items ?? []
        let outlets = relays.indices.map { index in
            Self.outlet(
                index, relays[index], names.indices.contains(index) ? names[index] : nil,
                // A device with one meter for all its relays says nothing of any of them.
                meters.count == relays.count ? meters[index] : nil)
        }
        let variables = PDUReading.variables([
            "device.mfr": "Shelly", "device.model": settings["device"]?["type"]?.text,
            "device.serial": settings["device"]?["mac"]?.text, "device.description": settings["name"]?.text,
        ])
        return PDUReading(variables: variables, outlets: outlets)
    }

    func turn(_ outlet: Int, _ position: OutletPosition, by device: any HTTPExchange) async throws(HTTPProblem) {
        try await Self.order(outlet, [HTTPCall.Field(name: "turn", value: position.rawValue)], by: device)
    }

    func cycle(_ outlet: Int, offTime: Duration, by device: any HTTPExchange) async throws(HTTPProblem) {
        let timer = "\(offTime.seconds(in: Self.offTimes))"
        let query = [HTTPCall.Field(name: "turn", value: "off"), HTTPCall.Field(name: "timer", value: timer)]
        try await Self.order(outlet, query, by: device)
    }

    private static func order(
        _ outlet: Int, _ query: [HTTPCall.Field], by device: any HTTPExchange
    ) async throws(HTTPProblem) {
        var call = HTTPCall.get("/relay/\(outlet - 1)", query)
        call.isOrder = true
        try await device.order(call)
    }

    private static func outlet(
        _ index: Int, _ relay: JSONValue, _ settings: JSONValue?, _ meter: JSONValue?
    ) -> OutletReading {
        let isOn = relay["is_valid"]?.boolean == false ? nil : relay["ison"]?.boolean
        let isTimed = relay["has_timer"]?.boolean == true
        let isMetered = meter?["is_valid"]?.boolean == true
        return OutletReading(
            number: index + 1, name: settings?["name"]?.text?.outletName, position: isOn.map { OutletPosition($0) },
            pending: isTimed ? isOn.map { OutletPosition(!$0) } : nil,
            power: isMetered ? meter?["power"]?.number.map { Watts($0) } : nil,
            // Counted in watt minutes.
            energy: isMetered ? meter?["total"]?.number.map { WattHours($0 / 60) } : nil)
    }
}
