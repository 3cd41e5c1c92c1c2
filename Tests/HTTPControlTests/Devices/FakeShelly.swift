import HTTPControl
import PowerCore

/// A Shelly Pro 4PM as its documentation describes it.
struct FakeShelly: FakeDevice {
    let profile = Configuration.HTTPOutlets.Profile.shelly
    var door = DigestGuard("SHA-256", user: "admin", password: "s3cret&=?\"\\")

    func answer(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        if let refusal = self.door.refusal(of: request) { return refusal }
        guard request.method == "POST", request.path == "/rpc", let method = request.json["method"] as? String else {
            return .answer(404)
        }
        let parameters = request.json["params"] as? [String: Any] ?? [:]
        switch method {
        case "Shelly.GetStatus": return Self.result(Self.status(strip))
        case "Shelly.GetConfig": return Self.result(Self.configuration(strip))
        case "Switch.Set": return Self.set(parameters, strip)
        case "Switch.SetConfig": return Self.setConfiguration(parameters, strip)
        default: return Self.error(404, "No handler for \(method)")
        }
    }

    private static func status(_ strip: FakeStrip) -> [String: Any] {
        var status: [String: Any] = ["sys": ["mac": "F008D1D8B8B8"], "input:0": ["id": 0, "state": false]]
        for (id, outlet) in strip.outlets.enumerated() {
            status["switch:\(id)"] = [
                "id": id, "source": "HTTP", "output": outlet.isOn, "apower": outlet.isOn ? 8.9 : 0, "voltage": 237.5,
                "current": 0.1, "aenergy": ["total": 6.532, "by_minute": [45.199, 47.141, 88.397]],
            ]
        }
        return status
    }

    private static func configuration(_ strip: FakeStrip) -> [String: Any] {
        var configuration: [String: Any] = ["sys": ["device": ["name": "rack", "mac": "F008D1D8B8B8"]]]
        for (id, outlet) in strip.outlets.enumerated() {
            configuration["switch:\(id)"] = ["id": id, "name": outlet.name, "initial_state": "restore_last"]
        }
        return configuration
    }

    private static func set(_ parameters: [String: Any], _ strip: FakeStrip) -> LoopbackServer.Reply {
        guard let id = parameters["id"] as? Int, (0..<strip.count).contains(id) else {
            return self.error(-105, "Argument 'id', value not found!")
        }
        guard let isOn = parameters["on"] as? Bool else { return self.error(-103, "Missing required argument 'on'!") }
        let wasOn = strip.outlets[id].isOn
        let seconds = parameters["toggle_after"] as? Double
        let taken = seconds.map { strip.cycle(id + 1, seconds: $0) } ?? strip.turn(id + 1, isOn)
        return taken == .taken ? self.result(["was_on": wasOn]) : self.error(403, "not allowed")
    }

    private static func setConfiguration(_ parameters: [String: Any], _ strip: FakeStrip) -> LoopbackServer.Reply {
        guard let id = parameters["id"] as? Int, let name = (parameters["config"] as? [String: Any])?["name"] as? String
        else { return self.error(-103, "Invalid argument") }
        strip.rename(id + 1, name)
        return self.result(["restart_required": false])
    }

    private static func result(_ value: [String: Any]) -> LoopbackServer.Reply {
        .json(["id": 1, "src": "shellypro4pm-f008d1d8b8b8", "dst": "upsd-swift", "result": value])
    }

    private static func error(_ code: Int, _ words: String) -> LoopbackServer.Reply {
        .json(["id": 1, "src": "shellypro4pm-f008d1d8b8b8", "error": ["code": code, "message": words]])
    }
}
