internal import PowerCore

/// Shelly of the second generation and later (Plus, Pro, Gen3, Gen4): RPC over `POST /rpc`.
///
/// From the vendor's documentation (shelly-api-docs.shelly.cloud, Gen2+: Shelly.GetStatus, Switch.Set); seen on no device
/// here. Switches are counted from 0, outlets from 1. The digest's user is always `admin`.
struct ShellyProfile: OutletProfile {
    let login = HTTPLogin.digest([.sha256])

    /// Longer than anybody keeps a host off; what the device itself takes at most is not documented.
    private static let offTimes = 1...3600

    func read(by device: any HTTPExchange) async throws(HTTPProblem) -> PDUReading {
        let status = try await Self.result(of: "Shelly.GetStatus", by: device)
        let configuration = try await Self.result(of: "Shelly.GetConfig", by: device)
        let outlets = (status.members ?? []).compactMap { Self.outlet($0, configuration) }
        guard !outlets.isEmpty else { throw .lacks("switch", in: "Shelly.GetStatus") }
        let system = configuration["sys"]?["device"]
        let variables = PDUReading.variables([
            "device.mfr": "Shelly", "device.serial": system?["mac"]?.text, "device.description": system?["name"]?.text,
        ])
        return PDUReading(variables: variables, outlets: outlets)
    }

    func turn(_ outlet: Int, _ position: OutletPosition, by device: any HTTPExchange) async throws(HTTPProblem) {
        let parameters: JSONValue = ["id": .whole(outlet - 1), "on": .boolean(position == .on)]
        _ = try await Self.result(of: "Switch.Set", parameters, by: device)
    }

    func cycle(_ outlet: Int, offTime: Duration, by device: any HTTPExchange) async throws(HTTPProblem) {
        let parameters: JSONValue = [
            "id": .whole(outlet - 1), "on": false, "toggle_after": .whole(offTime.seconds(in: Self.offTimes)),
        ]
        _ = try await Self.result(of: "Switch.Set", parameters, by: device)
    }

    func rename(_ outlet: Int, to name: String, by device: any HTTPExchange) async throws(HTTPProblem) {
        let parameters: JSONValue = ["id": .whole(outlet - 1), "config": ["name": .string(name)]]
        _ = try await Self.result(of: "Switch.SetConfig", parameters, by: device)
    }

    /// `switch:0` of a status as outlet 1; nil for everything else that a status has.
    private static func outlet(_ member: JSONValue.Member, _ configuration: JSONValue) -> OutletReading? {
        let parts = member.key.split(separator: ":")
        guard parts.count == 2, parts[0] == "switch", let id = Int(parts[1]), (0..<HTTPLimits.outlets).contains(id)
        else { return nil }
        let status = member.value
        let output = status["output"]?.boolean
        let isTimed = status["timer_started_at"] != nil && status["timer_duration"] != nil
        return OutletReading(
            number: id + 1, name: configuration[member.key]?["name"]?.text?.outletName,
            position: output.map { OutletPosition($0) },
            pending: isTimed ? output.map { OutletPosition(!$0) } : nil,
            power: status["apower"]?.number.map { Watts($0) }, current: status["current"]?.number,
            voltage: status["voltage"]?.number, energy: status["aenergy"]?["total"]?.number.map { WattHours($0) })
    }

    /// Calls a method, and returns its result.
    private static func result(
        of method: String, _ parameters: JSONValue? = nil, by device: any HTTPExchange
    ) async throws(HTTPProblem) -> JSONValue {
        var frame: JSONValue = ["id": 1, "src": "upsd-swift", "method": .string(method)]
        if let parameters { frame = frame.setting("params", to: parameters) }
        let answer = try await device.document(.send(.post, "/rpc", frame, isOrder: parameters != nil))
        if let error = answer["error"] { throw Self.problem(error, method) }
        // Some firmware is documented with `params` in the place of `result`.
        guard let result = answer["result"] ?? answer["params"] else { throw .lacks("result", in: method) }
        return result
    }

    /// What an error frame means; -103 and -105 are the argument's, -114 is "not a method", 404 "no handler".
    private static func problem(_ error: JSONValue, _ method: String) -> HTTPProblem {
        let words = error["message"]?.text.map { " (\(HTTPAnswer.plain($0)))" } ?? ""
        let said = "it answers \(method) with error \(error["code"]?.whole ?? 0)\(words)"
        return switch error["code"]?.whole {
        case 401, 403: HTTPProblem(.notPermitted, said, remedy: "see password-file:")
        case 404, -114: HTTPProblem(.notSupported, said, remedy: "see whether profile: is that of this device")
        default: HTTPProblem(.stalled, said)
        }
    }
}
